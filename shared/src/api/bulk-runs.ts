import * as z from "zod/mini";
import { BULK_ACTIONS, BULK_DOCUMENT_STATES, BULK_STATES, type BulkAction } from "../bulk.ts";
import { DecimalSchema } from "../money.ts";
import { PROBLEM_CODES } from "../problem.ts";

/** A period's invoices, calendar days, both included; or those named by Zoho's ids. */
export type BulkRunRequest = { from: string; to: string } | { zohoIds: string[] };

const explained = { code: z.enum(PROBLEM_CODES), title: z.string(), remedy: z.string() };

const progress = {
  id: z.uuid(),
  state: z.enum(BULK_STATES),
  stateSince: z.string(),
  createdAt: z.string(),
  startedAt: z.nullable(z.string()),
  /** Calendar days; null when documents were named. */
  from: z.nullable(z.string()),
  to: z.nullable(z.string()),
  /** In whose name it signs. */
  startedBy: z.string(),
  /** In the period, but with a receipt or on the way to one already. */
  leftOut: z.number(),
  /** How many documents stand where. */
  counts: z.record(z.enum(BULK_DOCUMENT_STATES), z.number()),
  /** Why it paused or stopped by itself. */
  reason: z.nullable(z.object({ ...explained, detail: z.string() })),
  /** What it waits for by itself, and until when. */
  waiting: z.nullable(z.object({ ...explained, until: z.string() })),
  actions: z.array(z.enum(Object.keys(BULK_ACTIONS) as [BulkAction, ...BulkAction[]])),
};

export const BulkRunSummarySchema = z.object(progress);
export type BulkRunSummary = z.infer<typeof BulkRunSummarySchema>;

export const BulkRunSchema = z.object({
  ...progress,
  /** Why documents were refused or failed: each reason once, the most frequent first. */
  reasons: z.array(
    z.object({
      ...explained,
      detail: z.string(),
      count: z.number(),
      /** Of the first five. */
      documents: z.array(z.object({ zohoId: z.string(), number: z.nullable(z.string()) })),
    }),
  ),
  /** Of Zoho, still to come, at most: reading, comparing and writing back. */
  callsExpected: z.number(),
});
export type BulkRun = z.infer<typeof BulkRunSchema>;

export const BulkRunsSchema = z.object({
  /** The latest 20, newest first. */
  items: z.array(BulkRunSummarySchema),
});
export type BulkRuns = z.infer<typeof BulkRunsSchema>;

export const BulkDocumentSchema = z.object({
  position: z.number(),
  zohoId: z.string(),
  /** What Zoho says of it; null before it was read. */
  number: z.nullable(z.string()),
  date: z.nullable(z.string()),
  customerName: z.nullable(z.string()),
  currencyCode: z.nullable(z.string()),
  total: z.nullable(DecimalSchema),
  state: z.enum(BULK_DOCUMENT_STATES),
  reasons: z.array(z.object(explained)),
  submissionId: z.nullable(z.uuid()),
  /** `53/62 NS`, once signed. */
  counter: z.nullable(z.string()),
});
export type BulkDocument = z.infer<typeof BulkDocumentSchema>;

export const BulkDocumentsSchema = z.object({
  items: z.array(BulkDocumentSchema),
  /** Null on the last page. */
  nextCursor: z.nullable(z.string()),
});
export type BulkDocuments = z.infer<typeof BulkDocumentsSchema>;
