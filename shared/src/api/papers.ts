import * as z from "zod/mini";
import { AmountSchema } from "../money.ts";
import { UNSIGNED_LABELS } from "../receipt.ts";

/** A training or proforma paper: no receipt, of no device. */
export const PaperViewSchema = z.object({
  id: z.uuid(),
  kind: z.enum(UNSIGNED_LABELS),
  /** `3 PS`, its own count per kind. */
  counter: z.string(),
  documentKind: z.enum(["invoice", "credit-note", "estimate"]),
  zohoDocumentId: z.string(),
  documentNumber: z.string(),
  total: AmountSchema,
  tax: AmountSchema,
  madeAt: z.string(),
  /** From the origin on. */
  pdfPath: z.string(),
});
export type PaperView = z.infer<typeof PaperViewSchema>;
