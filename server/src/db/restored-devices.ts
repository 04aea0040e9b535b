import { and, asc, desc, eq, inArray, isNotNull, isNull, notExists, sql } from "drizzle-orm";
import { Failure } from "../failure.ts";
import { auditEvents, branches, lostNumbers, submissions, writeBacks } from "./tables.ts";
import { type BusinessId, type BusinessTx, businessId, type GateTx } from "./with-business.ts";

export async function businessesWithDevice(tx: GateTx): Promise<BusinessId[]> {
  const rows = await tx.sql.execute<{ business_id: string }>(
    sql`select * from gate.businesses_with_device()`,
  );
  return rows.map((row) => businessId(row.business_id));
}

/** What this transaction's database is: a copy elsewhere differs in the first, a recovered or promoted one in the second. */
export interface DatabaseIdentity {
  systemIdentifier: string;
  timeline: number;
}

export async function databaseIdentity(
  tx: GateTx,
): Promise<{ now: DatabaseIdentity; accepted: DatabaseIdentity | null }> {
  const [row] = await tx.sql.execute<{
    id: string;
    line: number;
    known_id: string | null;
    known_line: number;
  }>(
    sql`select (pg_control_system()).system_identifier::text as id, (pg_control_checkpoint()).timeline_id as line,
      known.system_identifier as known_id, known.timeline as known_line
      from (values (1)) as one left join database_identity known on true`,
  );
  if (!row) throw new Error("bug: one row");
  return {
    now: { systemIdentifier: row.id, timeline: row.line },
    accepted: row.known_id === null ? null : { systemIdentifier: row.known_id, timeline: row.known_line },
  };
}

export async function acceptIdentity(tx: GateTx, { systemIdentifier, timeline }: DatabaseIdentity, at: Date) {
  await tx.sql.execute(sql`
    insert into database_identity values (${systemIdentifier}, ${timeline}, ${at.toISOString()}::timestamptz)
    on conflict (one) do update set system_identifier = excluded.system_identifier,
      timeline = excluded.timeline, accepted_at = excluded.accepted_at`);
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

/** Holds the device. Call under the branch's lock. */
export async function holdRestored(
  tx: BusinessTx,
  branchId: string,
  { at, knownTo }: { at: Date; knownTo: Date },
): Promise<void> {
  await tx.sql.update(branches).set({ restoredAt: at, restoredTo: knownTo }).where(eq(branches.id, branchId));
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
  /** What the number went to. */
  document: { kind: "invoice" | "credit-note"; number: string; submissionId: string } | null;
}

export async function listLostNumbers(tx: BusinessTx, branchId: string): Promise<LostNumber[]> {
  const rows = await tx.sql
    .select({
      number: lostNumbers.number,
      settledAs: lostNumbers.settledAs,
      submissionId: lostNumbers.submissionId,
      kind: submissions.documentKind,
      documentNumber: submissions.documentNumber,
    })
    .from(lostNumbers)
    .leftJoin(submissions, eq(submissions.id, lostNumbers.submissionId))
    .where(eq(lostNumbers.branchId, branchId))
    .orderBy(asc(lostNumbers.number));
  return rows.map(({ number, settledAs, submissionId, kind, documentNumber }) => ({
    number,
    settledAs,
    document: submissionId && kind ? { kind, number: documentNumber ?? "", submissionId } : null,
  }));
}

/** The numbers up to the device's last become lost, and the counter goes above them. Call under the branch's lock. */
export async function noteLostNumbers(
  tx: BusinessTx,
  { branchId, after, last }: { branchId: string; after: bigint; last: bigint },
): Promise<void> {
  await tx.sql.execute(sql`
    insert into lost_numbers (business_id, branch_id, number)
    select ${tx.businessId}, ${branchId}, number from generate_series(${after.toString()}::numeric + 1, ${last.toString()}::numeric) as number
    on conflict do nothing`);
  await tx.sql
    .update(branches)
    .set({ lastInvoiceNumber: sql`greatest(${branches.lastInvoiceNumber}, ${last.toString()}::numeric)` })
    .where(eq(branches.id, branchId));
}

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
  if (rows.length === 0) throw new Failure("not-found", `number ${number} is not open`);
}

/** Lets the device sign again once nothing is open. True when it does. Call under the branch's lock. */
export async function releaseRestored(tx: BusinessTx, branchId: string): Promise<boolean> {
  const open = tx.sql
    .select({ number: lostNumbers.number })
    .from(lostNumbers)
    .where(and(eq(lostNumbers.branchId, branchId), isNull(lostNumbers.settledAs)));
  const released = await tx.sql
    .update(branches)
    .set({ restoredAt: null, restoredTo: null })
    .where(and(eq(branches.id, branchId), notExists(open)))
    .returning({ id: branches.id });
  return released.length > 0;
}
