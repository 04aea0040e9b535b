import * as z from "zod";
import { type Decimal, decimalsOf, plain } from "../../fiscal/decimal.ts";

/** The field tables of RRA VSDC v1.0.5: type, length, required (docs/vsdc.md#fields). */

declare global {
  interface JSON {
    /** ECMAScript 2025; not in TypeScript's library yet. */
    rawJSON(text: string): unknown;
  }
}

const isDecimal = (value: unknown): value is Decimal =>
  typeof value === "object" && value !== null && "toFixed" in value && "times" in value;

export const char = (length: number) => z.string().min(1).max(length);
export const optionalChar = (length: number) => char(length).nullable();

/** NUMBER(precision, scale) on the way out: an exact decimal. */
export const amount = (precision: number, scale: number) =>
  z.custom<Decimal>(isDecimal).refine(
    (value) => {
      const digits = plain(value).replace(/^-/, "").split(".")[0] ?? "";
      return decimalsOf(value) <= scale && digits.length <= precision - scale;
    },
    { message: `does not fit NUMBER(${precision},${scale})` },
  );

export const stamp14 = z.string().regex(/^\d{14}$/);
export const day8 = z.string().regex(/^\d{8}$/);
export const flagYn = z.enum(["Y", "N"]);

/** The exact bytes to send: decimals as plain literals, keys in the order of the object. */
export function serialise(request: object): string {
  return JSON.stringify(request, function replace(this: Record<string, unknown>, key, value) {
    const original = key === "" ? value : this[key];
    return isDecimal(original) ? JSON.rawJSON(plain(original)) : value;
  });
}
