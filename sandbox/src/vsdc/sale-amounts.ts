import { TAX_CLASSES, TAX_RATES, type TaxClass } from "./codes.ts";
import { decimalText, divideHalfUp } from "./decimal.ts";
import { firstRefusal, type Refusal, refuseField } from "./result-codes.ts";
import type { Sale, SaleLine } from "./sale.ts";

export interface AmountRules {
  /** Recomputes splyAmt, dcAmt and totAmt of every line to the cent. */
  checksLineArithmetic: boolean;
}

export function checkAmounts(sale: Sale, rules: AmountRules): Refusal | undefined {
  return firstRefusal([
    ...sale.lines.map((line, index) => () => checkLine(line, index, rules)),
    () => checkHeader(sale),
  ]);
}

function checkLine(line: SaleLine, index: number, rules: AmountRules): Refusal | undefined {
  const at = (field: string) => `itemList[${index}].${field}`;
  const rate = TAX_RATES[line.taxClass as TaxClass];
  return firstRefusal([
    () => (line.sequence === BigInt(index + 1) ? undefined : refuseField(at("itemSeq"), "Must count from 1")),
    () => (line.quantity > 0n ? undefined : refuseField(at("qty"), "Must be greater than 0")),
    () => (line.discount <= line.supply ? undefined : refuseField(at("dcAmt"), "Exceeds splyAmt")),
    () => (line.discountRate <= 10_000n ? undefined : refuseField(at("dcRt"), "Exceeds 100")),
    () =>
      line.discount > 0n && line.discountRate === 0n
        ? refuseField(at("dcRt"), "Must not be 0 when dcAmt is not")
        : undefined,
    () => checkPrice(line, at, rules),
    () => expected(at("totAmt"), line.total, line.supply - line.discount),
    () => expected(at("taxblAmt"), line.taxable, line.total),
    () => expected(at("taxAmt"), line.tax, divideHalfUp(line.taxable * rate, 100n + rate)),
  ]);
}

/** Natural form: the price is rounded, so it may miss by 0.005 per unit of quantity (docs/sandbox.md). */
function checkPrice(
  line: SaleLine,
  at: (field: string) => string,
  { checksLineArithmetic }: AmountRules,
): Refusal | undefined {
  const product = line.price * line.quantity;
  if (checksLineArithmetic) {
    const discount = divideHalfUp(line.supply * line.discountRate, 10_000n);
    return (
      expected(at("splyAmt"), line.supply * 100n, product, 4) ??
      expected(at("dcAmt"), line.discount, discount)
    );
  }
  const missBy = product - line.supply * 100n;
  const allowed = (line.quantity + 100n) / 2n;
  if (missBy <= allowed && -missBy <= allowed) return undefined;
  return refuseField(at("splyAmt"), `Is not prc x qty = ${decimalText(product, 4)}`);
}

function checkHeader(sale: Sale): Refusal | undefined {
  const sum = (of: (line: SaleLine) => bigint, lines = sale.lines) => lines.reduce((t, l) => t + of(l), 0n);
  const linesOf = (letter: TaxClass) => sale.lines.filter(({ taxClass }) => taxClass === letter);
  return firstRefusal([
    () =>
      sale.itemCount === BigInt(sale.lines.length)
        ? undefined
        : refuseField("totItemCnt", `Must be ${sale.lines.length}`),
    ...TAX_CLASSES.flatMap((letter) => [
      () => expected(`taxRt${letter}`, sale.perClass("taxRt", letter), TAX_RATES[letter] * 100n),
      () =>
        expected(
          `taxblAmt${letter}`,
          sale.perClass("taxblAmt", letter),
          sum((l) => l.taxable, linesOf(letter)),
        ),
      () =>
        expected(
          `taxAmt${letter}`,
          sale.perClass("taxAmt", letter),
          sum((l) => l.tax, linesOf(letter)),
        ),
    ]),
    () =>
      expected(
        "totTaxblAmt",
        sale.totalTaxable,
        sum((l) => l.taxable),
      ),
    () =>
      expected(
        "totTaxAmt",
        sale.totalTax,
        sum((l) => l.tax),
      ),
    () =>
      expected(
        "totAmt",
        sale.total,
        sum((l) => l.total),
      ),
  ]);
}

function expected(path: string, given: bigint, right: bigint, scale = 2): Refusal | undefined {
  if (given === right) return undefined;
  return refuseField(
    path,
    `Must be ${decimalText(right, scale)}. rejected value: '${decimalText(given, scale)}'`,
  );
}
