import { type ReceiptSource, receiptCounter } from "@fiscalise/shared/receipt.ts";
import type { ReceiptLine } from "../receipts/export-receipts.ts";
import { type Cell, csv } from "./csv.ts";

const HEAD = [
  "Issued on",
  "Time",
  "Counter",
  "Label",
  "Document",
  "Buyer",
  "Buyer TIN",
  "Total",
  "VAT",
  ...["A", "B", "C", "D"].flatMap((taxClass) => [`Taxable ${taxClass}`, `Tax ${taxClass}`]),
  "Invoice number",
  "SDC ID",
  "MRC",
  "Signature",
  "Source",
];

const SOURCE_WORDS = {
  device: "device",
  adopted: "entered by hand",
  imported: "imported",
} as const satisfies Record<ReceiptSource, string>;

/** What an accountant files by; a refund's amounts are negative, so that columns can be added up. */
export function receiptsCsv(batches: AsyncIterable<ReceiptLine[]>): AsyncIterable<string> {
  return csv(HEAD, lines(batches));
}

async function* lines(batches: AsyncIterable<ReceiptLine[]>): AsyncGenerator<Cell[][]> {
  for await (const batch of batches) yield batch.map(line);
}

function line(receipt: ReceiptLine): Cell[] {
  const amount = (text: string) => (receipt.label === "NR" && /[1-9]/.test(text) ? `-${text}` : text);
  return [
    receipt.issuedOn,
    receipt.publishedAt.replace(/^.{8}(..)(..)(..)$/, "$1:$2:$3"),
    receiptCounter(receipt.receiptNumber, receipt.totalNumber, receipt.label),
    receipt.label,
    receipt.documentNumber,
    receipt.buyerName,
    receipt.buyerTin,
    amount(receipt.total),
    amount(receipt.vat),
    ...receipt.taxTotals.flatMap(({ taxable, tax }) => [amount(taxable), amount(tax)]),
    receipt.invoiceNumber,
    receipt.sdcId,
    receipt.mrcNumber,
    receipt.signature,
    SOURCE_WORDS[receipt.source],
  ];
}
