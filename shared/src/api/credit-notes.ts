import * as z from "zod/mini";
import { AmountSchema, DecimalSchema } from "../money.ts";
import { RefusalSchema } from "../problem.ts";
import { OFFERED_PAPERS } from "../receipt.ts";
import { RefundReasonSchema } from "../refund.ts";
import { DeviceHealthSchema, SaleDraftSchema } from "./invoices.ts";
import { SubmissionViewSchema } from "./submissions.ts";

/** A receipt a credit note may refund. */
export const RefundableSchema = z.object({
  zohoInvoiceId: z.string(),
  documentNumber: z.string(),
  /** `53/62 NS`; null while the receipt's data are missing. */
  counter: z.nullable(z.string()),
  /** Calendar day of the document. */
  date: z.string(),
  buyerName: z.nullable(z.string()),
  /** VAT-inclusive RWF. */
  total: AmountSchema,
});
export type Refundable = z.infer<typeof RefundableSchema>;

export const CreditNoteViewSchema = z.object({
  document: z.object({
    zohoId: z.string(),
    number: z.string(),
    date: z.nullable(z.string()),
    customerName: z.nullable(z.string()),
    currencyCode: z.nullable(z.string()),
    total: z.nullable(DecimalSchema),
  }),
  /** What would be refunded, by choice or because the credit was applied to it alone. */
  original: z.nullable(RefundableSchema),
  /** The customer's receipts that are not refunded, newest first. */
  candidates: z.array(RefundableSchema),
  problems: z.array(RefusalSchema),
  /** Fields a person may type or choose here to mend some of `problems`. */
  inputs: z.array(z.enum(["originalInvoiceId", "refundReason", "purchaseCode"])),
  /** A partial credit, both in the document's currency: what is credited of what was sold. */
  partial: z.nullable(
    z.object({ currencyCode: z.nullable(z.string()), credited: DecimalSchema, sold: DecimalSchema }),
  ),
  /** The original's own lines and amounts: what will be refunded. */
  draft: z.nullable(SaleDraftSchema),
  /** Which papers that are no receipts may be made of it as it stands. */
  papers: z.array(z.enum(OFFERED_PAPERS)),
  submission: z.nullable(SubmissionViewSchema),
  /** The reason a refund was submitted with. */
  refundReason: z.nullable(RefundReasonSchema),
  changes: z.array(z.enum(["currency", "total", "date", "void"])),
  device: DeviceHealthSchema,
});
export type CreditNoteView = z.infer<typeof CreditNoteViewSchema>;

/** Strict: a misspelt field must not refund another receipt than was meant. */
export const RefundRequestSchema = z.strictObject({
  originalInvoiceId: z.optional(z.string().check(z.regex(/^[1-9]\d{0,29}$/))),
  refundReason: z.optional(RefundReasonSchema),
  purchaseCode: z.optional(z.string().check(z.maxLength(40))),
});
export type RefundRequest = z.infer<typeof RefundRequestSchema>;
