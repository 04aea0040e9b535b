import { sql } from "drizzle-orm";
import { type BusinessId, type BusinessTx, businessId, type GateTx } from "./with-business.ts";

export type OldOperation = "invoice-webhook" | "credit-note-webhook";

/** Null for a TIN of nobody, of an inactive business, and of one that is not switched on. */
export async function businessOfOldWebhook(tx: GateTx, tin: string): Promise<BusinessId | null> {
  const [row] = await tx.sql.execute<{ id: string | null }>(
    sql`select gate.business_of_old_webhook(${tin}) as id`,
  );
  return row?.id ? businessId(row.id) : null;
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

export async function switchPredecessorApi(tx: BusinessTx, since: Date | null): Promise<void> {
  await tx.sql.execute(sql`
    update businesses set predecessor_api_since = ${since?.toISOString() ?? null}::timestamptz, updated_at = now()
    where id = ${tx.businessId}`);
}
