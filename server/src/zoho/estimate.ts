import * as z from "zod";
import { type CustomFieldNames, type ReadDocument, readInvoice } from "./invoice.ts";

const names = z.looseObject({ estimate_id: z.unknown(), estimate_number: z.unknown() });

/** A Zoho estimate, parsed by `parseExactJson`: an invoice's form under names of its own, of which nothing is owed yet. */
export function readEstimate(value: unknown, fields: CustomFieldNames): ReadDocument {
  const { data } = names.safeParse(value);
  const read = readInvoice(
    data && { ...data, invoice_id: data.estimate_id, invoice_number: data.estimate_number },
    fields,
  );
  if (read.kind === "unreadable") return read;
  // Whether an estimate has fields of its own is not known, and no receipt is made of it.
  return { ...read, document: { ...read.document, kind: "proforma" }, silent: [] };
}
