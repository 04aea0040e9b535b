import * as z from "zod/mini";
import { AmountSchema } from "../money.ts";
import { RECEIPT_ACTION_NAMES, RECEIPT_SOURCES, SubmissionStateSchema } from "../receipt.ts";
import { DocumentKindSchema } from "../refund.ts";
import { WriteBackSchema } from "../write-back.ts";

const instant = z.string();

export const ReceiptViewSchema = z.object({
  id: z.uuid(),
  /** `53/62 NS` */
  counter: z.string(),
  receiptNumber: z.string(),
  totalNumber: z.string(),
  sdcId: z.string(),
  mrcNumber: z.string(),
  internalData: z.string(),
  signature: z.string(),
  /** Kigali time as the device said it, `dd/mm/yyyy hh:mm:ss`. */
  issuedAt: z.string(),
  qrText: z.string(),
  total: AmountSchema,
  tax: AmountSchema,
  source: z.enum(RECEIPT_SOURCES),
  copies: z.number(),
});
export type ReceiptView = z.infer<typeof ReceiptViewSchema>;

export const WAIT_REASONS = ["in-line", "device-unreachable", "device-resting"] as const;

export const SubmissionViewSchema = z.object({
  id: z.uuid(),
  state: SubmissionStateSchema,
  stateSince: instant,
  createdAt: instant,
  documentKind: DocumentKindSchema,
  zohoDocumentId: z.string(),
  documentNumber: z.string(),
  /** Our number at the device; null when the submission gave it back. */
  invoiceNumber: z.nullable(z.string()),
  attempts: z.number(),
  /** queued: why it has not gone yet, and how many go before it. */
  wait: z.nullable(z.object({ reason: z.enum(WAIT_REASONS), before: z.number() })),
  unknownSince: z.nullable(instant),
  needsAttention: z.boolean(),
  /** rejected (or the last words of the device on the way): its code and words, ours, and what to do. */
  deviceAnswer: z.nullable(
    z.object({ resultCode: z.string(), resultMessage: z.string(), meaning: z.string(), remedy: z.string() }),
  ),
  receipt: z.nullable(ReceiptViewSchema),
  /** What of the receipt goes back to the document in Zoho; empty before it is signed. */
  writeBacks: z.array(WriteBackSchema),
  actions: z.array(z.enum(RECEIPT_ACTION_NAMES)),
});
export type SubmissionView = z.infer<typeof SubmissionViewSchema>;

/** What a person reads off the device or MyRRA. The first post answers what it understood; `confirmed` stores it. */
export const AdoptRequestSchema = z.object({
  receiptNumber: z.string().check(z.regex(/^[1-9]\d{0,14}$/)),
  totalNumber: z.string().check(z.regex(/^[1-9]\d{0,14}$/)),
  internalData: z.string(),
  signature: z.string(),
  sdcId: z.string().check(z.regex(/^SDC\d{9}$/)),
  mrcNumber: z.string().check(z.regex(/^[A-Z0-9]{11}$/)),
  /** Kigali time, `yyyy-mm-ddThh:mm:ss`. */
  issuedAt: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/)),
  confirmed: z.boolean(),
});
export type AdoptRequest = z.infer<typeof AdoptRequestSchema>;

/** Confirmed by a person who looked in the device's own records. */
export const DeclareUnsignedRequestSchema = z.object({ confirmed: z.literal(true) });

export const AdoptResponseSchema = z.object({
  /** False: format-checked only, nothing stored; show `submission` as it would be and ask again. */
  stored: z.boolean(),
  understood: z.object({
    counter: z.string(),
    internalData: z.string(),
    signature: z.string(),
    sdcId: z.string(),
    mrcNumber: z.string(),
    issuedAt: z.string(),
  }),
  submission: SubmissionViewSchema,
});
export type AdoptResponse = z.infer<typeof AdoptResponseSchema>;

/** `pdfPath` from the origin on: `/api/v1/receipts/…`. */
export const CopyResponseSchema = z.object({ copyNumber: z.number(), pdfPath: z.string() });
