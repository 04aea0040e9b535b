import { and, eq, inArray, max, notInArray, sql } from "drizzle-orm";
import { importedDayReports, predecessorRows } from "./predecessor-tables.ts";
import type { NewSubmission, Receipt } from "./submissions.ts";
import { branches, receipts, submissions, users } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

/** What comes from the predecessor, beside the row that says where from (docs/decisions/025). */

export type SourceTable = (typeof predecessorRows.$inferSelect)["sourceTable"];
export type ImportedRow = Omit<typeof predecessorRows.$inferInsert, "businessId">;

export async function importedIds(tx: BusinessTx, table: SourceTable): Promise<Map<number, string>> {
  const rows = await tx.sql
    .select({ sourceId: predecessorRows.sourceId, ourId: predecessorRows.ourId })
    .from(predecessorRows)
    .where(eq(predecessorRows.sourceTable, table));
  return new Map(rows.map(({ sourceId, ourId }) => [sourceId, ourId]));
}

export async function noteImported(tx: BusinessTx, rows: ImportedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.sql.insert(predecessorRows).values(rows.map((row) => ({ ...row, businessId: tx.businessId })));
}

export type ImportedSubmission = NewSubmission & { id: string };
export type ImportedReceipt = Omit<Receipt, "id" | "businessId" | "createdAt">;

export async function insertImported(
  tx: BusinessTx,
  imported: { submissions: ImportedSubmission[]; receipts: ImportedReceipt[] },
): Promise<void> {
  const { businessId } = tx;
  if (imported.submissions.length > 0)
    await tx.sql.insert(submissions).values(imported.submissions.map((row) => ({ ...row, businessId })));
  if (imported.receipts.length > 0)
    await tx.sql.insert(receipts).values(imported.receipts.map((row) => ({ ...row, businessId })));
}

/** Of these documents and numbers, those that a submission of the business has, whoever made it; documents as `kind:id`. */
export async function heldAlready(
  tx: BusinessTx,
  asked: { documentIds: string[]; numbers: bigint[] },
): Promise<{ documents: Set<string>; numbers: Set<bigint> }> {
  const live = await tx.sql
    .select({ kind: submissions.documentKind, id: submissions.zohoDocumentId })
    .from(submissions)
    .where(
      and(
        inArray(submissions.zohoDocumentId, asked.documentIds),
        notInArray(submissions.state, ["rejected", "withdrawn"]),
      ),
    );
  const numbered = await tx.sql
    .select({ number: submissions.invoiceNumber })
    .from(submissions)
    .where(inArray(submissions.invoiceNumber, asked.numbers));
  return {
    documents: new Set(live.map(({ kind, id }) => `${kind}:${id}`)),
    numbers: new Set(numbered.flatMap(({ number }) => number ?? [])),
  };
}

/** The device of the business as far as the predecessor knew it. */
export async function insertKnownBranch(
  tx: BusinessTx,
  known: { bhfId: string | null; baseUrl: string | null },
): Promise<string> {
  const [branch] = await tx.sql
    .insert(branches)
    .values({ ...known, deviceSerial: null, businessId: tx.businessId })
    .returning({ id: branches.id });
  if (!branch) throw new Error("bug: insert returned nothing");
  return branch.id;
}

/** The counter never goes back. Answers whether it moved. */
export async function raiseCounter(tx: BusinessTx, branchId: string, number: bigint): Promise<boolean> {
  const raised = await tx.sql
    .update(branches)
    .set({ lastInvoiceNumber: number })
    .where(
      sql`${branches.id} = ${branchId} and ${branches.lastInvoiceNumber} < ${number.toString()}::numeric`,
    )
    .returning({ id: branches.id });
  return raised.length > 0;
}

export interface ImportedUser {
  id: string;
  name: string;
  email: string;
  role: "business_admin" | "business_user";
  status: "active" | "inactive";
  passwordHash: string | null;
}

export async function insertImportedUser(tx: BusinessTx, user: ImportedUser): Promise<void> {
  const [row] = await tx.sql.execute<{ number: number }>(sql`
    update businesses set last_user_number = last_user_number + 1 where id = ${tx.businessId}
    returning last_user_number as number`);
  if (!row) throw new Error("bug: no business in its own transaction");
  await tx.sql.insert(users).values({ ...user, businessId: tx.businessId, number: row.number });
}

export interface ImportedDayReport {
  id: string;
  number: number;
  day: string;
  /** JSON, every figure as it was. */
  figures: string;
  importedAt: Date;
}

export async function insertImportedDayReport(tx: BusinessTx, report: ImportedDayReport): Promise<void> {
  const figures = sql`${report.figures}::jsonb`;
  await tx.sql.insert(importedDayReports).values({ ...report, figures, businessId: tx.businessId });
}

/** The days the predecessor closed, newest first; what has decimals is text, digit by digit as it was. */
export async function listImportedDayReports(tx: BusinessTx): Promise<Record<string, unknown>[]> {
  const rows = await tx.sql.execute<{ figures: Record<string, unknown> }>(sql`
    select (select jsonb_object_agg(key, case when jsonb_typeof(value) = 'number' and value::text like '%.%'
        then to_jsonb(value::text) else value end) from jsonb_each(figures)) as figures
    from imported_day_reports order by number desc`);
  return rows.map(({ figures }) => figures);
}

/** The number our own go on above; 0 when the predecessor closed no day. */
export async function lastImportedReport(tx: BusinessTx): Promise<number> {
  const [row] = await tx.sql.select({ number: max(importedDayReports.number) }).from(importedDayReports);
  return row?.number ?? 0;
}
