import fc from "fast-check";

/** Documents that add up by construction; integers only, so that a float in the rules has nothing to agree with. */

const TAXES = {
  vat: { percentage: 18n, fields: { tax_id: "vat", tax_percentage: 18 } },
  exempt: { percentage: 0n, fields: { tax_id: "exempt", tax_percentage: 0 } },
  none: { percentage: 0n, fields: {} },
} as const;

const lineArbitrary = fc.record({
  quantityThousandths: fc.oneof(
    fc.bigInt(1n, 40n).map((whole) => whole * 1000n),
    fc.bigInt(1n, 50_000n),
  ),
  rateTenThousandths: fc.oneof(
    fc.bigInt(0n, 9_000n).map((whole) => whole * 10_000n),
    fc.bigInt(0n, 90_000_000n),
  ),
  tax: fc.constantFrom("vat", "vat", "exempt", "none"),
  discount: fc.option(fc.record({ percentHundredths: fc.bigInt(0n, 10_000n), asPercent: fc.boolean() })),
  name: fc.string({ unit: "binary", maxLength: 240 }).map((text) => `x${text}`),
  unit: fc.constantFrom("", "kg", "a unit with quite a long name 😀"),
  kind: fc.constantFrom("goods", "service"),
  item: fc.constantFrom("", "1", "2"),
  statesTax: fc.boolean(),
});
type Line = typeof lineArbitrary extends fc.Arbitrary<infer T> ? T : never;

export const wellFormedDocument = fc
  .record({
    precision: fc.constantFrom(0, 2),
    currency: fc.constantFrom(
      { code: "RWF", rate: "1" },
      { code: "USD", rate: "1432.123456789012345678" },
      { code: "UGX", rate: "0.3871" },
    ),
    inclusive: fc.boolean(),
    lines: fc.array(lineArbitrary, { maxLength: 12 }),
    shipping: fc.option(fc.record({ net: fc.bigInt(1n, 90_000n), tax: fc.constantFrom("vat", "exempt") })),
    roundoffHundredths: fc.bigInt(-99n, 99n),
    /** On the whole document, before tax. */
    discountPercent: fc.option(fc.bigInt(1n, 90n)),
    /** Of the most that may be allocated. */
    percentOff: fc.bigInt(-100n, 100n),
    arithmetic: fc.constantFrom("natural", "exact"),
  })
  .map((given) => {
    const { precision } = given;
    const lines = [paidLine, ...given.lines].map((line) => priced(line, precision));
    const shipping = given.shipping && shippingFields(given.shipping, precision);
    const roundoff = precision === 0 ? 0n : given.roundoffHundredths;
    const discount = given.discountPercent === null ? null : discounted(lines, given.discountPercent);
    const count = BigInt(lines.length + (shipping ? 1 : 0));
    const sum = discount?.gross ?? lines.reduce((all, { gross }) => all + gross, 0n);
    const off = discount ? 0n : (count * given.percentOff) / 100n;
    const total = decimalText(sum + (shipping?.gross ?? 0n) + roundoff + off, precision);
    const document: JsonObject & { line_items: JsonObject[] } = {
      invoice_number: "INV-1",
      status: "sent",
      date: "2026-11-20",
      customer_name: given.lines[0]?.name ?? "",
      currency_code: given.currency.code,
      exchange_rate: JSON.rawJSON(given.currency.rate),
      price_precision: precision,
      is_inclusive_tax: given.inclusive,
      discount_type: discount ? "entity_level" : "item_level",
      is_discount_before_tax: true,
      discount_total: JSON.rawJSON(decimalText(discount?.amount ?? 0n, precision)),
      roundoff_value: JSON.rawJSON(decimalText(roundoff, precision)),
      total: JSON.rawJSON(total),
      line_items: lines.map(({ fields }) => fields),
      ...shipping?.fields,
    };
    return { document, total, rate: given.currency.rate, precision, arithmetic: given.arithmetic };
  });
export type WellFormed = typeof wellFormedDocument extends fc.Arbitrary<infer T> ? T : never;

interface JsonObject {
  [key: string]: unknown;
}

/** Large enough to take every unit of an allocation. */
const paidLine: Line = {
  quantityThousandths: 3000n,
  rateTenThousandths: 77_777_700n,
  tax: "vat",
  discount: null,
  name: "Coffee",
  unit: "",
  kind: "goods",
  item: "1",
  statesTax: true,
};

interface PricedLine {
  net: bigint;
  percentage: bigint;
  gross: bigint;
  fields: JsonObject;
}

function priced(line: Line, precision: number): PricedLine {
  const amount = (units: bigint) => JSON.rawJSON(decimalText(units, precision));
  const list = halfUp(line.quantityThousandths * line.rateTenThousandths, 10n ** BigInt(7 - precision));
  const off = line.discount ? halfUp(list * line.discount.percentHundredths, 10_000n) : 0n;
  const net = list - off;
  const { percentage, fields } = TAXES[line.tax];
  const tax = halfUp(net * percentage, 100n);
  const percent = line.discount?.asPercent && `${decimalText(line.discount.percentHundredths, 2)}%`;
  return {
    net,
    percentage,
    gross: net + tax,
    fields: {
      item_id: line.item,
      name: line.name,
      product_type: line.kind,
      unit: line.unit,
      quantity: JSON.rawJSON(decimalText(line.quantityThousandths, 3)),
      rate: JSON.rawJSON(decimalText(line.rateTenThousandths, 4)),
      ...(line.discount && { discount: percent || amount(off), discount_amount: amount(off) }),
      item_total: amount(net),
      ...fields,
      line_item_taxes: line.statesTax ? [{ tax_amount: amount(tax) }] : [],
    },
  };
}

/** VAT on the discounted lines as a whole: within a unit per line of the sum of VAT by line. */
function discounted(lines: PricedLine[], percent: bigint): { amount: bigint; gross: bigint } {
  const net = lines.reduce((all, line) => all + line.net, 0n);
  const weighted = lines.reduce((all, line) => all + line.net * line.percentage, 0n);
  const amount = halfUp(net * percent, 100n);
  return { amount, gross: net - amount + halfUp(weighted * (net - amount), net * 100n) };
}

function shippingFields({ net, tax }: { net: bigint; tax: "vat" | "exempt" }, precision: number) {
  const { percentage, fields } = TAXES[tax];
  const taxAmount = halfUp(net * percentage, 100n);
  const charge = JSON.rawJSON(decimalText(net, precision));
  return {
    gross: net + taxAmount,
    fields: {
      shipping_charge: charge,
      shipping_charge_exclusive_of_tax: charge,
      shipping_charge_tax: JSON.rawJSON(decimalText(taxAmount, precision)),
      shipping_charge_tax_id: fields.tax_id,
      shipping_charge_tax_percentage: String(percentage),
    },
  };
}

/** Rounds away from zero at the half; neither operand is negative. */
export function halfUp(value: bigint, by: bigint): bigint {
  return (2n * value + by) / (2n * by);
}

/** Units of `10^-decimals` as a plain decimal. */
export function decimalText(units: bigint, decimals: number): string {
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, "0");
  const split = digits.length - decimals;
  const text = decimals === 0 ? digits : `${digits.slice(0, split)}.${digits.slice(split)}`;
  return units < 0n ? `-${text}` : text;
}

/** A plain decimal in units of `10^-decimals`. */
export function unitsOf(text: string, decimals: number): bigint {
  const [whole = "", fraction = ""] = text.split(".");
  if (fraction.length > decimals) throw new Error(`${text} has more than ${decimals} decimals`);
  return BigInt(whole + fraction.padEnd(decimals, "0"));
}
