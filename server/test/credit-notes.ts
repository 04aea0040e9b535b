import { type SubmissionView, SubmissionViewSchema } from "@fiscalise/shared/api/submissions.ts";
import { today } from "./factories.ts";
import type { Business, Stage } from "./harness.ts";

let made = 0;

export interface NoteSpec {
  /** Where the credit was applied. */
  invoices: string[];
  total: string;
  status?: string;
  date?: string;
  currency?: string;
  customerId?: string;
  customerName?: string;
}

/** A credit note in the business's organisation; answers its id. */
export function putNote(stage: Stage, business: Business, spec: NoteSpec): string {
  made += 1;
  const id = `48150000000${String(process.pid).padStart(7, "0")}${String(90_000 + made)}`;
  const note = {
    creditnote_id: id,
    creditnote_number: `CN-${String(made).padStart(5, "0")}`,
    date: spec.date ?? today(),
    status: spec.status ?? "open",
    customer_id: spec.customerId ?? "4815000000030000001",
    customer_name: spec.customerName ?? "Walk-in customer",
    currency_code: spec.currency ?? "RWF",
    exchange_rate: 1,
    total: Number(spec.total),
    invoices_credited: spec.invoices.map((invoice_id, index) => ({
      creditnote_invoice_id: `${id}${index}`,
      invoice_id,
      amount_applied: 1,
    })),
    line_items: [],
  };
  stage.zoho.forOrganization(business.organizationId).creditnotes.put(JSON.stringify(note));
  return id;
}

/** Clicks Refund and waits until the submission is in one of `states`. */
export async function refund(
  business: Business,
  noteId: string,
  body: object = { refundReason: "06" },
  states: SubmissionView["state"][] = ["fiscalised", "rejected", "receipt-missing", "withdrawn"],
): Promise<SubmissionView> {
  const answer = await business.api.post(`/credit-notes/${noteId}/fiscalise`, body);
  if (answer.status > 202) throw new Error(`refund answered ${answer.status} ${answer.text}`);
  return business.reaches(SubmissionViewSchema.parse(answer.body).id, ...states);
}
