import Big from "big.js";

/** Strict: a JavaScript number given to it throws, so no float can touch an amount. Divisions round half-up at 2. */
const Exact = Big();
Exact.strict = true;
Exact.DP = 2;
Exact.RM = 1;

export type Decimal = Big;

/** Larger exponents or texts are nobody's price and would cost memory without bound. */
const DECIMAL_TEXT = /^[+-]?\d{1,320}(\.\d{1,320})?(e[+-]?\d{1,3})?$/i;

/** Null when the text is not a decimal number. */
export function readDecimal(text: string): Decimal | null {
  return DECIMAL_TEXT.test(text) ? new Exact(text.replace(/^\+/, "")) : null;
}

export function decimal(value: string | bigint): Decimal {
  return new Exact(value.toString());
}

export const ZERO = decimal("0");
export const ONE = decimal("1");
export const HUNDRED = decimal("100");

/** Half away from zero (fiscal rules, Arithmetic). */
export function round(value: Decimal, decimals: number): Decimal {
  return value.round(decimals, 1);
}

/** The quotient rounded half-up at 2 decimals. */
export function divide(value: Decimal, by: Decimal): Decimal {
  return value.div(by);
}

export function sum(values: Iterable<Decimal>): Decimal {
  let total = ZERO;
  for (const value of values) total = total.plus(value);
  return total;
}

/** Decimals by value: 2.500 has one. */
export function decimalsOf(value: Decimal): number {
  return Math.max(0, value.c.length - 1 - value.e);
}

/** `value × 10^decimals`; throws when that is not whole. */
export function toUnits(value: Decimal, decimals: number): bigint {
  if (decimalsOf(value) > decimals)
    throw new Error(`bug: ${value.toFixed()} has more than ${decimals} decimals`);
  return BigInt(value.toFixed(decimals).replace(".", ""));
}

export function fromUnits(units: bigint, decimals: number): Decimal {
  return decimal(`${units}e-${decimals}`);
}

/** Plain notation without trailing zeros; zero without a sign. */
export function plain(value: Decimal): string {
  return value.eq(ZERO) ? "0" : value.toFixed();
}

export function max(a: Decimal, b: Decimal): Decimal {
  return a.gte(b) ? a : b;
}
