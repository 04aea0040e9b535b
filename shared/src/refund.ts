import * as z from "zod/mini";

/** What is fiscalised: an invoice is a sale, a credit note refunds one. */
export const DOCUMENT_KINDS = ["invoice", "credit-note"] as const;
export const DocumentKindSchema = z.enum(DOCUMENT_KINDS);
export type DocumentKind = z.infer<typeof DocumentKindSchema>;

/** RRA's reasons of a refund (docs/vsdc.md#refunds). */
export const REFUND_REASONS = [
  "01",
  "02",
  "03",
  "04",
  "05",
  "06",
  "07",
  "08",
  "09",
  "10",
  "11",
  "12",
  "13",
] as const;
export const RefundReasonSchema = z.enum(REFUND_REASONS);
export type RefundReason = z.infer<typeof RefundReasonSchema>;
