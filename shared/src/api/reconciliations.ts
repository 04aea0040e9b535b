import * as z from "zod/mini";
import { PROBLEM_CODES } from "../problem.ts";
import { DIFFERENCE_KINDS, RECONCILIATION_STATES, SIGNED_PARTS } from "../reconciliation.ts";
import { DocumentKindSchema } from "../refund.ts";

/** Calendar days, both included. */
export interface ReconciliationRequest {
  from: string;
  to: string;
}

const explained = z.object({
  code: z.enum(PROBLEM_CODES),
  title: z.string(),
  detail: z.string(),
  remedy: z.string(),
});

export const ReconciliationSchema = z.object({
  id: z.uuid(),
  from: z.string(),
  to: z.string(),
  state: z.enum(RECONCILIATION_STATES),
  /** Null: the night's own. */
  startedBy: z.nullable(z.string()),
  createdAt: z.string(),
  endedAt: z.nullable(z.string()),
  /** Pages of Zoho's lists read so far. */
  pagesRead: z.number(),
  documents: z.number(),
  /** Of these, what was read from Zoho; the others had not changed. */
  documentsRead: z.number(),
  /** Could not be read: nothing is said of them. */
  documentsUnread: z.number(),
  /** Differences this run found, also those known before. */
  found: z.number(),
  /** Why it stopped before its end. */
  problem: z.nullable(explained),
  /** What it waits for by itself, and until when. */
  waiting: z.nullable(z.extend(explained, { until: z.string() })),
  device: z.object({
    compared: z.boolean(),
    /** Why the device's last number was not compared. */
    problem: z.nullable(explained),
  }),
});
export type Reconciliation = z.infer<typeof ReconciliationSchema>;

export const ReconciliationsSchema = z.object({
  /** The latest 20, newest first. */
  items: z.array(ReconciliationSchema),
  /** How many differences are open, by kind; kinds without one are left out. */
  open: z.array(z.object({ kind: z.enum(DIFFERENCE_KINDS), title: z.string(), count: z.number() })),
});
export type Reconciliations = z.infer<typeof ReconciliationsSchema>;

export const DifferenceSchema = z.object({
  id: z.uuid(),
  kind: z.enum(DIFFERENCE_KINDS),
  title: z.string(),
  explanation: z.string(),
  remedy: z.string(),
  /** Null where it is about the device. */
  document: z.nullable(
    z.object({
      kind: DocumentKindSchema,
      zohoId: z.string(),
      number: z.nullable(z.string()),
      date: z.nullable(z.string()),
    }),
  ),
  submissionId: z.nullable(z.uuid()),
  /** What we hold, as text; null: nothing. */
  here: z.nullable(z.string()),
  /** What Zoho or the device says, as text; null: nothing. */
  there: z.nullable(z.string()),
  /** Of `changed-after-signing`: what is another now. */
  changes: z.array(z.enum(SIGNED_PARTS)),
  firstSeen: z.string(),
  /** When a run no longer found it, or found another one than was accepted; null: it is found still. */
  resolvedAt: z.nullable(z.string()),
  /** Stands for what was found: whoever accepts it says what they saw. */
  foundSha256: z.string(),
  /** Who said that it is right as it is, when and why; null: nobody. */
  accepted: z.nullable(z.object({ by: z.string(), at: z.string(), reason: z.string() })),
  /** What may be done about it here, where no signature is involved. */
  action: z.nullable(z.enum(["write-again"])),
});
export type Difference = z.infer<typeof DifferenceSchema>;

export interface AcceptDifference {
  reason: string;
  foundSha256: string;
}

export const DifferencesSchema = z.object({
  items: z.array(DifferenceSchema),
  /** Null on the last page. */
  nextCursor: z.nullable(z.string()),
});
export type Differences = z.infer<typeof DifferencesSchema>;
