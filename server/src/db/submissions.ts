import type { DocumentKind } from "@fiscalise/shared/refund.ts";
import { and, asc, count, desc, eq, inArray, lte, min, not, or, type SQL, sql } from "drizzle-orm";
import { UNSETTLED_STATES } from "../fiscal/submission-life.ts";
import { attempts, businesses, receipts, submissions } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

export type Submission = typeof submissions.$inferSelect;
export type NewSubmission = Omit<typeof submissions.$inferInsert, "businessId">;
export type SubmissionChange = Partial<typeof submissions.$inferInsert>;
export type Receipt = typeof receipts.$inferSelect;
export type AttemptEnd = Pick<
  typeof attempts.$inferInsert,
  "outcome" | "resultCode" | "reason" | "answerText" | "finishedAt"
>;

export async function insertSubmission(tx: BusinessTx, submission: NewSubmission): Promise<Submission> {
  const [inserted] = await tx.sql
    .insert(submissions)
    .values({ ...submission, businessId: tx.businessId })
    .returning();
  if (!inserted) throw new Error("bug: insert returned nothing");
  return inserted;
}

export async function findSubmission(tx: BusinessTx, id: string): Promise<Submission | null> {
  const [found] = await tx.sql.select().from(submissions).where(eq(submissions.id, id));
  return found ?? null;
}

/** For who looks often: the row itself is several kilobytes. */
export async function stateOfSubmission(tx: BusinessTx, id: string): Promise<Submission["state"] | null> {
  const [found] = await tx.sql
    .select({ state: submissions.state })
    .from(submissions)
    .where(eq(submissions.id, id));
  return found?.state ?? null;
}

export interface DocumentRef {
  kind: DocumentKind;
  zohoId: string;
}

/** The latest submission of a document; at most one is not rejected or withdrawn, and it is the latest. */
export async function latestSubmission(
  tx: BusinessTx,
  { kind, zohoId }: DocumentRef,
): Promise<Submission | null> {
  const [found] = await tx.sql
    .select()
    .from(submissions)
    .where(and(eq(submissions.zohoDocumentId, zohoId), eq(submissions.documentKind, kind)))
    .orderBy(desc(submissions.sequence))
    .limit(1);
  return found ?? null;
}

export async function findByIdempotencyKey(tx: BusinessTx, key: string): Promise<Submission | null> {
  const [found] = await tx.sql.select().from(submissions).where(eq(submissions.idempotencyKey, key));
  return found ?? null;
}

/** Read with the sales themselves, after the branch is locked: deactivating takes that lock, so none slips through. */
function isBusinessActive(tx: BusinessTx): SQL {
  return sql`(select ${businesses.status} from ${businesses} where ${businesses.id} = ${tx.businessId}) = 'active'`;
}

function unsettledOf(branchId: string): SQL | undefined {
  return and(eq(submissions.branchId, branchId), inArray(submissions.state, [...UNSETTLED_STATES]));
}

/**
 * The device's next submission, none while the business is inactive: the one being sent, else in order. One that asks for a person waits until it is due
 * and lets all others go first, or a few such would take every probe of the device. Call under the branch's lock.
 */
export async function headOfLine(tx: BusinessTx, branchId: string, now: Date): Promise<Submission | null> {
  const waits = or(not(submissions.needsAttention), lte(submissions.nextAttemptAt, now));
  const [found] = await tx.sql
    .select()
    .from(submissions)
    .where(and(unsettledOf(branchId), waits, isBusinessActive(tx)))
    .orderBy(
      sql`(${submissions.needsAttention} and ${submissions.state} <> 'sending')`,
      asc(submissions.sequence),
    )
    .limit(1);
  return found ?? null;
}

/** When the next submission that stepped aside is due; null while the business is inactive. */
export async function nextSteppedAside(tx: BusinessTx, branchId: string): Promise<Date | null> {
  const [found] = await tx.sql
    .select({ at: submissions.nextAttemptAt })
    .from(submissions)
    .where(and(unsettledOf(branchId), isBusinessActive(tx)))
    .orderBy(asc(submissions.nextAttemptAt))
    .limit(1);
  return found?.at ?? null;
}

export async function updateSubmission(tx: BusinessTx, id: string, change: SubmissionChange): Promise<void> {
  await tx.sql.update(submissions).set(change).where(eq(submissions.id, id));
}

/** Recorded as unknown before the bytes leave (fiscal rules §6). */
export async function insertAttempt(
  tx: BusinessTx,
  attempt: Omit<typeof attempts.$inferInsert, "businessId">,
): Promise<void> {
  await tx.sql.insert(attempts).values({ ...attempt, businessId: tx.businessId });
}

