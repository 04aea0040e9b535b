import * as z from "zod/mini";

/** An exact decimal as text, plain notation, at most 2 decimals: `"1180"`, `"1180.5"`, `"-0.01"`. */
export type Amount = string;

export const AmountSchema = z.string().check(z.regex(/^-?\d{1,30}(\.\d{1,2})?$/));

/** Any exact decimal as text (rates, quantities). */
export const DecimalSchema = z.string().check(z.regex(/^-?\d{1,400}(\.\d{1,400})?$/));

/** `"1180.5"` → `"1,180.50"`, as the receipt prints it (fiscal rules §8): zero never carries a sign. */
export function formatAmount(amount: Amount): string {
  const [whole = "0", fraction = ""] = amount.replace("-", "").split(".");
  const digits = whole.replace(/^0+(?=\d)/, "");
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ",");
  const text = `${grouped}.${fraction.padEnd(2, "0")}`;
  return amount.startsWith("-") && /[1-9]/.test(text) ? `-${text}` : text;
}

/** Quantities and rates: thousands grouped, decimals as they are. */
export function formatDecimal(value: string): string {
  const [whole = "0", fraction] = value.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction ? `${grouped}.${fraction}` : grouped;
}

/** Exact: `subtract("1180", "0.5")` → `"1179.5"`. */
export function subtract(from: string, amount: string): string {
  const scale = Math.max(decimalsOf(from), decimalsOf(amount));
  const units = toUnits(from, scale) - toUnits(amount, scale);
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, "0");
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  const whole = digits.slice(0, digits.length - scale);
  return `${units < 0n ? "-" : ""}${whole}${scale > 0 && fraction ? `.${fraction}` : ""}`;
}

const decimalsOf = (amount: string) => amount.split(".")[1]?.length ?? 0;
const toUnits = (amount: string, scale: number) => {
  const [whole = "0", fraction = ""] = amount.split(".");
  return BigInt(whole + fraction.padEnd(scale, "0"));
};
