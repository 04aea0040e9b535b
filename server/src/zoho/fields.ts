import * as z from "zod";
import { type Decimal, readDecimal } from "../fiscal/decimal.ts";
import { tidy } from "../fiscal/text.ts";

/** Zoho sends the same field as number, text, `""`, `[]`, `null` or not at all (docs/zoho.md#tolerance). */
const scalar = z.union([z.string(), z.boolean(), z.tuple([]).transform(() => null)]).nullish();

function asText(value: string | boolean | null | undefined): string | null {
  return tidy(typeof value === "boolean" ? String(value) : value);
}

/** Trimmed, null when missing. */
export const text = scalar.transform(asText);

/** Null when missing; an issue when it is not a number. */
export const number = scalar.transform((value, context): Decimal | null => {
  const found = asText(value);
  if (found === null) return null;
  const read = readDecimal(found);
  if (read !== null) return read;
  context.addIssue({ code: "custom", message: "is not a number" });
  return z.NEVER;
});

/** Null when missing or not a number: the line is judged invalid then. */
export const lineNumber = z
  .unknown()
  .optional()
  .transform((value): Decimal | null => (typeof value === "string" ? readDecimal(value.trim()) : null));

export const flag = scalar.transform((value) => asText(value)?.toLowerCase() === "true");

export interface Discount {
  percent: Decimal | null;
  value: Decimal | null;
}

/** `10`, `"10"` or `"10.00%"`. */
export const discount = scalar.transform((value, context): Discount => {
  const found = asText(value);
  if (found === null) return { percent: null, value: null };
  const percent = found.endsWith("%");
  const read = readDecimal(percent ? found.slice(0, -1).trim() : found);
  if (read !== null) return percent ? { percent: read, value: null } : { percent: null, value: read };
  context.addIssue({ code: "custom", message: "is neither a number nor a percentage" });
  return z.NEVER;
});
