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

/** `2026-03-10T10:00:00+0200`; null when it is no instant. */
export function instantOfZoho(text: string | null): number | null {
  const instant = text === null ? Number.NaN : Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return Number.isNaN(instant) ? null : instant;
}
