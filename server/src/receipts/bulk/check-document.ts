import { type BulkDocumentRow, lockBulkRun, updateBulkDocument } from "../../db/bulk-runs.ts";
import type { Submission } from "../../db/submissions.ts";
import type { BusinessId } from "../../db/with-business.ts";
import { plain } from "../../fiscal/decimal.ts";
import { keptInvoice } from "../../zoho/kept-invoice.ts";
import { findExisting } from "../find-submission.ts";
import { prepareInvoice } from "../prepare-invoice.ts";
import { readDocument, type SourceDocument } from "../read-document.ts";
import { requireBranch } from "../require-business.ts";
import type { BulkDeps } from "./bulk-deps.ts";

/** Reads a document and judges it as the click would; reserves nothing. @throws Failure */
export async function checkDocument(
  deps: BulkDeps,
  { businessId, document }: { businessId: BusinessId; document: BulkDocumentRow },
): Promise<void> {
  const zohoId = document.zohoDocumentId;
  const source = await readDocument(deps, { businessId, zohoId });
  const readAt = deps.clock();
  const baseCurrency = await deps.books.baseCurrency(businessId);
  await deps.withBusiness(businessId, async (tx) => {
    const run = await lockBulkRun(tx, document.runId);
    if (run?.state !== "checking") return;
    const existing = await findExisting(tx, { document: { kind: "invoice", zohoId }, idempotencyKey: null });
    if (existing) return updateBulkDocument(tx, document, alreadyLive(existing, source, readAt));
    const branch = await requireBranch(tx);
    const { prepared } = await prepareInvoice(tx, { source, baseCurrency, branch, entry: {}, now: readAt });
    const facts = factsOf(source);
    if (prepared.kind === "refused") {
      const refusals = prepared.refusals.list();
      return updateBulkDocument(tx, document, { ...facts, state: "refused", refusals, settledAt: readAt });
    }
    const { modifiedTime } = keptInvoice(source.text);
    const kept = document.listPage !== null && modifiedTime !== null;
    await updateBulkDocument(tx, document, {
      ...facts,
      state: "ready",
      readAt,
      modifiedTime,
      documentText: kept ? source.text : null,
    });
  });
}

function factsOf({ document }: SourceDocument) {
  return {
    number: document.number,
    date: document.date,
    customerName: document.buyer.name,
    currencyCode: document.currencyCode,
    total: document.total === null ? null : plain(document.total),
  };
}

/** Somebody clicked while the list was read. */
function alreadyLive({ id }: Submission, source: SourceDocument, now: Date) {
  return { ...factsOf(source), state: "accepted" as const, submissionId: id, settledAt: now };
}
