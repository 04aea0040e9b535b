import { allocate } from "./allocate.ts";
import { checkDocument, exchangeRateOf } from "./check-document.ts";
import { type Decimal, decimal, fromUnits, HUNDRED, ONE, round, sum, toUnits, ZERO } from "./decimal.ts";
import type { DocumentLine, FiscalDocument, LinePosition, StatedTax } from "./document.ts";
import { type GrossLine, grossAmounts, hasShipping, isAdjustmentTooLarge } from "./gross-amounts.ts";
import { type ItemClasses, type ItemReference, itemClassOf, itemOf, SHIPPING_ITEM } from "./item-class.ts";
import type { Jurisdiction } from "./jurisdiction.ts";
import { type PaymentModes, paymentKind } from "./payment.ts";
import { createRefusals, type Refusals } from "./refusals.ts";
import type { PricedLine, PricedSale } from "./sale.ts";
import { classify, type TaxSettings } from "./tax-class.ts";

/** A line's amounts before its class is known to be good. */
export type AmountLine = Omit<PricedLine, "itemClass" | "taxClass" | "ratePercent">;

export interface SaleContext {
  jurisdiction: Jurisdiction;
  baseCurrency: string;
  /** Local calendar day, yyyy-mm-dd. */
  today: string;
  taxes: TaxSettings;
  itemClasses: ItemClasses;
  paymentModes: PaymentModes;
  /** The supply amounts of the lines this one becomes on the wire (rule 10, by the device's line arithmetic). */
  supplyAmounts: (line: AmountLine) => Decimal[];
}

export type PreparedSale = { kind: "ready"; sale: PricedSale } | { kind: "refused"; refusals: Refusals };

interface ClassifiedLine {
  taxClass: string;
  ratePercent: Decimal;
  itemClass: string;
}

/** Fiscal rules §1–5 and rule 8: the sale to send, or every reason why not. Pure. */
export function prepareSale(document: FiscalDocument, context: SaleContext): PreparedSale {
  const refusals = createRefusals();
  checkDocument(document, context, refusals);
  if (isAfterTaxDiscount(document)) refusals.add("discount-after-tax");
  if (isAdjustmentTooLarge(document)) refusals.add("adjustment-not-fiscalisable");
  const classes = classifyLines(document, context, refusals);
  const lines = priceLines(document, context, classes.rates, refusals);
  checkSize(document, lines, context, refusals);
  const rate = exchangeRateOf(document, context.jurisdiction);
  if (refusals.list().length > 0) return { kind: "refused", refusals };
  if (lines === null || rate === null || document.date === null || document.total === null) {
    throw new Error("bug: a document without amounts was not refused");
  }
  const priced = lines.map((line) => ({ ...line, ...classes.of(line.position) }));
  return {
    kind: "ready",
    sale: {
      documentNumber: document.number,
      date: document.date,
      currencyCode: document.currencyCode,
      exchangeRate: rate,
      total: document.total,
      grossTotal: sum(lines.map((line) => line.gross)),
      payment: paymentKind(document, context.paymentModes),
      buyer: document.buyer,
      lines: priced,
    },
  };
}

/** Rule 4: it would understate VAT. */
function isAfterTaxDiscount({ discountType, discountBeforeTax, discountTotal }: FiscalDocument): boolean {
  return discountType === "entity_level" && !discountBeforeTax && (discountTotal?.gt(ZERO) ?? false);
}

function classifyLines(document: FiscalDocument, context: SaleContext, refusals: Refusals) {
  const found = new Map<LinePosition, ClassifiedLine>();
  const rates = new Map<LinePosition, Decimal>();
  const classifyOne = (position: LinePosition, tax: StatedTax, item: ItemReference) => {
    const itemClass = itemClassOf(item, context.itemClasses);
    if (itemClass === null) refusals.add("item-class-missing", position);
    const result = classify(tax, context.taxes, context.jurisdiction);
    if (result.kind === "refused") return refusals.add(result.code, position);
    rates.set(position, result.ratePercent);
    if (itemClass !== null) found.set(position, { ...result, itemClass });
  };
  for (const line of document.lines) classifyOne(line.position, line.tax, itemOf(line));
  if (hasShipping(document.shipping)) classifyOne("shipping", document.shipping.tax, SHIPPING_ITEM);
  const of = (position: LinePosition): ClassifiedLine => {
    const line = found.get(position);
    if (!line) throw new Error(`bug: line ${position} has no class and was not refused`);
    return { taxClass: line.taxClass, ratePercent: line.ratePercent, itemClass: line.itemClass };
  };
  return { rates, of };
}

