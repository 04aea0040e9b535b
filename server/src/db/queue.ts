import { type SQL, sql } from "drizzle-orm";
import type { BusinessTx } from "./with-business.ts";

/** "This device has work", from inside the business transaction; an earlier waiting run keeps its time. */
export async function enqueueDevice(tx: BusinessTx, branchId: string, at: Date | "now"): Promise<void> {
  const runAt = at === "now" ? sql`now()` : sql`${at.toISOString()}::timestamptz`;
  await tx.sql.execute(
    sql`select device_queue.enqueue(${tx.businessId}::uuid, ${branchId}::uuid, ${runAt}, ${at !== "now"})`,
  );
}

/** "Something is to be written to Zoho"; an earlier waiting run keeps its time. */
export async function enqueueWriteBack(tx: BusinessTx, at: Date | "now"): Promise<void> {
  const runAt = at === "now" ? sql`now()` : sql`${at.toISOString()}::timestamptz`;
  await tx.sql.execute(
    sql`select device_queue.enqueue_write_back(${tx.businessId}::uuid, ${runAt}, ${at !== "now"})`,
  );
}

export interface DocumentToLookAt {
  kind: "invoice" | "credit-note";
  id: string;
  mayBeVoid: boolean;
}

/** "Look at this document in Zoho"; one waiting for the same document is replaced. */
export async function enqueueDocument(tx: BusinessTx, document: DocumentToLookAt, at: Date): Promise<void> {
  await tx.sql.execute(sql`select ${enqueuingDocument(tx, document, at)}`);
}

/** The same as part of a statement. */
export function enqueuingDocument(tx: BusinessTx, { kind, id, mayBeVoid }: DocumentToLookAt, at: Date): SQL {
  return sql`device_queue.enqueue_document(
    ${tx.businessId}::uuid, ${kind}, ${id}, ${mayBeVoid}, ${at.toISOString()}::timestamptz)`;
}

/** Looks again at every document that waits, also at one that a person fiscalised since: it may be void. */
export async function enqueueWaitingDocuments(tx: BusinessTx, at: Date): Promise<void> {
  await tx.sql.execute(sql`
    select device_queue.enqueue_document(
      business_id, document_kind, document_id, true, ${at.toISOString()}::timestamptz)
    from automated_documents where state = 'waiting'`);
}

/** The device's next look for changed code tables; one waiting is moved to `at`. */
export async function enqueueCodeSync(tx: BusinessTx, branchId: string, at: Date): Promise<void> {
  await tx.sql.execute(
    sql`select device_queue.enqueue_code_sync(
      ${tx.businessId}::uuid, ${branchId}::uuid, ${at.toISOString()}::timestamptz)`,
  );
}

/** Whether the process that holds this worker's name lives: each holds a session lock for as long as it does. */
export async function isWorkerAlive(tx: BusinessTx, worker: string): Promise<boolean> {
  const rows = await tx.sql.execute(sql`
    select from pg_locks where locktype = 'advisory' and granted
    and database = (select oid from pg_database where datname = current_database())
    and classid = hashtext('fiscalise-worker')::oid and objid = hashtext(${worker})::oid`);
  return rows.length > 0;
}

/** "The business's bulk run has work"; one waiting is moved to `at`. */
export async function enqueueBulkRun(tx: BusinessTx, at: Date | "now"): Promise<void> {
  const runAt = at === "now" ? sql`now()` : sql`${at.toISOString()}::timestamptz`;
  await tx.sql.execute(sql`select device_queue.enqueue_bulk_run(${tx.businessId}::uuid, ${runAt})`);
}

/** "The business's reconciliation has work"; by night: "begin one". One waiting of the same is moved to `at`. */
export async function enqueueReconciliation(
  tx: BusinessTx,
  at: Date | "now",
  { byNight }: { byNight: boolean } = { byNight: false },
): Promise<void> {
  const runAt = at === "now" ? sql`now()` : sql`${at.toISOString()}::timestamptz`;
  await tx.sql.execute(
    sql`select device_queue.enqueue_reconciliation(${tx.businessId}::uuid, ${runAt}, ${byNight})`,
  );
}
