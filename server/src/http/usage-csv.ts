import type { Usage } from "@fiscalise/shared/api/watching.ts";
import { type Cell, csv } from "./csv.ts";

const HEAD = [
  "Month",
  "Business",
  "Name",
  "TIN",
  "Status",
  "Sales",
  "Refunds",
  "Device calls",
  "Device seconds",
  "Zoho calls",
  "Zoho calls refused",
  "Zoho busiest day",
  "Zoho days used up",
  "Zoho calls a day",
  "Stored bytes",
  "Measured on",
];

/** A line a business. */
export function usageCsv(batches: AsyncIterable<Usage[]>): AsyncIterable<string> {
  return csv(HEAD, lines(batches));
}

async function* lines(batches: AsyncIterable<Usage[]>): AsyncGenerator<Cell[][]> {
  for await (const batch of batches) yield batch.map(line);
}

function line({ receipts, device, zoho, storage, ...business }: Usage): Cell[] {
  return [
    business.month,
    business.businessId,
    business.name,
    business.tin,
    business.status,
    String(receipts.sales),
    String(receipts.refunds),
    String(device.calls),
    String(device.seconds),
    String(zoho.calls),
    String(zoho.refused),
    String(zoho.busiestDay),
    String(zoho.daysUsedUp),
    zoho.dailyCallsMax === null ? null : String(zoho.dailyCallsMax),
    String(storage.bytes),
    storage.measuredOn,
  ];
}
