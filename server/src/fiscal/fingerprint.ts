import { type Decimal, plain } from "./decimal.ts";
import type { FiscalDocument } from "./document.ts";

/** What of a document, changed after fiscalisation, must be said aloud (fiscal rules §1). Decimals as plain text. */
export interface Fingerprint {
  currency: string | null;
  total: string | null;
  date: string | null;
  buyer: string | null;
  lines: { name: string | null; quantity: string | null; amount: string | null; tax: string }[];
}

export type DocumentChange = "currency" | "total" | "date" | "buyer" | "lines";

export function fingerprintOf(document: FiscalDocument): Fingerprint {
  return {
    currency: document.currencyCode,
    total: text(document.total),
    date: document.date,
    buyer: document.buyer.tin,
    lines: document.lines.map((line) => ({
      name: line.name,
      quantity: text(line.quantity),
      amount: text(line.itemTotal),
      tax: `${line.tax.taxId ?? ""}/${plain(line.tax.percentage)}/${text(line.tax.amount) ?? ""}`,
    })),
  };
}

/** What differs between the document as fiscalised and as it is. */
export function changesBetween(before: Fingerprint, after: Fingerprint): DocumentChange[] {
  const changed = (["currency", "total", "date", "buyer"] as const).filter(
    (key) => before[key] !== after[key],
  );
  const sameLines =
    JSON.stringify(before.lines.map(Object.values)) === JSON.stringify(after.lines.map(Object.values));
  return sameLines ? changed : [...changed, "lines"];
}

function text(value: Decimal | null): string | null {
  return value === null ? null : plain(value);
}
