import { type Decimal, decimalText, divideHalfUp, parseDecimal, unitsAt } from "../vsdc/decimal.ts";
import { isNumberLiteral, type Literal, type LiteralObject, numberLiteral } from "../vsdc/literal-json.ts";
import { rowsOf } from "./custom-field-values.ts";

export interface PickedLine {
  index: number;
  /** Absent = the line's own. */
  quantity?: string;
}

/** The credited rows; each has an id of its own, and a smaller quantity has its share of the amounts. */
export function creditLines(
  invoice: LiteralObject,
  { id, lines }: { id: string; lines?: readonly PickedLine[] },
): LiteralObject[] {
  const rows = rowsOf(invoice.line_items);
  const money = rows.filter(({ line_item_category }) => line_item_category !== "header");
  const picked = lines ? lines.map((line) => pickLine(money, { line, scale: scaleOf(invoice) })) : rows;
  return picked.map((row, index) => ({ ...row, line_item_id: `${id}${String(index + 1).padStart(3, "0")}` }));
}

/** Of some lines: their sums, with their share of the document's discount. Shipping and rounding stay behind. */
export function totalsOf(invoice: LiteralObject, lines: readonly LiteralObject[]): LiteralObject {
  const scale = scaleOf(invoice);
  const units = (value: Literal | undefined) => unitsAt(decimalOf(value), scale);
  const subTotal = sum(lines.map(({ item_total }) => units(item_total)));
  const taxTotal = sum(
    lines.flatMap((line) => rowsOf(line.line_item_taxes).map(({ tax_amount }) => units(tax_amount))),
  );
  const whole = units(invoice.sub_total);
  const isOnDocument = invoice.discount_type === "entity_level" && whole !== 0n;
  const discount = isOnDocument ? divideHalfUp(units(invoice.discount_total) * subTotal, whole) : 0n;
  const itemDiscounts = sum(lines.map(({ discount_amount }) => units(discount_amount)));
  const write = writerLike(invoice.total, scale);
  const none = write(0n);
  return {
    sub_total: write(subTotal),
    sub_total_inclusive_of_tax: write(invoice.is_inclusive_tax === true ? subTotal + taxTotal : 0n),
    discount:
      isOnDocument && isNumberLiteral(invoice.discount) ? write(discount) : (invoice.discount ?? none),
    discount_total: write(isOnDocument ? discount : itemDiscounts),
    discount_applied_on_amount: write(discount === 0n ? 0n : subTotal),
    tax_total: write(taxTotal),
    taxes: taxRows(lines, scale, write),
    shipping_charge: none,
    shipping_charge_tax_id: "",
    shipping_charge_tax_name: "",
    shipping_charge_tax_type: "",
    shipping_charge_tax_percentage: "",
    shipping_charge_tax: none,
    shipping_charge_exclusive_of_tax: none,
    shipping_charge_inclusive_of_tax: none,
    adjustment: none,
    adjustment_description: "",
    roundoff_value: none,
    total: write(subTotal - discount + taxTotal),
  };
}

export function decimalOf(value: Literal | undefined): Decimal {
  return parseDecimal(isNumberLiteral(value) ? value.rawJSON : String(value || "0"));
}

function pickLine(
  rows: readonly LiteralObject[],
  { line, scale }: { line: PickedLine; scale: number },
): LiteralObject {
  const row = rows[line.index];
  if (!row) throw new Error(`the invoice has no line ${line.index}`);
  if (line.quantity === undefined) return row;
  const share = shareOf(decimalOf(line.quantity), decimalOf(row.quantity), scale);
  return {
    ...row,
    quantity: isNumberLiteral(row.quantity) ? numberLiteral(line.quantity) : line.quantity,
    discount_amount: share(row.discount_amount),
    item_total: share(row.item_total),
    line_item_taxes: rowsOf(row.line_item_taxes).map((tax) => ({
      ...tax,
      tax_amount: share(tax.tax_amount),
    })),
  };
}

function shareOf(part: Decimal, whole: Decimal, scale: number): (value: Literal | undefined) => Literal {
  const numerator = part.units * 10n ** BigInt(whole.scale);
  const denominator = whole.units * 10n ** BigInt(part.scale);
  return (value) => {
    const units = divideHalfUp(unitsAt(decimalOf(value), scale) * numerator, denominator);
    return writerLike(value, scale)(units);
  };
}

function taxRows(
  lines: readonly LiteralObject[],
  scale: number,
  write: (units: bigint) => Literal,
): LiteralObject[] {
  const taxes = new Map<string, bigint>();
  for (const tax of lines.flatMap((line) => rowsOf(line.line_item_taxes))) {
    const name = String(tax.tax_name);
    taxes.set(name, (taxes.get(name) ?? 0n) + unitsAt(decimalOf(tax.tax_amount), scale));
  }
  return [...taxes].map(([tax_name, units]) => ({ tax_name, tax_amount: write(units) }));
}

/** Amounts stay numbers or texts, as they are in the invoice. */
function writerLike(value: Literal | undefined, scale: number): (units: bigint) => Literal {
  const asText = typeof value === "string";
  return (units) => (asText ? decimalText(units, scale) : numberLiteral(decimalText(units, scale)));
}

function scaleOf({ price_precision }: LiteralObject): number {
  return isNumberLiteral(price_precision) ? Number(price_precision.rawJSON) : 2;
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
