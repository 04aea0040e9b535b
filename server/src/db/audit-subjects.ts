import { and, eq, inArray } from "drizzle-orm";
import { automatedDocuments } from "./automation-tables.ts";
import { bulkRuns } from "./bulk-tables.ts";
import { reconciliations } from "./reconciliation-tables.ts";
import { branches, businesses, items, receipts, submissions, users } from "./tables.ts";
import { unsignedPapers } from "./unsigned-papers.ts";
import type { BusinessTx } from "./with-business.ts";

type Named = { id: string; name: string | null }[];
type FindNames = (tx: BusinessTx, ids: string[]) => Promise<Named>;

/** By what stands before the colon of a subject. A kind that is not here has no other name than its subject. */
const BY_UUID: Readonly<Record<string, FindNames>> = {
  business: (tx, ids) =>
    tx.sql
      .select({ id: businesses.id, name: businesses.name })
      .from(businesses)
      .where(inArray(businesses.id, ids)),
  user: (tx, ids) =>
    tx.sql
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(and(eq(users.businessId, tx.businessId), inArray(users.id, ids))),
  branch: (tx, ids) =>
    tx.sql.select({ id: branches.id, name: branches.bhfId }).from(branches).where(inArray(branches.id, ids)),
  submission: (tx, ids) =>
    tx.sql
      .select({ id: submissions.id, name: submissions.documentNumber })
      .from(submissions)
      .where(inArray(submissions.id, ids)),
  receipt: (tx, ids) =>
    tx.sql
      .select({ id: receipts.id, name: submissions.documentNumber })
      .from(receipts)
      .innerJoin(submissions, eq(submissions.id, receipts.submissionId))
      .where(inArray(receipts.id, ids)),
  paper: (tx, ids) =>
    tx.sql
      .select({ id: unsignedPapers.id, name: unsignedPapers.documentNumber })
      .from(unsignedPapers)
      .where(inArray(unsignedPapers.id, ids)),
  "bulk-run": async (tx, ids) => {
    const { id, askedFrom: from, askedTo: to } = bulkRuns;
    const runs = await tx.sql.select({ id, from, to }).from(bulkRuns).where(inArray(id, ids));
    return runs.map((run) => ({ id: run.id, name: days(run) }));
  },
  reconciliation: async (tx, ids) => {
    const { id, fromDay: from, toDay: to } = reconciliations;
    const runs = await tx.sql.select({ id, from, to }).from(reconciliations).where(inArray(id, ids));
    return runs.map((run) => ({ id: run.id, name: days(run) }));
  },
};

const BY_TEXT: Readonly<Record<string, FindNames>> = {
  item: (tx, keys) =>
    tx.sql.select({ id: items.key, name: items.name }).from(items).where(inArray(items.key, keys)),
  invoice: (tx, ids) => documentNumbers(tx, "invoice", ids),
  "credit-note": (tx, ids) => documentNumbers(tx, "credit-note", ids),
};

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** How what these events are about is called today: a number, a name, days; missing: what is gone, or has no name. */
export async function nameSubjects(
  tx: BusinessTx,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, Set<string>>();
  for (const subject of subjects) {
    const colon = subject.indexOf(":");
    const [kind, id] = [subject.slice(0, colon), subject.slice(colon + 1)];
    const isAsked = Object.hasOwn(BY_TEXT, kind) || (Object.hasOwn(BY_UUID, kind) && UUID.test(id));
    if (isAsked) ids.set(kind, (ids.get(kind) ?? new Set()).add(id));
  }
  const names = new Map<string, string>();
  for (const [kind, wanted] of ids) {
    const found = (await (BY_UUID[kind] ?? BY_TEXT[kind])?.(tx, [...wanted])) ?? [];
    for (const { id, name } of found) if (name) names.set(`${kind}:${id}`, name);
  }
  return names;
}

/** Of a document that was submitted, or that the automation looked at. */
async function documentNumbers(
  tx: BusinessTx,
  kind: "invoice" | "credit-note",
  ids: string[],
): Promise<Named> {
  const { documentId, documentNumber, documentKind } = automatedDocuments;
  const looked = await tx.sql
    .select({ id: documentId, name: documentNumber })
    .from(automatedDocuments)
    .where(and(eq(documentKind, kind), inArray(documentId, ids)));
  const { zohoDocumentId } = submissions;
  const submitted = await tx.sql
    .select({ id: zohoDocumentId, name: submissions.documentNumber })
    .from(submissions)
    .where(and(eq(submissions.documentKind, kind), inArray(zohoDocumentId, ids)))
    .orderBy(submissions.sequence);
  return [...looked, ...submitted];
}

function days({ from, to }: { from: string | null; to: string | null }): string | null {
  return from === null || to === null ? null : from === to ? from : `${from} – ${to}`;
}
