import type { BulkDocument } from "@fiscalise/shared/api/bulk-runs.ts";
import { type Cell, csv } from "./csv.ts";

const HEAD = [
  "Document",
  "Date",
  "Customer",
  "Currency",
  "Total",
  "State",
  "Receipt",
  "Reason",
  "Remedy",
  "Codes",
];

export function bulkCsv(batches: AsyncIterable<BulkDocument[]>): AsyncIterable<string> {
  return csv(HEAD, lines(batches));
}

async function* lines(batches: AsyncIterable<BulkDocument[]>): AsyncGenerator<Cell[][]> {
  for await (const batch of batches) yield batch.map(line);
}

function line({ reasons, ...document }: BulkDocument): Cell[] {
  const joined = (texts: string[]) => texts.join(" / ") || null;
  return [
    document.number ?? document.zohoId,
    document.date,
    document.customerName,
    document.currencyCode,
    document.total,
    document.state,
    document.counter,
    joined(reasons.map(({ title }) => title)),
    joined(reasons.map(({ remedy }) => remedy)),
    joined(reasons.map(({ code }) => code)),
  ];
}
