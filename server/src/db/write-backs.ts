import {
  and,
  asc,
  countDistinct,
  eq,
  inArray,
  lte,
  max,
  min,
  ne,
  not,
  notInArray,
  type SQL,
  sql,
} from "drizzle-orm";
import { isAccepted } from "./accepted-differences.ts";
import type { Waiting } from "./figures.ts";
import { enqueueWriteBack } from "./queue.ts";
import type { Submission } from "./submissions.ts";
import { writeBacks } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

export type StoredWriteBack = typeof writeBacks.$inferSelect;
export type WriteBackPart = StoredWriteBack["part"];
export type WriteBackRef = Pick<StoredWriteBack, "submissionId" | "part">;

/** Zoho offers no attachment and no custom-field write for credit notes (docs/decisions/022). */
const PARTS: Record<Submission["documentKind"], WriteBackPart[]> = {
  invoice: ["fields", "attachment"],
  "credit-note": ["comment"],
};

/** In the transaction that stores the receipt. `mayBeThere`: the document is read before anything is written to it. */
export async function queueWriteBacks(
  tx: BusinessTx,
  { id: submissionId, documentKind }: Pick<Submission, "id" | "documentKind">,
  { mayBeThere }: { mayBeThere: boolean },
): Promise<void> {
  const { businessId } = tx;
  const rows = PARTS[documentKind].map((part) => ({ businessId, submissionId, part, mayBeThere }));
  await tx.sql.insert(writeBacks).values(rows).onConflictDoNothing();
  await enqueueWriteBack(tx, "now");
}

/** Writes the fields of a document anew: its state changed, as when it was refunded. */
export async function queueFieldsAgain(tx: BusinessTx, submissionId: string): Promise<void> {
  const again = { state: "waiting" as const, attempts: 0, problem: null, nextAttemptAt: sql`now()` };
  await tx.sql
    .insert(writeBacks)
    .values({ businessId: tx.businessId, submissionId, part: "fields" })
    .onConflictDoUpdate({
      target: [writeBacks.businessId, writeBacks.submissionId, writeBacks.part],
      set: { ...again, stateSince: sql`now()` },
    });
  await enqueueWriteBack(tx, "now");
}

/** What a new grant mends. */
export const GRANT_PROBLEMS = ["zoho-grant-lost", "zoho-not-connected", "zoho-scope-missing"] as const;

const OPEN = ["waiting", "writing"] as const;

/** The one that has waited longest of those due; the caller holds the business's write-back lock. */
export async function nextWriteBack(tx: BusinessTx, now: Date): Promise<StoredWriteBack | null> {
  const [found] = await tx.sql
    .select()
    .from(writeBacks)
    .where(and(inArray(writeBacks.state, [...OPEN]), lte(writeBacks.nextAttemptAt, now)))
    .orderBy(asc(writeBacks.nextAttemptAt), asc(writeBacks.createdAt))
    .limit(1)
    .for("update");
  return found ?? null;
}

/** When the next one is due; null when nothing waits. */
export async function nextWriteBackAt(tx: BusinessTx): Promise<Date | null> {
  const [row] = await tx.sql
    .select({ at: min(writeBacks.nextAttemptAt) })
    .from(writeBacks)
    .where(inArray(writeBacks.state, [...OPEN]));
  return row?.at ?? null;
}

export async function updateWriteBack(
  tx: BusinessTx,
  ref: WriteBackRef,
  change: Partial<typeof writeBacks.$inferInsert>,
): Promise<void> {
  await tx.sql.update(writeBacks).set(change).where(is(ref));
}

/** What an attempt came to; nothing when the part was queued anew meanwhile. */
export async function settleWriteBack(
  tx: BusinessTx,
  ref: WriteBackRef,
  change: Partial<typeof writeBacks.$inferInsert>,
): Promise<void> {
  await tx.sql
    .update(writeBacks)
    .set(change)
    .where(and(is(ref), eq(writeBacks.state, "writing")));
}

export async function listWriteBacks(tx: BusinessTx, submissionId: string): Promise<StoredWriteBack[]> {
  return tx.sql
    .select()
    .from(writeBacks)
    .where(eq(writeBacks.submissionId, submissionId))
    .orderBy(asc(writeBacks.part));
}

/** Those blocked, and those that wait, go again: of one submission, or all that stopped for `problem`. */
export async function unblockWriteBacks(
  tx: BusinessTx,
  which: { submissionId: string } | { problems: readonly string[] },
): Promise<void> {
  const chosen =
    "submissionId" in which
      ? eq(writeBacks.submissionId, which.submissionId)
      : inArray(writeBacks.problem, [...which.problems]);
  const isBlocked = sql`${writeBacks.state} = 'blocked'`;
  await tx.sql
    .update(writeBacks)
    .set({
      state: sql`case when ${isBlocked} then 'waiting' else ${writeBacks.state} end`,
      stateSince: sql`case when ${isBlocked} then now() else ${writeBacks.stateSince} end`,
      problem: sql`case when ${isBlocked} then null else ${writeBacks.problem} end`,
      nextAttemptAt: sql`now()`,
      attempts: 0,
    })
    .where(and(chosen, notInArray(writeBacks.state, ["done", "writing"])));
  await enqueueWriteBack(tx, "now");
}

/** That the organisation has no fields yet is the set-up's to say, not each receipt's. */
export const IS_BLOCKED = and(eq(writeBacks.state, "blocked"), ne(writeBacks.problem, "zoho-fields-missing"));

const IS_ACCEPTED = isAccepted(
  { submissionId: sql`${writeBacks.submissionId}` },
  sql`${writeBacks.stateSince}`,
  "not-written-back",
  "gone-after-signing",
);

/** Receipts, not parts; what a person accepted as it is waits for nobody, until it is blocked anew. */
export async function countBlocked(tx: BusinessTx): Promise<Waiting> {
  const [row] = await tx.sql
    .select({
      count: countDistinct(writeBacks.submissionId),
      since: min(writeBacks.stateSince),
      latest: max(writeBacks.stateSince),
    })
    .from(writeBacks)
    .where(and(IS_BLOCKED, not(IS_ACCEPTED)));
  return row ?? { count: 0, since: null, latest: null };
}

function is({ submissionId, part }: WriteBackRef): SQL | undefined {
  return and(eq(writeBacks.submissionId, submissionId), eq(writeBacks.part, part));
}
