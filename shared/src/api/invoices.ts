import * as z from "zod/mini";
import { AmountSchema, DecimalSchema } from "../money.ts";
import { RefusalSchema } from "../problem.ts";
import { OFFERED_PAPERS, SubmissionStateSchema } from "../receipt.ts";
import { SubmissionViewSchema } from "./submissions.ts";

export const TaxTotalSchema = z.object({
  taxClass: z.string(),
  ratePercent: DecimalSchema,
  taxable: AmountSchema,
  tax: AmountSchema,
});
export type TaxTotal = z.infer<typeof TaxTotalSchema>;

/** What would be sent, all amounts VAT-inclusive RWF. */
export const SaleDraftSchema = z.object({
  lines: z.array(
    z.object({
      name: z.string(),
      itemCode: z.nullable(z.string()),
      quantity: DecimalSchema,
      unitPrice: AmountSchema,
      discount: AmountSchema,
      total: AmountSchema,
      taxClass: z.string(),
    }),
  ),
  taxTotals: z.array(TaxTotalSchema),
  total: AmountSchema,
  tax: AmountSchema,
  exchangeRate: DecimalSchema,
});
export type SaleDraft = z.infer<typeof SaleDraftSchema>;

export const DOCUMENT_CHANGES = ["currency", "total", "date", "buyer", "lines", "void"] as const;

export const DeviceHealthSchema = z.object({
  status: z.enum(["answering", "not-answering", "not-yet-used"]),
  lastAnswerAt: z.nullable(z.string()),
  waiting: z.number(),
});

/** What may move while a person looks on; costs no call to Zoho. */
export const InvoiceProgressSchema = z.object({
  submission: z.nullable(SubmissionViewSchema),
  device: DeviceHealthSchema,
});
export type InvoiceProgress = z.infer<typeof InvoiceProgressSchema>;

export const InvoiceViewSchema = z.object({
  document: z.object({
    zohoId: z.string(),
    number: z.string(),
    date: z.nullable(z.string()),
    customerName: z.nullable(z.string()),
    currencyCode: z.nullable(z.string()),
    total: z.nullable(DecimalSchema),
  }),
  /** The buyer as the document gives it; what is typed in the widget goes before it. */
  buyer: z.object({ tin: z.nullable(z.string()), purchaseCode: z.nullable(z.string()) }),
  /** Every reason why it cannot be fiscalised as it stands; empty beside a live submission. */
  problems: z.array(RefusalSchema),
  /** Fields a person may type here to mend some of `problems`. */
  inputs: z.array(z.enum(["customerTin", "purchaseCode"])),
  draft: z.nullable(SaleDraftSchema),
  /** Which papers that are no receipts may be made of it as it stands. */
  papers: z.array(z.enum(OFFERED_PAPERS)),
  submission: z.nullable(SubmissionViewSchema),
  changes: z.array(z.enum(DOCUMENT_CHANGES)),
  /** The credit note that refunds the receipt, or is about to. */
  refund: z.nullable(
    z.object({
      zohoCreditNoteId: z.string(),
      documentNumber: z.string(),
      state: SubmissionStateSchema,
      /** `54/63 NR`, once signed. */
      counter: z.nullable(z.string()),
      receiptId: z.nullable(z.uuid()),
    }),
  ),
  device: DeviceHealthSchema,
});
export type InvoiceView = z.infer<typeof InvoiceViewSchema>;

/** Strict: a misspelt field must not sign a sale without its buyer. */
export const FiscaliseRequestSchema = z.strictObject({
  customerTin: z.optional(z.string().check(z.maxLength(40))),
  purchaseCode: z.optional(z.string().check(z.maxLength(40))),
});
export type FiscaliseRequest = z.infer<typeof FiscaliseRequestSchema>;
