import { receiptCounter } from "@fiscalise/shared/receipt.ts";
import type { BundledReceipt } from "../receipts/bundle-receipts.ts";
import type { ReceiptLine } from "../receipts/export-receipts.ts";
import { receiptsCsv } from "./receipts-csv.ts";
import { type ZippedFile, zipOf } from "./zip.ts";

/** The PDFs of a period and, last, the list of just these: the same receipts give the same bytes. */
export function receiptsZip(
  bundle: AsyncIterable<BundledReceipt>,
  period: { from: string; to: string },
): AsyncGenerator<Uint8Array> {
  return zipOf(files(bundle, period));
}

async function* files(
  bundle: AsyncIterable<BundledReceipt>,
  { from, to }: { from: string; to: string },
): AsyncGenerator<ZippedFile> {
  const lines: ReceiptLine[] = [];
  const names = new Map<string, number>();
  for await (const { receipt, pdf } of bundle) {
    const name = fileNameOf(receipt);
    const before = names.get(name) ?? 0;
    names.set(name, before + 1);
    const unique = before === 0 ? name : `${name}-${before + 1}`;
    lines.push(receipt);
    yield { name: `${unique}.pdf`, modifiedAt: receipt.publishedAt, content: pdf, deflate: false };
  }
  const chunks = await Array.fromAsync(receiptsCsv(inOne(lines)));
  yield {
    name: `receipts-${from}-${to}.csv`,
    modifiedAt: `${to.replaceAll("-", "")}000000`,
    content: new TextEncoder().encode(chunks.join("")),
    deflate: true,
  };
}

async function* inOne(lines: ReceiptLine[]): AsyncGenerator<ReceiptLine[]> {
  yield lines;
}

/** `2026-11-28_53-62-NS_INV-00042` */
function fileNameOf({ issuedOn, receiptNumber, totalNumber, label, documentNumber }: ReceiptLine): string {
  const counter = receiptCounter(receiptNumber, totalNumber, label);
  return [issuedOn, counter, documentNumber].map(plain).join("_");
}

/** No system minds these characters in a file's name. */
function plain(text: string): string {
  return text.replace(/[^A-Za-z0-9.-]+/g, "-").slice(0, 60);
}
