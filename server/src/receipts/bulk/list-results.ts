import type { BulkDocument, BulkDocuments } from "@fiscalise/shared/api/bulk-runs.ts";
import type { BulkDocumentState } from "@fiscalise/shared/bulk.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import { receiptCounter } from "@fiscalise/shared/receipt.ts";
import type { Actor } from "../../actor.ts";
import { listResults, type ResultRow } from "../../db/bulk-results.ts";
import type { WithBusiness } from "../../db/with-business.ts";
import { cursorAt, readCursor } from "../../list-cursor.ts";
import { explain, requireRun } from "./view-run.ts";

export interface ResultQuery {
  state: BulkDocumentState | null;
  cursor: string | null;
  limit: number;
}

/** What became of each document of a run, in its order. @throws Failure not-found */
export async function listRunDocuments(
  deps: { withBusiness: WithBusiness },
  { actor, runId, query, language }: { actor: Actor; runId: string; query: ResultQuery; language: Language },
): Promise<BulkDocuments> {
  const { state, limit } = query;
  const list = ["bulk-documents", actor.businessId, runId, state];
  const afterPosition = query.cursor === null ? 0 : Number(readCursor(query.cursor, list));
  const found = await deps.withBusiness(actor.businessId, async (tx) => {
    const { id } = await requireRun(tx, runId);
    return listResults(tx, { runId: id, state, afterPosition, limit: limit + 1 });
  });
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => presented(row, language)),
    nextCursor: last ? cursorAt(BigInt(last.position), list) : null,
  };
}

const BATCH = 500;

/** All of them, as fast as the reader takes them; a run that is not there is told before the first line. */
export async function exportRun(
  deps: { withBusiness: WithBusiness },
  { actor, runId, language }: { actor: Actor; runId: string; language: Language },
): Promise<AsyncIterable<BulkDocument[]>> {
  const { id } = await deps.withBusiness(actor.businessId, (tx) => requireRun(tx, runId));
  async function* batches(): AsyncGenerator<BulkDocument[]> {
    for (let afterPosition = 0; ; ) {
      const filter = { runId: id, state: null, afterPosition, limit: BATCH };
      const rows = await deps.withBusiness(actor.businessId, (tx) => listResults(tx, filter));
      if (rows.length > 0) yield rows.map((row) => presented(row, language));
      if (rows.length < BATCH) return;
      afterPosition = rows.at(-1)?.position ?? afterPosition;
    }
  }
  return batches();
}

function presented({ codes, receipt, ...row }: ResultRow, language: Language): BulkDocument {
  return {
    ...row,
    reasons: codes.map((reason) => {
      const { code, title, remedy } = explain(reason, language);
      return { code, title, remedy };
    }),
    counter: receipt && receiptCounter(receipt.receiptNumber, receipt.totalNumber, receipt.label),
  };
}
