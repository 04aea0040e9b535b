import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, notExists, or, sql } from "drizzle-orm";
import { Failure } from "../failure.ts";
import { enqueueWaitingDocuments } from "./queue.ts";
import type { Submission } from "./submissions.ts";
import { auditEvents, branches, lostNumbers, submissions, writeBacks } from "./tables.ts";
import { type BusinessId, type BusinessTx, businessId, type GateTx } from "./with-business.ts";

export async function businessesWithDevice(tx: GateTx): Promise<BusinessId[]> {
  const rows = await tx.sql.execute<{ business_id: string }>(
    sql`select * from gate.businesses_with_device()`,
  );
  return rows.map((row) => businessId(row.business_id));
}

/**
 * What this transaction's database is: one in another cluster differs in the first, a recovered or promoted one in the
 * second, a dump loaded again in the third.
 */
export interface DatabaseIdentity {
  systemIdentifier: string;
  timeline: string;
  tableOid: string;
}

export async function databaseIdentity(
  tx: GateTx,
): Promise<{ now: DatabaseIdentity; accepted: DatabaseIdentity | null }> {
  // Of the log and not of the last checkpoint, which a promotion leaves behind for minutes.
  const [now] = await tx.sql.execute<DatabaseIdentity & Record<string, unknown>>(sql`
    select (pg_control_system()).system_identifier::text as "systemIdentifier",
      left(pg_walfile_name(pg_current_wal_lsn()), 8) as timeline,
      'branches'::regclass::oid::bigint::text as "tableOid"`);
  const [accepted] = await tx.sql.execute<DatabaseIdentity & Record<string, unknown>>(sql`
    select system_identifier as "systemIdentifier", timeline, table_oid::text as "tableOid" from database_identity`);
  if (!now) throw new Error("bug: one row");
  return { now, accepted: accepted ?? null };
}

export async function acceptIdentity(tx: GateTx, identity: DatabaseIdentity, at: Date): Promise<void> {
  const { systemIdentifier, timeline, tableOid } = identity;
  await tx.sql.execute(sql`
    insert into database_identity
    values (${systemIdentifier}, ${timeline}, ${tableOid}::bigint, ${at.toISOString()}::timestamptz)
    on conflict (one) do update set system_identifier = excluded.system_identifier, timeline = excluded.timeline,
      table_oid = excluded.table_oid, accepted_at = excluded.accepted_at`);
}

/** The last moment at which anything of the business was recorded; null: nothing ever was. */
export async function lastRecordedAt(tx: BusinessTx): Promise<Date | null> {
  const [last] = await tx.sql
    .select({ at: auditEvents.at })
    .from(auditEvents)
    .where(eq(auditEvents.businessId, tx.businessId))
    .orderBy(sql`${auditEvents.id} desc`)
    .limit(1);
  return last?.at ?? null;
}

/**
 * Holds the device. One that is held keeps what was known when it was first: marking again must not take what happened
 * since for known. Call under the branch's lock.
 */
export async function holdRestored(
  tx: BusinessTx,
  branchId: string,
  { at, knownTo }: { at: Date; knownTo: Date },
): Promise<void> {
  await tx.sql
    .update(branches)
    .set({
      restoredAt: at,
      restoredTo: sql`coalesce(${branches.restoredTo}, ${knownTo.toISOString()}::timestamptz)`,
      restoredNumber: sql`coalesce(${branches.restoredNumber}, ${branches.lastInvoiceNumber})`,
      restoredCheckedAt: null,
    })
    .where(eq(branches.id, branchId));
}

/**
 * What was on its way may have been sent since: it is unknown, so the same bytes go again and nothing else does. How
 * many there are.
 */
