import type { Difference, Differences } from "@fiscalise/shared/api/reconciliations.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import type { DifferenceKind, DifferenceState } from "@fiscalise/shared/reconciliation.ts";
import { DIFFERENCE_WORDS } from "@fiscalise/shared/words/differences.ts";
import type { Actor } from "../../actor.ts";
import { type DifferenceRow, findDifference, isOpen, listDifferences } from "../../db/differences.ts";
import type { WithBusiness } from "../../db/with-business.ts";
import { cursorAtRow, readCursorRow } from "../../list-cursor.ts";
import { DetailSchema } from "./keep-found.ts";

export interface DifferenceQuery {
  state: DifferenceState | null;
  kind: DifferenceKind | null;
  cursor: string | null;
  limit: number;
}

/** The business's differences, newest first, each with what it means and what mends it. */
export async function listOwnDifferences(
  { withBusiness }: { withBusiness: WithBusiness },
  { actor, query, language }: { actor: Actor; query: DifferenceQuery; language: Language },
): Promise<Differences> {
  const { state, kind, limit } = query;
  const list = ["differences", actor.businessId, state, kind];
  const found = await withBusiness(actor.businessId, async (tx) => {
    const numberOf = async (id: string) => (await findDifference(tx, id))?.sequence;
    const belowSequence = query.cursor === null ? null : await readCursorRow(query.cursor, list, numberOf);
    return listDifferences(tx, { state, kind, belowSequence, limit: limit + 1 });
  });
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => present(row, language)),
    nextCursor: last ? cursorAtRow(last.difference.id, list) : null,
  };
}

const BATCH = 500;

/** All that are asked for, as fast as the reader takes them. */
export async function* exportDifferences(
  { withBusiness }: { withBusiness: WithBusiness },
  {
    actor,
    query,
    language,
  }: { actor: Actor; query: Pick<DifferenceQuery, "state" | "kind">; language: Language },
): AsyncGenerator<Difference[]> {
  for (let belowSequence: bigint | null = null; ; ) {
    const filter = { ...query, belowSequence, limit: BATCH };
    const rows: Listed[] = await withBusiness(actor.businessId, (tx) => listDifferences(tx, filter));
    if (rows.length > 0) yield rows.map((row) => present(row, language));
    if (rows.length < BATCH) return;
    belowSequence = rows.at(-1)?.difference.sequence ?? belowSequence;
  }
}

interface Listed {
  difference: DifferenceRow;
  acceptedByName: string | null;
}

function present({ difference: row, acceptedByName }: Listed, language: Language): Difference {
  const { title, detail: explanation, remedy } = DIFFERENCE_WORDS[row.kind][language];
  const { documentKind, zohoDocumentId, documentNumber: number, documentDate: date } = row;
  const { acceptedAt, acceptedReason } = row;
  return {
    id: row.id,
    kind: row.kind,
    title,
    explanation,
    remedy,
    document:
      documentKind !== null && zohoDocumentId !== null
        ? { kind: documentKind, zohoId: zohoDocumentId, number, date }
        : null,
    submissionId: row.submissionId,
    ...DetailSchema.parse(row.detail),
    firstSeen: row.firstSeen.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    foundSha256: row.foundSha256,
    accepted: acceptedAt && {
      by: acceptedByName ?? "",
      at: acceptedAt.toISOString(),
      reason: acceptedReason ?? "",
    },
    action: row.kind === "not-written-back" && isOpen(row) ? "write-again" : null,
  };
}
