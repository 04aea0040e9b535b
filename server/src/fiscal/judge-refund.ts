import type { Decimal } from "./decimal.ts";
import type { Jurisdiction } from "./jurisdiction.ts";
import { createRefusals, type Refusals } from "./refusals.ts";

/** A credit note as read from the books. Its lines are not: a refund repeats the original's. */
export interface CreditNote {
  id: string | null;
  number: string | null;
  status: string | null;
  /** yyyy-mm-dd; null when missing or unreadable. */
  date: string | null;
  currencyCode: string | null;
  total: Decimal | null;
  customerId: string | null;
  customerName: string | null;
  /** Distinct, where its credit was applied. */
  creditedInvoiceIds: string[];
}

/** What is known of the sale to be refunded. */
export interface OriginalSale {
  isSigned: boolean;
  isRefunded: boolean;
  customerId: string | null;
  buyerTin: string | null;
  currencyCode: string | null;
  /** In the document's currency. */
  total: Decimal;
}

export interface RefundQuestion {
  note: CreditNote;
  /** Null: none was chosen and the note does not say which. "unknown": the one named is no sale of this business. */
  original: OriginalSale | "unknown" | null;
  reason: string | null;
  /** As typed for the refund itself. */
  purchaseCode: string | null;
  jurisdiction: Jurisdiction;
  /** Local calendar day, yyyy-mm-dd. */
  today: string;
}

const FINAL_STATUSES = ["approved", "open", "closed"];

/** Fiscal rules §7; everything that holds is reported together. */
export function judgeRefund(question: RefundQuestion): Refusals {
  const { note, original, reason, today } = question;
  const refusals = createRefusals();
  const isFinal = note.status !== null && FINAL_STATUSES.includes(note.status);
  if (!isFinal || note.date === null) refusals.add("document-not-final");
  if (note.date !== null && note.date > today) refusals.add("date-in-future");
  if (reason === null) refusals.add("refund-reason-missing");
  if (original === null) refusals.add("original-ambiguous");
  else if (original === "unknown" || !original.isSigned) refusals.add("original-not-fiscalised");
  else judgeAgainst(original, question, refusals);
  return refusals;
}

/** The invoice to refund: the user's choice, else the only one the credit was applied to. */
export function originalOf(note: CreditNote, chosen: string | null): string | null {
  if (chosen !== null) return chosen;
  const [only, ...others] = note.creditedInvoiceIds;
  return only !== undefined && others.length === 0 ? only : null;
}

function judgeAgainst(original: OriginalSale, question: RefundQuestion, refusals: Refusals): void {
  const { note, jurisdiction } = question;
  if (note.customerId === null || note.customerId !== original.customerId) {
    refusals.add("original-buyer-mismatch");
  }
  if (original.isRefunded) refusals.add("original-already-refunded");
  const isWhole = note.currencyCode === original.currencyCode && note.total?.eq(original.total) === true;
  if (!isWhole && !jurisdiction.capabilities.partialRefund) refusals.add("partial-refund-unsupported");
  checkPurchaseCode(original, question, refusals);
}

function checkPurchaseCode(
  { buyerTin }: OriginalSale,
  { purchaseCode, jurisdiction }: RefundQuestion,
  refusals: Refusals,
): void {
  if (purchaseCode === null) return;
  if (buyerTin === null) refusals.add("purchase-code-without-tin");
  else if (!jurisdiction.purchaseCode.test(purchaseCode)) refusals.add("purchase-code-required");
}