export async function endAttempt(
  tx: BusinessTx,
  submissionId: string,
  number: number,
  end: AttemptEnd,
): Promise<void> {
  await tx.sql
    .update(attempts)
    .set(end)
    .where(and(eq(attempts.submissionId, submissionId), eq(attempts.number, number)));
}

export async function findAttempt(
  tx: BusinessTx,
  submissionId: string,
  number: number,
): Promise<typeof attempts.$inferSelect | null> {
  const [found] = await tx.sql
    .select()
    .from(attempts)
    .where(and(eq(attempts.submissionId, submissionId), eq(attempts.number, number)));
  return found ?? null;
}

/** Call under the branch's lock: the database sets the day whose report counts it. */
export async function insertReceipt(
  tx: BusinessTx,
  receipt: Omit<typeof receipts.$inferInsert, "businessId">,
): Promise<Receipt> {
  const [inserted] = await tx.sql
    .insert(receipts)
    .values({ ...receipt, businessId: tx.businessId })
    .returning();
  if (!inserted) throw new Error("bug: insert returned nothing");
  return inserted;
}

export async function findReceiptOf(tx: BusinessTx, submissionId: string): Promise<Receipt | null> {
  const [found] = await tx.sql.select().from(receipts).where(eq(receipts.submissionId, submissionId));
  return found ?? null;
}

export async function findReceipt(tx: BusinessTx, id: string): Promise<Receipt | null> {
  const [found] = await tx.sql.select().from(receipts).where(eq(receipts.id, id));
  return found ?? null;
}

/** Whether a receipt with this signature, or this device's total number, is stored already. */
export async function isReceiptKnown(
  tx: BusinessTx,
  signed: { rcptSign: string; sdcId: string; totRcptNo: string },
): Promise<boolean> {
  const sameNumber = and(eq(receipts.sdcId, signed.sdcId), eq(receipts.totalNumber, signed.totRcptNo));
  const [found] = await tx.sql
    .select({ id: receipts.id })
    .from(receipts)
    .where(or(eq(receipts.signature, signed.rcptSign), sameNumber))
    .limit(1);
  return found !== undefined;
}

export async function countWaiting(
  tx: BusinessTx,
  branchId: string,
  beforeSequence: bigint | null,
): Promise<number> {
  const before = beforeSequence === null ? undefined : sql`${submissions.sequence} < ${beforeSequence}`;
  const [row] = await tx.sql
    .select({ waiting: count() })
    .from(submissions)
    .where(and(unsettledOf(branchId), before));
  return row?.waiting ?? 0;
}

/** The branches whose devices have something to do. */
export async function branchesWithWork(tx: BusinessTx): Promise<string[]> {
  const rows = await tx.sql
    .selectDistinct({ branchId: submissions.branchId })
    .from(submissions)
    .where(inArray(submissions.state, [...UNSETTLED_STATES]));
  return rows.map(({ branchId }) => branchId);
}

export async function hasSubmission(tx: BusinessTx): Promise<boolean> {
  const rows = await tx.sql.select({ id: submissions.id }).from(submissions).limit(1);
  return rows.length > 0;
}

export interface BranchUse {
  /** Ever, whatever became of it. */
  submissions: boolean;
  sending: boolean;
  /** Sending or unknown: the device may be asked for these very bytes again. */
  inFlight: boolean;
}

/** How far a device's identity is tied down. Call under the branch's lock. */
export async function branchUse(tx: BusinessTx, branchId: string): Promise<BranchUse> {
  const [row] = await tx.sql.execute<{ submitted: boolean; sending: boolean; in_flight: boolean }>(sql`
    select exists (select from submissions where branch_id = ${branchId}) as submitted,
      exists (select from submissions where branch_id = ${branchId} and state = 'sending') as sending,
      exists (select from submissions where branch_id = ${branchId} and state in ('sending', 'unknown'))
        as in_flight`);
  if (!row) throw new Error("bug: select returned nothing");
  return { submissions: row.submitted, sending: row.sending, inFlight: row.in_flight };
}

export async function oldestWaiting(tx: BusinessTx, branchId: string): Promise<Date | null> {
  const [row] = await tx.sql
    .select({ since: min(submissions.createdAt) })
    .from(submissions)
    .where(and(eq(submissions.branchId, branchId), inArray(submissions.state, [...UNSETTLED_STATES])));
  return row?.since ?? null;
}