export async function distrustOpenSubmissions(tx: BusinessTx, branchId: string, now: Date): Promise<number> {
  // As if each had left: that is how one becomes unknown.
  await tx.sql
    .update(submissions)
    .set({ state: "sending" })
    .where(and(eq(submissions.branchId, branchId), eq(submissions.state, "queued")));
  const distrusted = await tx.sql
    .update(submissions)
    .set({
      state: "unknown",
      stateSince: now,
      worker: null,
      unknownAttempts: sql`${submissions.unknownAttempts} + 1`,
      unknownSince: sql`coalesce(${submissions.unknownSince}, ${now.toISOString()}::timestamptz)`,
      nextAttemptAt: now,
    })
    .where(and(eq(submissions.branchId, branchId), inArray(submissions.state, ["sending", "unknown"])))
    .returning({ id: submissions.id });
  return distrusted.length;
}

/** What was not written to Zoho may have been since: it is read before it is written. */
export async function distrustOpenWriteBacks(tx: BusinessTx): Promise<void> {
  await tx.sql
    .update(writeBacks)
    .set({ mayBeThere: true })
    .where(inArray(writeBacks.state, ["waiting", "writing", "blocked"]));
}

/** The highest number that has a signature for sure; 0: none. What is still on its way may have a higher one. */
export async function lastSignedNumber(tx: BusinessTx, branchId: string): Promise<bigint> {
  const [last] = await tx.sql
    .select({ number: submissions.invoiceNumber })
    .from(submissions)
    .where(
      and(
        eq(submissions.branchId, branchId),
        inArray(submissions.state, ["fiscalised", "receipt-missing", "superseded"]),
        // What the predecessor left without an outcome may never have been signed.
        sql`(${submissions.problem} is null or ${submissions.problem} not like 'imported-outcome-unknown%')`,
        isNotNull(submissions.invoiceNumber),
      ),
    )
    .orderBy(desc(submissions.invoiceNumber))
    .limit(1);
  return last?.number ?? 0n;
}

export interface LostNumber {
  number: bigint;
  settledAs: "document" | "other-till" | null;
  /** What the number went to; while it is open, what our books have under it. */
  document:
    | (Pick<Submission, "state"> & { kind: Submission["documentKind"]; number: string; submissionId: string })
    | null;
}

/** Open ones, and those settled since the device was held: an earlier hold's are of no matter any more. */
export async function listLostNumbers(
  tx: BusinessTx,
  branchId: string,
  heldSince: Date,
): Promise<LostNumber[]> {
  const rows = await tx.sql
    .select({
      number: lostNumbers.number,
      settledAs: lostNumbers.settledAs,
      submissionId: submissions.id,
      kind: submissions.documentKind,
      documentNumber: submissions.documentNumber,
      state: submissions.state,
    })
    .from(lostNumbers)
    .leftJoin(
      submissions,
      or(
        eq(submissions.id, lostNumbers.submissionId),
        and(
          isNull(lostNumbers.settledAs),
          eq(submissions.branchId, lostNumbers.branchId),
          eq(submissions.invoiceNumber, lostNumbers.number),
        ),
      ),
    )
    .where(
      and(
        eq(lostNumbers.branchId, branchId),
        or(isNull(lostNumbers.settledAs), gte(lostNumbers.settledAt, heldSince)),
      ),
    )
    .orderBy(asc(lostNumbers.number));
  return rows.map(({ number, settledAs, submissionId, kind, documentNumber, state }) => ({
    number,
    settledAs,
    document:
      submissionId && kind && state ? { kind, number: documentNumber ?? "", submissionId, state } : null,
  }));
}

/**
 * The numbers up to the device's last become lost, and the counter goes above them; so do those that were free, which
 * another document may have had since. Call under the branch's lock.
 */
export async function noteLostNumbers(
  tx: BusinessTx,
  { branchId, after, last }: { branchId: string; after: bigint; last: bigint },
): Promise<void> {
  await tx.sql.execute(sql`
    insert into lost_numbers (business_id, branch_id, number)
    select ${tx.businessId}, ${branchId}, number from generate_series(${after.toString()}::numeric + 1, ${last.toString()}::numeric) as number
    where not exists (
      select from submissions s where s.branch_id = ${branchId} and s.invoice_number = number
        and s.state in ('fiscalised', 'receipt-missing', 'superseded'))
    on conflict do nothing`);
  await tx.sql.execute(sql`
    with free as (delete from freed_numbers where branch_id = ${branchId} returning business_id, branch_id, number)
    insert into lost_numbers (business_id, branch_id, number) select business_id, branch_id, number from free
    on conflict do nothing`);
  await tx.sql
    .update(branches)
    .set({ lastInvoiceNumber: sql`greatest(${branches.lastInvoiceNumber}, ${last.toString()}::numeric)` })
    .where(eq(branches.id, branchId));
}

