import * as z from "zod";
import { readExactJson } from "../fiscal/exact-json.ts";
import { part } from "./answer.ts";
import type { ExactDocument } from "./books-documents.ts";
import { text as textField } from "./fields.ts";

const answer = z.object({ invoice: z.record(z.string(), z.unknown()) });
const changed = z.object({ last_modified_time: textField.optional() });

/** An invoice read before, from the answer's text as it was kept. */
export function keptInvoice(text: string): ExactDocument & { modifiedTime: string | null } {
  const { invoice } = part(readExactJson(text), answer);
  return { text, value: invoice, modifiedTime: part(invoice, changed).last_modified_time ?? null };
}

const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)([+-]\d\d):?(\d\d)$/;

/** `2026-03-10T10:00:00+0200`; null for anything less: a day alone would hide a change of the same day. */
export function instantOfZoho(text: string | null): number | null {
  const [, time, hours, minutes] = INSTANT.exec(text ?? "") ?? [];
  const instant = Date.parse(`${time}${hours}:${minutes}`);
  return Number.isNaN(instant) ? null : instant;
}
