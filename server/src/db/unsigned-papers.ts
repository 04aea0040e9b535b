import { UNSIGNED_LABELS, type UnsignedLabel } from "@fiscalise/shared/receipt.ts";
import { and, desc, eq, max } from "drizzle-orm";
import { integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import type { BusinessTx } from "./with-business.ts";

export const SOURCE_KINDS = ["invoice", "credit-note", "estimate"] as const;

/** What drizzle/0022_unsigned_papers.sql made. */
export const unsignedPapers = pgTable("unsigned_papers", {
  businessId: uuid("business_id").notNull(),
  id: uuid("id").notNull().defaultRandom(),
  kind: text("kind", { enum: UNSIGNED_LABELS }).notNull(),
  number: integer("number").notNull(),
  documentKind: text("document_kind", { enum: SOURCE_KINDS }).notNull(),
  zohoDocumentId: text("zoho_document_id").notNull(),
  zohoCustomerId: text("zoho_customer_id"),
  documentNumber: text("document_number").notNull(),
  content: jsonb("content").notNull(),
  contentSha256: text("content_sha256").notNull(),
  madeAt: instant("made_at").notNull(),
  madeBy: uuid("made_by").notNull(),
});
export type UnsignedPaper = typeof unsignedPapers.$inferSelect;

export async function findPaper(tx: BusinessTx, id: string): Promise<UnsignedPaper | null> {
  const [paper] = await tx.sql.select().from(unsignedPapers).where(eq(unsignedPapers.id, id));
  return paper ?? null;
}

/** The one that says the same of the same document. */
export async function findSamePaper(
  tx: BusinessTx,
  same: Pick<UnsignedPaper, "kind" | "zohoDocumentId" | "contentSha256">,
): Promise<UnsignedPaper | null> {
  const [paper] = await tx.sql
    .select()
    .from(unsignedPapers)
    .where(
      and(
        eq(unsignedPapers.kind, same.kind),
        eq(unsignedPapers.zohoDocumentId, same.zohoDocumentId),
        eq(unsignedPapers.contentSha256, same.contentSha256),
      ),
    );
  return paper ?? null;
}

export async function latestPaper(
  tx: BusinessTx,
  { kind, zohoDocumentId }: Pick<UnsignedPaper, "kind" | "zohoDocumentId">,
): Promise<UnsignedPaper | null> {
  const [paper] = await tx.sql
    .select()
    .from(unsignedPapers)
    .where(and(eq(unsignedPapers.kind, kind), eq(unsignedPapers.zohoDocumentId, zohoDocumentId)))
    .orderBy(desc(unsignedPapers.number))
    .limit(1);
  return paper ?? null;
}

/** Under the business's lock: each kind is numbered from 1 without gaps. */
export async function addPaper(
  tx: BusinessTx,
  paper: Omit<UnsignedPaper, "businessId" | "id" | "number">,
): Promise<UnsignedPaper> {
  const number = (await lastNumber(tx, paper.kind)) + 1;
  const [added] = await tx.sql
    .insert(unsignedPapers)
    .values({ ...paper, number, businessId: tx.businessId })
    .returning();
  if (!added) throw new Error("bug: insert returned nothing");
  return added;
}

async function lastNumber(tx: BusinessTx, kind: UnsignedLabel): Promise<number> {
  const [row] = await tx.sql
    .select({ last: max(unsignedPapers.number) })
    .from(unsignedPapers)
    .where(eq(unsignedPapers.kind, kind));
  return row?.last ?? 0;
}
