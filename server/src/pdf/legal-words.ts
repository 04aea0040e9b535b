import { formatAmount } from "@fiscalise/shared/money.ts";
import type { ReceiptLabel } from "@fiscalise/shared/receipt.ts";

/** The authority's wording, English on every receipt (docs/vsdc.md#receipt). */
export const NOT_OFFICIAL = "THIS IS NOT AN OFFICIAL RECEIPT";

const KIND_MARKS: Record<string, string> = { C: "COPY", T: "TRAINING MODE", P: "PROFORMA" };

export function isOfficial(label: ReceiptLabel): boolean {
  return label.startsWith("N");
}

export function isRefund(label: ReceiptLabel): boolean {
  return label.endsWith("R");
}

/** The words that say what kind of receipt this is; a normal sale has none. */
export function marksOf(label: ReceiptLabel): string[] {
  const kind = KIND_MARKS[label.charAt(0)];
  return [...(kind ? [kind] : []), ...(isRefund(label) ? ["REFUND"] : [])];
}

/** `TOTAL A-EX`, `TOTAL B-18.00%`, `TOTAL D`. */
export function totalLabel(taxClass: string, ratePercent: string): string {
  if (isTaxed(ratePercent)) return `TOTAL ${taxClass}-${formatAmount(ratePercent)}%`;
  return taxClass === "A" ? "TOTAL A-EX" : `TOTAL ${taxClass}`;
}

export function isTaxed(ratePercent: string): boolean {
  return /[1-9]/.test(ratePercent);
}

/** As printed: a refund's amounts carry the minus sign (fiscal rules §8). */
export function printedAmount(label: ReceiptLabel, amount: string): string {
  if (!isRefund(label)) return formatAmount(amount);
  return formatAmount(amount.startsWith("-") ? amount.slice(1) : `-${amount}`);
}
