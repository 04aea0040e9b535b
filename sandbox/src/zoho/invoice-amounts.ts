import { divideHalfUp, multiply, parseDecimal, unitsAt } from "../vsdc/decimal.ts";
import { NO_TAX } from "./invoice-parts.ts";
import type { InvoiceLine, InvoiceSpec } from "./invoice-spec.ts";

/** In smallest units of the document's currency. */
export interface LineAmounts {
  /** `item_total`: net of tax and of the item's own discount, also when prices include tax. */
  net: bigint;
  discount: bigint;
  taxParts: bigint[];
}

export interface InvoiceAmounts {
  precision: number;
  lines: LineAmounts[];
  taxes: Map<string, bigint>;
  subTotal: bigint;
  /** Of the whole document. */
  discountTotal: bigint;
  itemDiscounts: bigint;
  lineTax: bigint;
  shipping: bigint;
  shippingTax: bigint;
  taxTotal: bigint;
  adjustment: bigint;
  roundOff: bigint;
  total: bigint;
  balance: bigint;
}

/** Tax is rounded per line and then summed (Zoho's item-level rounding). */
export function computeInvoice(spec: InvoiceSpec): InvoiceAmounts {
  const { precision = 2 } = spec;
  const units = (text: string) => unitsAt(parseDecimal(text), precision);
  const before = spec.lines.map((line) => netOfLine(line, precision, spec.inclusive ?? false));
  const subTotal = before.reduce((sum, { net }) => sum + net, 0n);
  const discountTotal = spec.discount ? discountOf(spec.discount.value, subTotal, precision) : 0n;
  const shares = spread(
    spec.discount?.beforeTax ? discountTotal : 0n,
    before.map(({ net }) => net),
  );
  const lines = before.map(({ net, discount, tax }, index) => ({
    net,
    discount,
    taxParts: taxParts(spec.lines[index], {
      taxable: net - (shares[index] ?? 0n),
      given: shares[index] ? undefined : tax,
    }),
  }));
  const shipping = spec.shipping ? units(spec.shipping.charge) : 0n;
  const shippingTax = taxOn(shipping, spec.shipping?.tax?.percentage ?? "0");
  const lineTax = lines.reduce((sum, line) => sum + line.taxParts.reduce((a, b) => a + b, 0n), 0n);
  const adjustment = spec.adjustment ? units(spec.adjustment) : 0n;
  const unrounded = subTotal - discountTotal + lineTax + shipping + shippingTax + adjustment;
  const whole = 10n ** BigInt(precision);
  const roundOff = spec.roundsTotal ? divideHalfUp(unrounded, whole) * whole - unrounded : 0n;
  const total = unrounded + roundOff;
  const paid = (spec.payments ?? []).reduce((sum, { amount }) => sum + units(amount), 0n);
  const taxes = taxesByName(spec, lines, shippingTax);
  const itemDiscounts = lines.reduce((sum, { discount }) => sum + discount, 0n);
  const amounts = {
    precision,
    lines,
    taxes,
    subTotal,
    discountTotal,
    itemDiscounts,
    lineTax,
    shipping,
    shippingTax,
  };
  return { ...amounts, taxTotal: lineTax + shippingTax, adjustment, roundOff, total, balance: total - paid };
}

/** Document currency to RWF, in hundredths. */
export function baseAmount(units: bigint, precision: number, exchangeRate: string): bigint {
  return unitsAt(multiply({ units, scale: precision }, parseDecimal(exchangeRate)), 2);
}

function netOfLine(line: InvoiceLine, precision: number, inclusive: boolean) {
  const amount = unitsAt(multiply(parseDecimal(line.rate), parseDecimal(line.quantity ?? "1")), precision);
  const discount = line.discount ? discountOf(line.discount, amount, precision) : 0n;
  const after = amount - discount;
  const rate = BigInt((line.tax ?? NO_TAX).percentage);
  const tax = inclusive ? divideHalfUp(after * rate, 100n + rate) : divideHalfUp(after * rate, 100n);
  return { net: inclusive ? after - tax : after, discount, tax };
}

function discountOf(value: string, amount: bigint, precision: number): bigint {
  if (!value.endsWith("%")) return unitsAt(parseDecimal(value), precision);
  const { units, scale } = parseDecimal(value.slice(0, -1));
  return divideHalfUp(amount * units, 100n * 10n ** BigInt(scale));
}

/** The document's discount over its lines by largest remainder, so the shares sum to it. */
function spread(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (total === 0n || sum === 0n) return weights.map(() => 0n);
  const shares = weights.map((weight) => (total * weight) / sum);
  const rest = Number(total - shares.reduce((a, b) => a + b, 0n));
  const remainder = (index: number) => (total * (weights[index] ?? 0n)) % sum;
  const order = weights.map((_, index) => index).sort((a, b) => Number(remainder(b) - remainder(a)) || a - b);
  const favoured = new Set(order.slice(0, rest));
  return shares.map((share, index) => (favoured.has(index) ? share + 1n : share));
}

/** A group has one amount per member; a plain tax takes the amount its line was computed with. */
function taxParts(
  line: InvoiceLine | undefined,
  { taxable, given }: { taxable: bigint; given: bigint | undefined },
): bigint[] {
  const { parts } = line?.tax ?? NO_TAX;
  if (parts.length === 1 && given !== undefined) return [given];
  return parts.map(({ percentage }) => taxOn(taxable, percentage));
}

function taxOn(taxable: bigint, percentage: string): bigint {
  return divideHalfUp(taxable * BigInt(percentage), 100n);
}

function taxesByName(
  spec: InvoiceSpec,
  lines: readonly LineAmounts[],
  shippingTax: bigint,
): Map<string, bigint> {
  const taxes = new Map<string, bigint>();
  const add = (name: string, percentage: string, units: bigint) => {
    const key = `${name} (${percentage}%)`;
    taxes.set(key, (taxes.get(key) ?? 0n) + units);
  };
  for (const [index, line] of spec.lines.entries()) {
    for (const [order, { name, percentage }] of (line.tax ?? NO_TAX).parts.entries()) {
      add(name, percentage, lines[index]?.taxParts[order] ?? 0n);
    }
  }
  const shippedWith = spec.shipping?.tax;
  if (shippedWith) add(shippedWith.name, shippedWith.percentage, shippingTax);
  return taxes;
}
