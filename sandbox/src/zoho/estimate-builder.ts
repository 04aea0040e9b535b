import type { LiteralObject } from "../vsdc/literal-json.ts";
import { buildInvoice } from "./invoice-builder.ts";
import type { InvoiceSpec } from "./invoice-spec.ts";

export type EstimateSpec = Omit<InvoiceSpec, "payments">;

const INVOICE_ONLY = [
  "invoice_id",
  "invoice_number",
  "due_date",
  "type",
  "transaction_type",
  "payments",
  "payment_made",
  "balance",
  "credits_applied",
  "write_off_amount",
  "tax_amount_withheld",
  "invoice_url",
];

/** A document as `GET /estimates/{id}` returns it: an invoice's amounts, and nothing of what is owed. Raw JSON text. */
export function estimateText({ overrides, ...spec }: EstimateSpec): string {
  const kept = Object.entries(buildInvoice(spec)).filter(([key]) => !INVOICE_ONLY.includes(key));
  return JSON.stringify({
    estimate_id: spec.id,
    estimate_number: spec.number,
    ...Object.fromEntries(kept),
    status: spec.status ?? "sent",
    expiry_date: "",
    ...(overrides as LiteralObject | undefined),
  });
}