/** Whether it is still to be said what the device signed under the number. */
export async function isLostOpen(
  tx: BusinessTx,
  { branchId, number }: { branchId: string; number: bigint },
): Promise<boolean> {
  const open = await tx.sql.$count(
    lostNumbers,
    and(eq(lostNumbers.branchId, branchId), eq(lostNumbers.number, number), isNull(lostNumbers.settledAs)),
  );
  return open > 0;
}

/** Which document our books have under a lost number; null: none. @throws Failure not-found, as settling it */
export async function holderOfLost(
  tx: BusinessTx,
  { branchId, number }: { branchId: string; number: bigint },
): Promise<Submission | null> {
  if (!(await isLostOpen(tx, { branchId, number }))) throw notOpen(number);
  const [holder] = await tx.sql
    .select()
    .from(submissions)
    .where(and(eq(submissions.branchId, branchId), eq(submissions.invoiceNumber, number)));
  return holder ?? null;
}

const notOpen = (number: bigint) => new Failure("not-found", `number ${number} is not open`);

/** @throws Failure not-found, when the number is not lost or is settled */
export async function settleLostNumber(
  tx: BusinessTx,
  { branchId, number }: { branchId: string; number: bigint },
  settled: { as: "document"; submissionId: string; at: Date } | { as: "other-till"; at: Date },
): Promise<void> {
  const rows = await tx.sql
    .update(lostNumbers)
    .set({
      settledAs: settled.as,
      settledAt: settled.at,
      submissionId: settled.as === "document" ? settled.submissionId : null,
    })
    .where(
      and(eq(lostNumbers.branchId, branchId), eq(lostNumbers.number, number), isNull(lostNumbers.settledAs)),
    )
    .returning({ number: lostNumbers.number });
  if (rows.length === 0) throw notOpen(number);
}

/** A number whose use is told while the device is held: another document may have had it before. */
export async function loseNumber(tx: BusinessTx, branchId: string, number: bigint): Promise<void> {
  await tx.sql
    .insert(lostNumbers)
    .values({ businessId: tx.businessId, branchId, number })
    .onConflictDoNothing();
}

export async function noteChecked(tx: BusinessTx, branchId: string, at: Date): Promise<void> {
  await tx.sql.update(branches).set({ restoredCheckedAt: at }).where(eq(branches.id, branchId));
}

const isUnderWay = (branchId: string) =>
  and(eq(submissions.branchId, branchId), inArray(submissions.state, ["queued", "sending", "unknown"]));

export async function countUnderWay(tx: BusinessTx, branchId: string): Promise<number> {
  return tx.sql.$count(submissions, isUnderWay(branchId));
}

/**
 * Lets the device sign again once its last number is known, every lost number is settled and nothing from before is on
 * its way any more. True when it does. Call under the branch's lock.
 */
export async function releaseRestored(tx: BusinessTx, branchId: string): Promise<boolean> {
  const open = tx.sql
    .select({ number: lostNumbers.number })
    .from(lostNumbers)
    .where(and(eq(lostNumbers.branchId, branchId), isNull(lostNumbers.settledAs)));
  const underWay = tx.sql.select({ id: submissions.id }).from(submissions).where(isUnderWay(branchId));
  const released = await tx.sql
    .update(branches)
    .set({ restoredAt: null, restoredTo: null, restoredNumber: null, restoredCheckedAt: null })
    .where(
      and(
        eq(branches.id, branchId),
        isNotNull(branches.restoredCheckedAt),
        notExists(open),
        notExists(underWay),
      ),
    )
    .returning({ id: branches.id });
  if (released.length === 0) return false;
  await enqueueWaitingDocuments(tx, new Date());
  return true;
}
