import * as z from "zod/mini";
import { ATTENTION_KINDS } from "../attention.ts";
import { AmountSchema } from "../money.ts";
import { SubmissionStateSchema } from "../receipt.ts";

const figures = { receipts: z.number(), total: AmountSchema, vat: AmountSchema };
export const FiguresSchema = z.object(figures);
export type Figures = z.infer<typeof FiguresSchema>;

export const StatsSchema = z.object({
  /** Kigali days; a refund counts negative. */
  today: FiguresSchema,
  month: FiguresSchema,
  /** The latest 30 days, oldest first, days without receipts included. */
  days: z.array(z.object({ day: z.string(), ...figures })),
  /** Most urgent first; empty when all is well. */
  attention: z.array(
    z.object({
      kind: z.enum(ATTENTION_KINDS),
      count: z.number(),
      since: z.nullable(z.string()),
    }),
  ),
});
export type Stats = z.infer<typeof StatsSchema>;

export const SubmissionSummarySchema = z.object({
  id: z.uuid(),
  zohoDocumentId: z.string(),
  documentNumber: z.string(),
  buyerName: z.nullable(z.string()),
  total: AmountSchema,
  vat: AmountSchema,
  state: SubmissionStateSchema,
  stateSince: z.string(),
  createdAt: z.string(),
  needsAttention: z.boolean(),
  /** Its receipt, once there is one. */
  receipt: z.nullable(z.object({ id: z.uuid(), counter: z.string(), copies: z.number() })),
  /** The one right thing to do; null: nothing, or wait. */
  action: z.nullable(z.enum(["openPdf", "adopt", "fiscaliseAgain", "withdraw"])),
});
export type SubmissionSummary = z.infer<typeof SubmissionSummarySchema>;

export const SubmissionListSchema = z.object({
  items: z.array(SubmissionSummarySchema),
  /** Null on the last page. */
  nextCursor: z.nullable(z.string()),
});
export type SubmissionList = z.infer<typeof SubmissionListSchema>;