/** The lines in RWF; null when they cannot be known. */
function priceLines(
  document: FiscalDocument,
  context: SaleContext,
  rates: ReadonlyMap<LinePosition, Decimal>,
  refusals: Refusals,
): AmountLine[] | null {
  const unjudgeable = refusals.has(
    "no-lines",
    "line-invalid",
    "precision-unsupported",
    "discount-after-tax",
    "adjustment-not-fiscalisable",
  );
  if (unjudgeable) return null;
  const { problems, lines } = grossAmounts(document, rates);
  for (const { code, line } of problems) refusals.add(code, line);
  const exchangeRate = exchangeRateOf(document, context.jurisdiction);
  if (lines === null || exchangeRate === null) return null;
  const grosses = inBaseCurrency(lines, document.total ?? ZERO, exchangeRate);
  if (grosses === null) {
    refusals.add("totals-do-not-add-up");
    return null;
  }
  return lines.map((line, index) => {
    const gross = grosses[index] ?? ZERO;
    const source = document.lines[index];
    return source
      ? amountLine(source, {
          amounts: line,
          gross,
          exchangeRate,
          pricesIncludeTax: document.pricesIncludeTax,
        })
      : shippingAmounts(gross);
  });
}

/** Rule 8. Null when the residual finds no line to go to. */
function inBaseCurrency(lines: GrossLine[], total: Decimal, exchangeRate: Decimal): Decimal[] | null {
  const grosses = lines.map((line) => toUnits(round(line.gross.times(exchangeRate), 2), 2));
  const target = toUnits(round(total.times(exchangeRate), 2), 2);
  const residual = target - grosses.reduce((all, gross) => all + gross, 0n);
  return allocate(grosses, residual, 1n)?.map((units) => fromUnits(units, 2)) ?? null;
}

function amountLine(
  line: DocumentLine,
  {
    amounts,
    gross,
    exchangeRate,
    pricesIncludeTax,
  }: { amounts: GrossLine; gross: Decimal; exchangeRate: Decimal; pricesIncludeTax: boolean },
): AmountLine {
  return {
    position: line.position,
    ...keyAndKind(itemOf(line)),
    name: line.name ?? "",
    unit: line.unit,
    quantity: line.quantity ?? ZERO,
    gross,
    undiscounted: undiscounted(line, pricesIncludeTax, exchangeRate),
    ...discountOf(line, amounts.share),
  };
}

function shippingAmounts(gross: Decimal): AmountLine {
  return {
    position: "shipping",
    ...keyAndKind(SHIPPING_ITEM),
    name: "Shipping",
    unit: null,
    quantity: ONE,
    gross,
    undiscounted: gross,
    hasDiscount: false,
    onlyDiscountPercent: null,
  };
}

function keyAndKind(item: ItemReference): Pick<AmountLine, "itemKey" | "itemKind"> {
  return { itemKey: item.key, itemKind: item.kind };
}

/** Rule 10's U. */
function undiscounted(line: DocumentLine, pricesIncludeTax: boolean, exchangeRate: Decimal): Decimal {
  const exclusive = (line.rate ?? ZERO).times(line.quantity ?? ZERO);
  const factor = pricesIncludeTax ? ONE : HUNDRED.plus(line.tax.percentage).times(decimal("0.01"));
  return round(exclusive.times(factor).times(exchangeRate), 2);
}

function discountOf(line: DocumentLine, share: Decimal) {
  const positive = (value: Decimal | null) => value?.gt(ZERO) ?? false;
  const byItem =
    positive(line.discountAmount) || positive(line.discountPercent) || positive(line.discountValue);
  const onlyPercent = positive(line.discountPercent) && !share.gt(ZERO);
  return {
    hasDiscount: byItem || share.gt(ZERO),
    onlyDiscountPercent: onlyPercent ? line.discountPercent : null,
  };
}

/** §1, `too-large`: judged whenever the RWF amounts are known. */
function checkSize(
  document: FiscalDocument,
  lines: AmountLine[] | null,
  { jurisdiction: { limits }, supplyAmounts }: SaleContext,
  refusals: Refusals,
): void {
  if (document.lines.length > limits.wireLines) refusals.add("too-large");
  if (lines === null) return;
  const supplies = lines.map((line) => ({ line, amounts: supplyAmounts(line) }));
  const wireLines = supplies.reduce((count, { amounts }) => count + amounts.length, 0);
  const total = sum(lines.map((line) => line.gross));
  if (wireLines > limits.wireLines || total.gte(limits.amountBelow)) refusals.add("too-large");
  for (const { line, amounts } of supplies) {
    const tooMuch = amounts.some((amount) => amount.gte(limits.amountBelow));
    if (tooMuch || line.quantity.gte(limits.quantityBelow)) refusals.add("too-large", line.position);
  }
}
