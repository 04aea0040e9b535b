import type { DocumentKind } from "@fiscalise/shared/refund.ts";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { Failure } from "../failure.ts";
import { reconciledDocuments, reconciliations } from "./reconciliation-tables.ts";
import { type BusinessId, type BusinessTx, businessId, type GateTx } from "./with-business.ts";

export type ReconciliationRow = typeof reconciliations.$inferSelect;
export type ReconciliationChange = Partial<typeof reconciliations.$inferInsert>;
export type ReconciledDocument = typeof reconciledDocuments.$inferSelect;

/** Active, with a device that was set up and an organisation. */
export async function businessesToReconcile(tx: GateTx): Promise<BusinessId[]> {
  const rows = await tx.sql.execute<{ business_id: string }>(
    sql`select * from gate.businesses_to_reconcile()`,
  );
  return rows.map(({ business_id }) => businessId(business_id));
}

export async function insertReconciliation(
  tx: BusinessTx,
  run: Pick<typeof reconciliations.$inferInsert, "createdBy" | "createdAt" | "fromDay" | "toDay">,
): Promise<ReconciliationRow> {
  const [inserted] = await tx.sql
    .insert(reconciliations)
    .values({ ...run, businessId: tx.businessId })
    .returning();
  if (!inserted) throw new Error("bug: insert returned nothing");
  return inserted;
}

export async function findReconciliation(tx: BusinessTx, id: string): Promise<ReconciliationRow | null> {
  const [found] = await tx.sql.select().from(reconciliations).where(eq(reconciliations.id, id));
  return found ?? null;
}

export async function findRunningReconciliation(tx: BusinessTx): Promise<ReconciliationRow | null> {
  const [found] = await tx.sql.select().from(reconciliations).where(isNull(reconciliations.outcome));
  return found ?? null;
}

/** Under its row lock: what ends it comes before or after. @throws Failure action-not-allowed when it has ended */
export async function requireRunning(tx: BusinessTx, id: string): Promise<void> {
  const [running] = await tx.sql
    .select({ id: reconciliations.id })
    .from(reconciliations)
    .where(and(eq(reconciliations.id, id), isNull(reconciliations.outcome)))
    .for("update");
  if (!running) throw new Failure("action-not-allowed", `reconciliation ${id} has ended`);
}

/** The last day that a night's run looked at to its end; null: none did. */
export async function reconciledUntil(tx: BusinessTx): Promise<string | null> {
  const [found] = await tx.sql
    .select({ day: reconciliations.toDay })
    .from(reconciliations)
    .where(and(eq(reconciliations.outcome, "completed"), isNull(reconciliations.createdBy)))
    .orderBy(desc(reconciliations.toDay))
    .limit(1);
  return found?.day ?? null;
}

export async function listReconciliations(tx: BusinessTx, limit: number): Promise<ReconciliationRow[]> {
  return tx.sql.select().from(reconciliations).orderBy(desc(reconciliations.sequence)).limit(limit);
}

/** Of one that still runs; false when it has ended meanwhile. */
export async function updateRunning(
  tx: BusinessTx,
  id: string,
  change: ReconciliationChange,
): Promise<boolean> {
  const changed = await tx.sql
    .update(reconciliations)
    .set(change)
    .where(and(eq(reconciliations.id, id), isNull(reconciliations.outcome)))
    .returning({ id: reconciliations.id });
  return changed.length > 0;
}

export async function countDocument(
  tx: BusinessTx,
  id: string,
  { wasRead, found }: { wasRead: boolean | "unreadable"; found: number },
): Promise<void> {
  await tx.sql
    .update(reconciliations)
    .set({
      documents: sql`${reconciliations.documents} + 1`,
      documentsRead: sql`${reconciliations.documentsRead} + ${wasRead === true ? 1 : 0}`,
      documentsUnread: sql`${reconciliations.documentsUnread} + ${wasRead === "unreadable" ? 1 : 0}`,
      found: sql`${reconciliations.found} + ${found}`,
    })
    .where(eq(reconciliations.id, id));
}

export async function countFound(tx: BusinessTx, id: string, found: number): Promise<void> {
  await tx.sql
    .update(reconciliations)
    .set({ found: sql`${reconciliations.found} + ${found}` })
    .where(eq(reconciliations.id, id));
}

export interface ReconciledRef {
  kind: DocumentKind;
  id: string;
}

export async function findReconciled(
  tx: BusinessTx,
  { kind, id }: ReconciledRef,
): Promise<ReconciledDocument | null> {
  const [found] = await tx.sql
    .select()
    .from(reconciledDocuments)
    .where(and(eq(reconciledDocuments.documentKind, kind), eq(reconciledDocuments.zohoDocumentId, id)));
  return found ?? null;
}

export async function keepReconciled(
  tx: BusinessTx,
  row: Omit<typeof reconciledDocuments.$inferInsert, "businessId">,
): Promise<void> {
  await tx.sql
    .insert(reconciledDocuments)
    .values({ ...row, businessId: tx.businessId })
    .onConflictDoUpdate({
      target: [
        reconciledDocuments.businessId,
        reconciledDocuments.documentKind,
        reconciledDocuments.zohoDocumentId,
      ],
      set: row,
    });
}

/** Documents of differences that the run has not looked at: `first` the open or the accepted ones, of each those read longest ago. */
export async function foundDocuments(
  tx: BusinessTx,
  { id }: Pick<ReconciliationRow, "id">,
  { first, limit }: { first: "open" | "accepted"; limit: number },
): Promise<ReconciledRef[]> {
  const rows = await tx.sql.execute<{ document_kind: DocumentKind; zoho_document_id: string }>(sql`
    select f.document_kind, f.zoho_document_id from (
      select document_kind, zoho_document_id, bool_or(accepted_at is null) as is_open from differences
      where resolved_at is null and kind <> 'unresolved' and zoho_document_id is not null
      group by document_kind, zoho_document_id) f
    left join reconciled_documents d on d.document_kind = f.document_kind and d.zoho_document_id = f.zoho_document_id
    where d.reconciliation_id is distinct from ${id}::uuid
    order by f.is_open = ${first === "open"} desc, d.read_at nulls first limit ${limit}`);
  return rows.map((row) => ({ kind: row.document_kind, id: row.zoho_document_id }));
}

/** Signed documents of the run's days that no list of it showed; with `since` those accepted from then on. */
export async function unseenDocuments(
  tx: BusinessTx,
  { id, fromDay, toDay }: Pick<ReconciliationRow, "id" | "fromDay" | "toDay">,
  { since, limit }: { since: Date | null; limit: number },
): Promise<ReconciledRef[]> {
  const rows = await tx.sql.execute<{ document_kind: DocumentKind; zoho_document_id: string }>(sql`
    select s.document_kind, s.zoho_document_id from submissions s
    where s.state in ('fiscalised', 'receipt-missing') and s.document_date between ${fromDay} and ${toDay}
      and (${since?.toISOString() ?? null}::timestamptz is null or s.created_at >= ${since?.toISOString() ?? null}::timestamptz)
      and not exists (select from reconciled_documents d where d.document_kind = s.document_kind
        and d.zoho_document_id = s.zoho_document_id and d.reconciliation_id = ${id}::uuid)
    order by s.document_kind, s.zoho_document_id limit ${limit}`);
  return rows.map((row) => ({ kind: row.document_kind, id: row.zoho_document_id }));
}
