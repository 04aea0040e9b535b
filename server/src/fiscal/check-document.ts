import { type Decimal, decimalsOf, ONE, plain, round, ZERO } from "./decimal.ts";
import type { DocumentLine, FiscalDocument } from "./document.ts";
import type { Jurisdiction } from "./jurisdiction.ts";
import type { Refusals } from "./refusals.ts";

const FINAL_STATUSES = ["approved", "sent", "viewed", "unpaid", "overdue", "partially_paid", "paid"];

export interface CheckContext {
  jurisdiction: Jurisdiction;
  /** The organisation's own currency. */
  baseCurrency: string;
  /** Local calendar day, yyyy-mm-dd. */
  today: string;
}

/** Fiscal rules §1, all but `too-large`, which needs the amounts on the wire. */
export function checkDocument(document: FiscalDocument, context: CheckContext, refusals: Refusals): void {
  checkHeader(document, context, refusals);
  checkBuyer(document, context.jurisdiction, refusals);
  if (document.lines.length === 0) refusals.add("no-lines");
  for (const line of document.lines) {
    if (!isValidLine(line)) refusals.add("line-invalid", line.position);
  }
  checkPrecision(document, refusals);
  checkTotal(document, context, refusals);
}

function checkHeader(document: FiscalDocument, context: CheckContext, refusals: Refusals): void {
  const final = document.kind === "proforma" || isFinal(document);
  if (!final || document.date === null) refusals.add("document-not-final");
  if (document.date !== null && document.date > context.today) refusals.add("date-in-future");
  if (context.baseCurrency !== context.jurisdiction.baseCurrency) refusals.add("base-currency-not-rwf");
  if (exchangeRateOf(document, context.jurisdiction) === null) refusals.add("exchange-rate-missing");
  if (document.reverseChargeTax !== null && !document.reverseChargeTax.eq(ZERO)) {
    refusals.add("reverse-charge-unsupported");
  }
}

/** It may be fiscalised, and is no draft any more. */
export function isFinal({ status }: Pick<FiscalDocument, "status">): boolean {
  return status !== null && FINAL_STATUSES.includes(status);
}

function checkBuyer({ kind, buyer }: FiscalDocument, jurisdiction: Jurisdiction, refusals: Refusals): void {
  if (buyer.tin === null) {
    if (buyer.lacksTinField) refusals.add("tin-field-missing");
    else if (buyer.purchaseCode !== null) refusals.add("purchase-code-without-tin");
    return;
  }
  if (!jurisdiction.buyerTin.test(buyer.tin)) refusals.add("customer-tin-invalid");
  if (buyer.purchaseCode === null && kind === "proforma") return;
  if (buyer.purchaseCode === null || !jurisdiction.purchaseCode.test(buyer.purchaseCode)) {
    refusals.add("purchase-code-required");
  }
}

function isValidLine(line: DocumentLine): boolean {
  const { name, quantity, rate, itemTotal } = line;
  if (name === null || quantity === null || rate === null || itemTotal === null) return false;
  return quantity.gt(ZERO) && rate.gte(ZERO) && itemTotal.gte(ZERO);
}

function checkPrecision(document: FiscalDocument, refusals: Refusals): void {
  const precision = document.pricePrecision;
  if (precision !== null && !["0", "2"].includes(plain(precision))) refusals.add("precision-unsupported");
  const { shipping } = document;
  const amounts = [
    document.total,
    document.balance,
    document.discountTotal,
    document.adjustment,
    document.roundoff,
    shipping.charge,
    shipping.exclusiveOfTax,
    shipping.inclusiveOfTax,
    shipping.tax.amount,
  ];
  if (amounts.some(isTooFine)) refusals.add("precision-unsupported");
  for (const line of document.lines) {
    if (line.amounts.some(isTooFine)) refusals.add("precision-unsupported", line.position);
  }
}

function isTooFine(amount: Decimal | null): boolean {
  return amount !== null && decimalsOf(amount) > 2;
}

function checkTotal(document: FiscalDocument, context: CheckContext, refusals: Refusals): void {
  const total = document.total ?? ZERO;
  const rate = exchangeRateOf(document, context.jurisdiction);
  const inBase = rate === null ? total : round(total.times(rate), 2);
  if (total.lte(ZERO) || inBase.lte(ZERO)) refusals.add("total-not-positive");
}

/** Base currency per unit of the document's; a document in base currency has 1 whatever it says. Null: none usable. */
export function exchangeRateOf(document: FiscalDocument, jurisdiction: Jurisdiction): Decimal | null {
  if (document.currencyCode === jurisdiction.baseCurrency) return ONE;
  const rate = document.exchangeRate;
  return rate?.gt(ZERO) ? rate : null;
}
