import type { Complaint } from "@fiscalise/shared/complaint.ts";
import * as z from "zod";
import { complaintsOf } from "../complaints.ts";
import { readDay } from "../fiscal/calendar.ts";
import type { CreditNote } from "../fiscal/judge-refund.ts";
import { list } from "../fiscal/optional-list.ts";
import { number, text } from "./fields.ts";

const zohoCreditNote = z.object({
  creditnote_id: text,
  creditnote_number: text,
  status: text,
  date: text,
  currency_code: text,
  total: number,
  customer_id: text,
  customer_name: text,
  invoices_credited: list(z.object({ invoice_id: text })),
});

export type ReadCreditNote = { kind: "read"; note: CreditNote } | { kind: "unreadable"; fields: Complaint[] };

/** A Zoho credit note, parsed by `parseExactJson`. Its texts, lines and amounts are not read: the original's go again. */
export function readCreditNote(value: unknown): ReadCreditNote {
  const parsed = zohoCreditNote.safeParse(value);
  if (!parsed.success) {
    const fields = complaintsOf(parsed.error, value);
    return { kind: "unreadable", fields };
  }
  const { data } = parsed;
  return {
    kind: "read",
    note: {
      id: data.creditnote_id,
      number: data.creditnote_number,
      status: data.status?.toLowerCase() ?? null,
      date: readDay(data.date),
      currencyCode: data.currency_code,
      total: data.total,
      customerId: data.customer_id,
      customerName: data.customer_name,
      creditedInvoiceIds: [...new Set(data.invoices_credited.flatMap(({ invoice_id }) => invoice_id ?? []))],
    },
  };
}
