import { BULK_DOCUMENTS_MAX } from "@fiscalise/shared/bulk.ts";
import { RESUBMITTABLE_STATES } from "@fiscalise/shared/receipt.ts";
import { and, asc, desc, eq, inArray, notInArray, sql } from "drizzle-orm";
import { bulkDocuments, bulkRuns } from "./bulk-tables.ts";
import { submissions } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

export type BulkRunRow = typeof bulkRuns.$inferSelect;
export type BulkDocumentRow = typeof bulkDocuments.$inferSelect;
export type BulkRunChange = Partial<typeof bulkRuns.$inferInsert>;
export type BulkDocumentChange = Partial<typeof bulkDocuments.$inferInsert>;
export type NewBulkDocument = Omit<typeof bulkDocuments.$inferInsert, "businessId" | "runId" | "position">;

const UNFINISHED = ["checking", "checked", "running", "paused"] as const;
/** So that one statement stays well below PostgreSQL's 65,535 parameters. */
const ROWS_PER_INSERT = 1_000;

export async function insertBulkRun(
  tx: BusinessTx,
  run: Omit<typeof bulkRuns.$inferInsert, "businessId">,
): Promise<BulkRunRow> {
  const [inserted] = await tx.sql
    .insert(bulkRuns)
    .values({ ...run, businessId: tx.businessId })
    .returning();
  if (!inserted) throw new Error("bug: insert returned nothing");
  return inserted;
}

export async function findBulkRun(tx: BusinessTx, id: string): Promise<BulkRunRow | null> {
  const [found] = await tx.sql.select().from(bulkRuns).where(eq(bulkRuns.id, id));
  return found ?? null;
}

/** Under its row lock: what a person asks and what the job does come one after the other. */
export async function lockBulkRun(tx: BusinessTx, id: string): Promise<BulkRunRow | null> {
  const [found] = await tx.sql.select().from(bulkRuns).where(eq(bulkRuns.id, id)).for("update");
  return found ?? null;
}

export async function findUnfinishedRun(tx: BusinessTx): Promise<BulkRunRow | null> {
  const [found] = await tx.sql
    .select()
    .from(bulkRuns)
    .where(inArray(bulkRuns.state, [...UNFINISHED]))
    .for("update");
  return found ?? null;
}

export async function listBulkRuns(tx: BusinessTx, limit: number): Promise<BulkRunRow[]> {
  return tx.sql.select().from(bulkRuns).orderBy(desc(bulkRuns.sequence)).limit(limit);
}

export async function updateBulkRun(tx: BusinessTx, id: string, change: BulkRunChange): Promise<void> {
  await tx.sql.update(bulkRuns).set(change).where(eq(bulkRuns.id, id));
}

/** Numbered in the order given. */
export async function insertBulkDocuments(
  tx: BusinessTx,
  runId: string,
  documents: readonly NewBulkDocument[],
): Promise<void> {
  if (documents.length > BULK_DOCUMENTS_MAX) throw new Error("bug: more documents than a run holds");
  const rows = documents.map((document, index) => ({
    ...document,
    businessId: tx.businessId,
    runId,
    position: index + 1,
  }));
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
    await tx.sql.insert(bulkDocuments).values(rows.slice(from, from + ROWS_PER_INSERT));
  }
}

/** The next of the run in one of the states, in order. */
export async function nextBulkDocument(
  tx: BusinessTx,
  runId: string,
  state: "waiting" | "ready",
): Promise<BulkDocumentRow | null> {
  const [found] = await tx.sql
    .select()
    .from(bulkDocuments)
    .where(and(eq(bulkDocuments.runId, runId), eq(bulkDocuments.state, state)))
    .orderBy(asc(bulkDocuments.position))
    .limit(1);
  return found ?? null;
}

export async function updateBulkDocument(
  tx: BusinessTx,
  { runId, position }: Pick<BulkDocumentRow, "runId" | "position">,
  change: BulkDocumentChange,
): Promise<void> {
  await tx.sql
    .update(bulkDocuments)
    .set(change)
    .where(and(eq(bulkDocuments.runId, runId), eq(bulkDocuments.position, position)));
}

/** What was kept to spare a reading is of no use to a run that is over. */
export async function dropKeptTexts(tx: BusinessTx, runId: string): Promise<void> {
  await tx.sql
    .update(bulkDocuments)
    .set({ documentText: null })
    .where(and(eq(bulkDocuments.runId, runId), sql`${bulkDocuments.documentText} is not null`));
}

/** Of these invoices, those with a receipt or on the way to one. */
export async function liveAmong(tx: BusinessTx, zohoIds: readonly string[]): Promise<Set<string>> {
  if (zohoIds.length === 0) return new Set();
  const rows = await tx.sql
    .selectDistinct({ zohoId: submissions.zohoDocumentId })
    .from(submissions)
    .where(
      and(
        eq(submissions.documentKind, "invoice"),
        inArray(submissions.zohoDocumentId, [...zohoIds]),
        notInArray(submissions.state, [...RESUBMITTABLE_STATES]),
      ),
    );
  return new Set(rows.map(({ zohoId }) => zohoId));
}
