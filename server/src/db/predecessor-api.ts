import { and, count, desc, eq, inArray, sql } from "drizzle-orm";
import { predecessorRows } from "./predecessor-tables.ts";
import { receipts, submissions } from "./tables.ts";
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

/** All there were. */
export async function countOldCalls(tx: BusinessTx): Promise<number> {
  const [row] = await tx.sql.execute<{ calls: string }>(
    sql`select coalesce(sum(calls), 0)::text as calls from predecessor_calls`,
  );
  return Number(row?.calls ?? 0);
}

export type OldActivity = Awaited<ReturnType<typeof oldActivities>>[number];

/** Newest first; of every state where none is named. */
export async function oldActivities(
  tx: BusinessTx,
  { states, limit }: { states: (typeof submissions.$inferSelect)["state"][] | null; limit: number },
) {
  const { id, documentKind, documentNumber, state, stateSince, problem, unknownAttempts, createdAt } =
    submissions;
  return tx.sql
    .select({
      ...{ id, documentKind, documentNumber, state, stateSince, problem, unknownAttempts, createdAt },
      receiptNumber: receipts.receiptNumber,
    })
    .from(submissions)
    .leftJoin(receipts, eq(receipts.submissionId, submissions.id))
    .where(states === null ? undefined : inArray(submissions.state, states))
    .orderBy(desc(submissions.sequence))
    .limit(limit);
}

export async function countOldActivities(tx: BusinessTx) {
  return tx.sql
    .select({ state: submissions.state, count: count() })
    .from(submissions)
    .groupBy(submissions.state);
}

export async function switchPredecessorApi(tx: BusinessTx, since: Date | null): Promise<void> {
  await tx.sql.execute(sql`
    update businesses set predecessor_api_since = ${since?.toISOString() ?? null}::timestamptz, updated_at = now()
    where id = ${tx.businessId}`);
}
