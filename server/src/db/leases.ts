import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { Failure } from "../failure.ts";
import type { BusinessTx } from "./with-business.ts";

/** What a business does one at a time over all servers, with no transaction open meanwhile (docs/decisions/031). */
export type LeasedWork = "zoho-parts" | "bundle";

export interface Lease {
  work: LeasedWork;
  holder: string;
}

/** @throws Failure already-under-way, with when the lease ends at the latest */
export async function takeLease(tx: BusinessTx, work: LeasedWork, seconds: number): Promise<Lease> {
  const lease = { work, holder: randomUUID() };
  const taken = await tx.sql.execute(sql`
    insert into leases (business_id, work, holder, ends_at)
    values (${tx.businessId}::uuid, ${work}, ${lease.holder}::uuid, clock_timestamp() + make_interval(secs => ${seconds}))
    on conflict (business_id, work) do update set holder = excluded.holder, ends_at = excluded.ends_at
    where leases.ends_at <= clock_timestamp() returning work`);
  if (taken.length > 0) return lease;
  const [held] = await tx.sql.execute<{ seconds: number }>(sql`
    select ceil(extract(epoch from ends_at - clock_timestamp()))::int as seconds from leases where work = ${work}`);
  const retryAfterS = Math.max(1, held?.seconds ?? 1);
  throw new Failure("already-under-way", `${work} is under way`, { retryAfterS });
}

/** @throws Failure already-under-way when it ran out and somebody else has it, or it was broken */
export async function extendLease(tx: BusinessTx, { work, holder }: Lease, seconds: number): Promise<void> {
  const kept = await tx.sql.execute(sql`
    update leases set ends_at = clock_timestamp() + make_interval(secs => ${seconds})
    where work = ${work} and holder = ${holder}::uuid returning work`);
  if (kept.length === 0) throw new Failure("already-under-way", `${work} is somebody else's by now`);
}

export async function endLease(tx: BusinessTx, { work, holder }: Lease): Promise<void> {
  await tx.sql.execute(sql`
    update leases set ends_at = clock_timestamp() where work = ${work} and holder = ${holder}::uuid`);
}

/** Whoever holds it does not go on. */
export async function breakLease(tx: BusinessTx, work: LeasedWork): Promise<void> {
  await tx.sql.execute(sql`
    update leases set holder = gen_random_uuid(), ends_at = clock_timestamp() where work = ${work}`);
}
