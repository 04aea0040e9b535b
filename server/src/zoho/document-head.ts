import * as z from "zod";
import { text } from "./fields.ts";

const head = z.object({
  invoice_number: text.optional(),
  creditnote_number: text.optional(),
  status: text.optional(),
  date: text.optional(),
});

export interface DocumentHead {
  number: string | null;
  status: string | null;
  /** yyyy-mm-dd, as Zoho has it. */
  date: string | null;
}

/** What says whether a document's time has come; null for what has no form we know. */
export function readHead(value: unknown): DocumentHead | null {
  const parsed = head.safeParse(value);
  if (!parsed.success) return null;
  const { invoice_number, creditnote_number, status, date } = parsed.data;
  return {
    number: invoice_number ?? creditnote_number ?? null,
    status: status?.toLowerCase() ?? null,
    date: date ?? null,
  };
}
