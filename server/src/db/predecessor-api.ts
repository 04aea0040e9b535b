import { and, count, desc, eq, inArray, not, sql } from "drizzle-orm";
import { predecessorRows } from "./predecessor-tables.ts";
import { branches, receipts, submissions } from "./tables.ts";
import { type BusinessId, type BusinessTx, businessId, type GateTx } from "./with-business.ts";

export type OldOperation =
  | "invoice-webhook"
  | "credit-note-webhook"
  | "sign-in"
  | "me"
  | "verify"
  | "organization-lookup"
  | "organization-link"
  | "x-report"
  | "z-report"
  | "report-history"
  | "activities"
  | "failures"
  | "stats";

/** Null for a TIN of nobody, of an inactive business, and of one that is not switched on. */
export async function businessOfOldWebhook(tx: GateTx, tin: string): Promise<BusinessId | null> {
  const [row] = await tx.sql.execute<{ id: string | null }>(
    sql`select gate.business_of_old_webhook(${tin}) as id`,
  );
  return row?.id ? businessId(row.id) : null;
}

/** What the predecessor's name of a user signs in as here; null of nobody, of two, and where it is not switched on. */
export async function oldAccountOf(
  tx: GateTx,
  name: string,
): Promise<{ email: string; businessTin: string } | null> {
  const rows = await tx.sql.execute<{ email: string; business_tin: string }>(
    sql`select * from gate.old_users(${name})`,
  );
  const [row] = rows;
  return row && rows.length === 1 ? { email: row.email, businessTin: row.business_tin } : null;
}

/** The predecessor's number of a user or the business; null of one that did not come from it. */
export async function oldIdOf(
  tx: BusinessTx,
  table: "users" | "businesses",
  ourId: string,
): Promise<number | null> {
  const [row] = await tx.sql
    .select({ id: predecessorRows.sourceId })
    .from(predecessorRows)
    .where(and(eq(predecessorRows.sourceTable, table), eq(predecessorRows.ourId, ourId)));
  return row?.id ?? null;
}

export async function noteOldCall(tx: BusinessTx, operation: OldOperation, day: string): Promise<void> {
  await tx.sql.execute(sql`
    insert into predecessor_calls (business_id, operation, day, calls)
    values (${tx.businessId}::uuid, ${operation}, ${day}::date, 1)
    on conflict (business_id, operation, day) do update set calls = predecessor_calls.calls + 1`);
}

export interface OldCalls {
  /** The last day with one; null: there was none. */
  lastOn: string | null;
  /** Of the last 30 days, by what was asked. */
  calls: Record<string, number>;
}

export async function countOldCalls(tx: BusinessTx): Promise<OldCalls> {
  const rows = await tx.sql.execute<{ operation: string; last_on: string; calls: number }>(sql`
    select operation, max(day)::text as last_on, coalesce(sum(calls) filter (where day > current_date - 30), 0)::int as calls
    from predecessor_calls group by operation order by operation`);
  const counted = rows.filter(({ calls }) => calls > 0).map(({ operation, calls }) => [operation, calls]);
  const [lastOn = null] = rows
    .map(({ last_on }) => last_on)
    .toSorted()
    .toReversed();
  return { lastOn, calls: Object.fromEntries(counted) };
}

/** What a user of the business signed in with at the predecessor; null of one that did not come from it. */
export async function oldNameOf(tx: BusinessTx, userId: string): Promise<string | null> {
  const [row] = await tx.sql
    .select({ name: predecessorRows.sourceName })
    .from(predecessorRows)
    .where(and(eq(predecessorRows.sourceTable, "users"), eq(predecessorRows.ourId, userId)));
  return row?.name ?? null;
}

export type OldActivity = Awaited<ReturnType<typeof oldActivities>>[number];

const NEVER_SIGNED = ["rejected", "withdrawn"] as const;
/** Signed after it had been refused, or refused when it may have been signed in what a restore forgot. */
const mayBeSigned = sql<boolean>`(${submissions.state} in ('rejected', 'withdrawn')
  and (${submissions.problem} is not distinct from 'signature-unexpected' or ${branches.restoredAt} is not null))`;

/** Newest first. */
export async function oldActivities(
  tx: BusinessTx,
  { onlyFailed, limit }: { onlyFailed: boolean; limit: number },
) {
  const { id, documentKind, documentNumber, state, stateSince, problem, unknownAttempts, createdAt } =
    submissions;
  return tx.sql
    .select({
      ...{
        id,
        documentKind,
        documentNumber,
        state,
        stateSince,
        problem,
        unknownAttempts,
        createdAt,
        mayBeSigned,
      },
      receiptNumber: receipts.receiptNumber,
    })
    .from(submissions)
    .innerJoin(branches, eq(branches.id, submissions.branchId))
    .leftJoin(receipts, eq(receipts.submissionId, submissions.id))
    .where(onlyFailed ? and(inArray(submissions.state, NEVER_SIGNED), not(mayBeSigned)) : undefined)
    .orderBy(desc(submissions.sequence))
    .limit(limit);
}

const COUNTED_MAX = 1_000;

/** Of the latest ones. */
export async function countOldActivities(tx: BusinessTx) {
  const latest = tx.sql
    .select({ state: submissions.state, mayBeSigned: mayBeSigned.as("may_be_signed") })
    .from(submissions)
    .innerJoin(branches, eq(branches.id, submissions.branchId))
    .orderBy(desc(submissions.sequence))
    .limit(COUNTED_MAX)
    .as("latest");
  return tx.sql
    .select({ state: latest.state, mayBeSigned: latest.mayBeSigned, count: count() })
    .from(latest)
    .groupBy(latest.state, latest.mayBeSigned);
}

export async function switchPredecessorApi(tx: BusinessTx, since: Date | null): Promise<void> {
  await tx.sql.execute(sql`
    update businesses set predecessor_api_since = ${since?.toISOString() ?? null}::timestamptz, updated_at = now()
    where id = ${tx.businessId}`);
}
