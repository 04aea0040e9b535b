import * as z from "zod";
import { list } from "../fiscal/optional-list.ts";
import { part } from "./answer.ts";
import { text } from "./fields.ts";

const marked = z.object({
  custom_fields: list(z.object({ customfield_id: text.optional(), value: text.optional() })).optional(),
  documents: list(z.object({ file_name: text.optional() })).optional(),
});

/** What an invoice has of what we write to it: field values by their ids, names of attached files. */
export function invoiceMarks(invoice: unknown): { fields: Record<string, string>; files: string[] } {
  const { custom_fields = [], documents = [] } = part(invoice, marked);
  const values = custom_fields.flatMap(({ customfield_id: id, value }) => (id && value ? [[id, value]] : []));
  return {
    fields: Object.fromEntries(values),
    files: documents.flatMap(({ file_name }) => file_name ?? []),
  };
}
