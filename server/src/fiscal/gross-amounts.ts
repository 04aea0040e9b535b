import type { RefusalCode } from "@fiscalise/shared/problem.ts";
import { allocate, shareByLargestRemainder } from "./allocate.ts";
import { type Decimal, decimalsOf, fromUnits, ONE, sum, toUnits, ZERO } from "./decimal.ts";
import type { FiscalDocument, LinePosition } from "./document.ts";
import { smallestUnit, taxAgrees, taxOn } from "./tax-class.ts";

/** Amounts have at most 2 decimals once `precision-unsupported` is excluded. */
const AMOUNT_DECIMALS = 2;

export interface GrossLine {
  position: LinePosition;
  net: Decimal;
  /** The line's share of the document discount. */
  share: Decimal;
  tax: Decimal;
  gross: Decimal;
}

export interface GrossProblem {
  code: RefusalCode;
  line?: LinePosition;
}

export interface GrossOutcome {
  problems: GrossProblem[];
  /** Null when they do not add up to the total; beside a wrong tax they still may. */
  lines: GrossLine[] | null;
}

/** The rate of the class each line was given; absent for a line the table of §4 refused. */
export type ClassRates = ReadonlyMap<LinePosition, Decimal>;

/**
 * Fiscal rules 1–7 and the VAT check, in document currency. Call only when every line is valid and no reason that
 * forbids judging rule 7 was found.
 */
export function grossAmounts(document: FiscalDocument, rates: ClassRates): GrossOutcome {
  const precision = precisionOf(document);
  const shares = discountShares(document, precision);
  if (shares === null) return { problems: [{ code: "totals-do-not-add-up" }], lines: null };
  const first = attempt(document, rates, shares, "as-stated");
  const mayRecompute = shares.some((share) => share.gt(ZERO)) && first.problems.length > 0;
  const recomputable =
    mayRecompute && first.problems.every(({ code }) => code !== "adjustment-not-fiscalisable");
  return recomputable ? attempt(document, rates, shares, "recomputed") : first;
}

function precisionOf(document: FiscalDocument): number {
  return document.pricePrecision?.eq(ZERO) ? 0 : 2;
}

/** Rule 3. Null when the discount exceeds the lines or is not whole in smallest units. */
function discountShares(document: FiscalDocument, precision: number): Decimal[] | null {
  const discount = documentDiscount(document);
  if (discount === null) return document.lines.map(() => ZERO);
  const nets = document.lines.map((line) => line.itemTotal ?? ZERO);
  if (discount.gt(sum(nets)) || decimalsOf(discount) > precision) return null;
  const weights = nets.map((net) => toUnits(net, AMOUNT_DECIMALS));
  return shareByLargestRemainder(toUnits(discount, precision), weights).map((units) =>
    fromUnits(units, precision),
  );
}

/** The document discount before tax; null when there is none. */
export function documentDiscount(document: FiscalDocument): Decimal | null {
  const { discountType, discountBeforeTax, discountTotal } = document;
  if (discountType !== "entity_level" || !discountBeforeTax) return null;
  return discountTotal?.gt(ZERO) ? discountTotal : null;
}

/** Rules 2 and 5–7, then the VAT check, with taxes as the document states them or all recomputed (rule 3). */
function attempt(
  document: FiscalDocument,
  rates: ClassRates,
  shares: Decimal[],
  taxes: "as-stated" | "recomputed",
): GrossOutcome {
  const precision = precisionOf(document);
  const lines: GrossLine[] = document.lines.map((line, index) => {
    const share = shares[index] ?? ZERO;
    const net = (line.itemTotal ?? ZERO).minus(share);
    const stated = taxes === "as-stated" ? line.tax.amount : null;
    const tax = stated ?? taxOn(net, line.tax.percentage, precision);
    return { position: line.position, net, share, tax, gross: net.plus(tax) };
  });
  const shipping = shippingLine(document);
  if (shipping) lines.push(shipping);

  if (!addAdjustment(document, lines)) {
    return { problems: [{ code: "adjustment-not-fiscalisable" }], lines: null };
  }
  const problems: GrossProblem[] = [];
  for (const line of lines) {
    const rate = rates.get(line.position);
    if (rate && !taxAgrees(line, rate, precision))
      problems.push({ code: "tax-amount-mismatch", line: line.position });
  }
  if (reachTotal(document, lines, precision)) return { problems, lines };
  return { problems: [...problems, { code: "totals-do-not-add-up" }], lines: null };
}

/** Rule 5: a charge becomes the last line; it takes no share of the discount. */
function shippingLine({ shipping }: FiscalDocument): GrossLine | null {
  if (!hasShipping(shipping)) return null;
  const net = shipping.exclusiveOfTax ?? shipping.charge ?? ZERO;
  const tax = shipping.tax.amount ?? ZERO;
  return { position: "shipping", net, share: ZERO, tax, gross: net.plus(tax) };
}

export function hasShipping(shipping: FiscalDocument["shipping"]): boolean {
  return shipping.charge?.gt(ZERO) ?? false;
}

/** Rule 6: true when the adjustment fits; it is added to the largest gross. */
function addAdjustment(document: FiscalDocument, lines: GrossLine[]): boolean {
  const adjustment = adjustmentOf(document);
  if (adjustment.eq(ZERO)) return true;
  const largest = lines.reduce((best, line) => (line.gross.gt(best.gross) ? line : best));
  largest.gross = largest.gross.plus(adjustment);
  return largest.gross.gte(ZERO);
}

export function adjustmentOf(document: FiscalDocument): Decimal {
  return (document.adjustment ?? ZERO).plus(document.roundoff ?? ZERO);
}

/** Rule 6, the part judged on every document. */
export function isAdjustmentTooLarge(document: FiscalDocument): boolean {
  return adjustmentOf(document).abs().gte(ONE);
}

/** Rule 7: at most one smallest unit per line is allocated. False when the lines cannot be brought to the total. */
function reachTotal(document: FiscalDocument, lines: GrossLine[], precision: number): boolean {
  const difference = (document.total ?? ZERO).minus(sum(lines.map((line) => line.gross)));
  if (lines.some((line) => line.gross.lt(ZERO))) return false;
  if (difference.eq(ZERO)) return true;
  if (decimalsOf(difference) > precision) return false;
  const units = toUnits(difference, precision);
  if (units > BigInt(lines.length) || -units > BigInt(lines.length)) return false;
  const amounts = lines.map((line) => toUnits(line.gross, AMOUNT_DECIMALS));
  const allocated = allocate(amounts, units, toUnits(smallestUnit(precision), AMOUNT_DECIMALS));
  if (allocated === null) return false;
  lines.forEach((line, index) => {
    line.gross = fromUnits(allocated[index] ?? 0n, AMOUNT_DECIMALS);
  });
  return true;
}
