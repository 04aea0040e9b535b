import type { SubmissionList, SubmissionSummary } from "@fiscalise/shared/api/figures.ts";
import { receiptCounter, type SubmissionState } from "@fiscalise/shared/receipt.ts";
import type { Actor } from "../actor.ts";
import { type ListedSubmission, listSubmissions, sequenceOf } from "../db/submission-lists.ts";
import type { WithBusiness } from "../db/with-business.ts";
import { addDays, dayBegins } from "../fiscal/calendar.ts";
import { cursorAtRow, readCursorRow } from "../list-cursor.ts";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";
import { isResubmittable } from "./find-submission.ts";
import { actionsOf } from "./imported.ts";
import { visibleState } from "./present.ts";
import { wordsOf } from "./search-words.ts";

export interface SubmissionQuery {
  state: SubmissionState | null;
  search: string | null;
  /** Local calendar days, both included. */
  from: string | null;
  to: string | null;
  needsAttention: boolean | null;
  cursor: string | null;
  limit: number;
}

/** A business's submissions, newest first, with the one right thing to do for each. */
export async function listOwnSubmissions(
  deps: { withBusiness: WithBusiness },
  { actor, query }: { actor: Actor; query: SubmissionQuery },
): Promise<SubmissionList> {
  const { state, search, from, to, needsAttention, limit } = query;
  const list = ["submissions", actor.businessId, state, search, from, to, needsAttention];
  const found = await deps.withBusiness(actor.businessId, async (tx) =>
    listSubmissions(tx, {
      state,
      words: wordsOf(search),
      from: from === null ? null : dayBegins(from, RWANDA),
      before: to === null ? null : dayBegins(addDays(to, 1), RWANDA),
      needsAttention,
      belowSequence:
        query.cursor === null ? null : await readCursorRow(query.cursor, list, (id) => sequenceOf(tx, id)),
      limit: limit + 1,
    }),
  );
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { items: page.map(summary), nextCursor: last ? cursorAtRow(last.id, list) : null };
}

function summary(submission: ListedSubmission): SubmissionSummary {
  const { receipt } = submission;
  return {
    id: submission.id,
    zohoDocumentId: submission.zohoDocumentId,
    documentNumber: submission.documentNumber,
    buyerName: submission.buyerName,
    total: submission.total,
    vat: submission.vat,
    state: visibleState(submission),
    stateSince: submission.stateSince.toISOString(),
    createdAt: submission.createdAt.toISOString(),
    needsAttention: submission.needsAttention,
    receipt: receipt && {
      id: receipt.id,
      counter: receiptCounter(receipt.receiptNumber, receipt.totalNumber, receipt.label),
      copies: receipt.copies,
    },
    action: rightAction(submission),
  };
}

/**
 * Of what may be done. A copy is never the one right thing, nor is to declare something unsigned; a document goes again
 * only from its latest.
 */
function rightAction(submission: ListedSubmission): SubmissionSummary["action"] {
  const actions = actionsOf(submission).filter((action) => action !== "copy" && action !== "declareUnsigned");
  const [action = null] = actions;
  if (action !== "fiscaliseAgain") return action;
  return submission.isLatest && isResubmittable(submission) ? action : null;
}
