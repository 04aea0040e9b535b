import {
  attempts,
  auditEvents,
  branches,
  freedNumbers,
  receipts,
  submissions,
} from "@fiscalise/server/db/tables.ts";
import { businessId } from "@fiscalise/server/db/with-business.ts";
import type { LedgerEntry } from "../vsdc/ledger.ts";
import type { Stage } from "./stage.ts";

type Submission = Pick<
  typeof submissions.$inferSelect,
  | "id"
  | "originalSubmissionId"
  | "zohoDocumentId"
  | "documentNumber"
  | "state"
  | "invoiceNumber"
  | "requestSha256"
  | "attempts"
  | "needsAttention"
  | "problem"
  | "resultCode"
>;
type Attempt = Pick<
  typeof attempts.$inferSelect,
  "submissionId" | "invoiceNumber" | "requestSha256" | "finishedAt" | "reason"
>;
type Receipt = Pick<
  typeof receipts.$inferSelect,
  | "submissionId"
  | "receiptNumber"
  | "totalNumber"
  | "internalData"
  | "signature"
  | "publishedAt"
  | "sdcId"
  | "mrcNumber"
>;

/** Both sides of one business: what the device signed, and what our database says. */
export interface Evidence {
  name: string;
  ledger: readonly LedgerEntry[];
  /** The most sales that were ever under way at once. */
  mostAtOnce: number;
  /** Numbers another till used. */
  taken: ReadonlySet<string>;
  lastNumber: bigint;
  freed: readonly string[];
  submissions: readonly Submission[];
  attempts: readonly Attempt[];
  receipts: readonly Receipt[];
  /** Submissions whose audit says they were frozen anew in exact arithmetic. */
  frozenExact: ReadonlySet<string>;
}

export async function gatherEvidence(
  stage: Stage,
  taken: ReadonlyMap<number, ReadonlySet<string>>,
): Promise<Evidence[]> {
  const found: Evidence[] = [];
  for (const [index, { id, device }] of stage.businesses.entries()) {
    const ours = await stage.database.withBusiness(businessId(id), async ({ sql }) => {
      const [branch] = await sql.select().from(branches);
      const audits = await sql.select().from(auditEvents);
      const exact = audits.filter(
        ({ detail }) => (detail as { frozenAnew?: unknown }).frozenAnew === "exact",
      );
      return {
        lastNumber: branch?.lastInvoiceNumber ?? 0n,
        freed: (await sql.select().from(freedNumbers)).map(({ number }) => number.toString()),
        submissions: await sql.select().from(submissions).orderBy(submissions.sequence),
        attempts: await sql.select().from(attempts).orderBy(attempts.id),
        receipts: await sql.select().from(receipts),
        frozenExact: new Set(exact.map(({ subject }) => subject.replace("submission:", ""))),
      };
    });
    found.push({
      name: `device ${index + 1}`,
      ledger: device.ledger(),
      mostAtOnce: device.mostAtOnce(),
      taken: taken.get(index) ?? new Set(),
      ...ours,
    });
  }
  return found;
}

const UNSETTLED = ["queued", "sending", "unknown"];

/** Settled, or asking for a person with a reason that person can see. */
export function isAtRest(evidence: Evidence, submission: Submission): boolean {
  if (!UNSETTLED.includes(submission.state)) return true;
  return asksForAPerson(evidence, submission);
}

export function asksForAPerson({ attempts: tried }: Evidence, submission: Submission): boolean {
  const last = tried.findLast(
    (attempt) => attempt.submissionId === submission.id && attempt.finishedAt !== null,
  );
  const reason = submission.resultCode ?? last?.reason ?? null;
  return ["unknown", "sending"].includes(submission.state) && submission.needsAttention && reason !== null;
}
