import { findBranch } from "../db/branches.ts";
import {
  heldAlready,
  type ImportedReceipt,
  type ImportedSubmission,
  importedIds,
  insertImported,
  noteImported,
} from "../db/imports.ts";
import type { BusinessId, BusinessTx } from "../db/with-business.ts";
import type { SellerSnapshot } from "../receipts/seller-snapshot.ts";
import { count, type Inputs, type MigrateDeps, type Migrating } from "./migrating.ts";
import { type Entry, planActivities } from "./plan.ts";
import type { Result } from "./report.ts";
import type { BusinessRow } from "./source.ts";
import { receiptOf, submissionOf } from "./submission-of.ts";

const BATCH = 200;

export async function bringReceipts(
  deps: MigrateDeps,
  id: BusinessId,
  { inputs, isDry, result }: Migrating,
): Promise<void> {
  const plan = planActivities(inputs.activities);
  result.dirty.push(...plan.dirty);
  const known = await deps.withBusiness(id, (tx) => importedIds(tx, "webhook_activities"));
  const fresh = plan.entries.filter(({ activity }) => !known.has(activity.id));
  for (const entry of plan.entries) if (known.has(entry.activity.id)) count(result, countedAs(entry), 0, 1);
  if (isDry) {
    for (const entry of fresh) count(result, countedAs(entry), 1, 0);
    return;
  }
  // A refund's sale is in an earlier batch or before it in this one.
  for (let first = 0; first < fresh.length; first += BATCH) {
    const batch = fresh.slice(first, first + BATCH);
    const rows = new Map(
      (await deps.source.activitiesOf(batch.map(({ activity }) => activity.id))).map((row) => [row.id, row]),
    );
    await deps.withBusiness(id, (tx) => bringBatch(tx, deps, { batch, rows, known, result, inputs }));
  }
}

function countedAs({ heldFor }: Entry): "receipts" | "held" {
  return heldFor === null ? "receipts" : "held";
}

interface Batch {
  batch: Entry[];
  rows: Map<number, Parameters<typeof submissionOf>[0]>;
  /** By activity, ours; grows. */
  known: Map<number, string>;
  result: Result;
  inputs: Inputs;
}

async function bringBatch(
  tx: BusinessTx,
  { paper, clock }: MigrateDeps,
  { batch, rows, known, result, inputs }: Batch,
): Promise<void> {
  const branch = await findBranch(tx);
  if (!branch) throw new Error("bug: a migrated business without a branch");
  const now = clock();
  const seller = sellerOf(inputs.business, branch.bhfId);
  const held = await heldAlready(tx, {
    documentIds: batch.flatMap(({ activity }) => activity.documentId ?? []),
    numbers: batch.flatMap(({ invoiceNumber }) => invoiceNumber ?? []),
  });
  const made: { submissions: ImportedSubmission[]; receipts: ImportedReceipt[] } = {
    submissions: [],
    receipts: [],
  };
  const noted: { sourceId: number; ourId: string }[] = [];
  for (const entry of batch) {
    const { activity, original } = entry;
    const row = rows.get(activity.id);
    const originalId = original === null ? null : (known.get(original.activity.id) ?? null);
    const isHere = held.documents.has(`${activity.kind}:${activity.documentId}`);
    if (!row || isHere || (original !== null && originalId === null)) {
      const reason = isHere ? "submitted-here-already" : "refund-without-original";
      result.dirty.push({ table: "webhook_activities", id: activity.id, reason, isHeld: false });
      continue;
    }
    const isTaken = entry.invoiceNumber !== null && held.numbers.has(entry.invoiceNumber);
    const free = isTaken ? { ...entry, invoiceNumber: null } : entry;
    const submission = submissionOf(row, free, { branchId: branch.id, seller, paper, now, originalId });
    made.submissions.push(submission);
    if (entry.heldFor === null && activity.signed)
      made.receipts.push(receiptOf(submission, activity.signed, paper));
    known.set(activity.id, submission.id);
    noted.push({ sourceId: activity.id, ourId: submission.id });
    count(result, countedAs(entry), 1, 0);
  }
  await insertImported(tx, made);
  await noteImported(
    tx,
    noted.map((row) => ({ ...row, sourceTable: "webhook_activities" as const, importedAt: now })),
  );
}

function sellerOf(business: BusinessRow, bhfId: string | null): SellerSnapshot {
  return {
    name: business.name,
    tin: business.tin,
    branchId: bhfId ?? "",
    address: business.location,
    phone: business.phone,
    email: business.email,
    language: "en",
    topMessage: null,
    bottomMessage: null,
    headerLines: [],
    footerLines: [],
    logoSha256: null,
  };
}
