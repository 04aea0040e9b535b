import type { DifferenceKind } from "@fiscalise/shared/reconciliation.ts";
import { recordAudit } from "../../db/audit.ts";
import { closeUnfound, unresolvedSubmissions } from "../../db/differences.ts";
import { countFound, type ReconciliationRow, updateRunning } from "../../db/reconciliations.ts";
import type { BusinessId } from "../../db/with-business.ts";
import { keepFound } from "./keep-found.ts";
import type { ReconcileDeps } from "./reconcile-deps.ts";

const OF_DOCUMENTS: readonly DifferenceKind[] = [
  "not-fiscalised",
  "changed-after-signing",
  "void-after-signing",
  "gone-after-signing",
  "not-written-back",
  "twice-at-zoho",
];
/** It goes on by itself; a day later a person has to look. */
const UNRESOLVED_AFTER_MS = 24 * 3_600_000;
/** More of them are one trouble, and its list is the overview's. */
const UNRESOLVED_MAX = 1_000;

/** What waits too long, whatever its day; then all that this run looked for and did not find is over. */
export async function finish(
  { withBusiness, clock, onChange }: ReconcileDeps,
  businessId: BusinessId,
  run: ReconciliationRow,
): Promise<void> {
  const completed = await withBusiness(businessId, async (tx) => {
    const now = clock();
    const ended = { outcome: "completed", endedAt: now, waitsFor: null, waitsUntil: null } as const;
    if (!(await updateRunning(tx, run.id, ended))) return false;
    const before = new Date(now.getTime() - UNRESOLVED_AFTER_MS);
    const unresolved = await unresolvedSubmissions(tx, before, UNRESOLVED_MAX);
    for (const { id, state, ...document } of unresolved) {
      const detail = { here: state, there: null, changes: [] };
      const found = { kind: "unresolved" as const, subject: `submission:${id}`, submissionId: id, detail };
      await keepFound(tx, { ...found, ...document }, { runId: run.id, now });
    }
    await countFound(tx, run.id, unresolved.length);
    await closeUnfound(tx, run, { kinds: ["unresolved"], ofItsDays: false, now });
    await closeUnfound(tx, run, { kinds: OF_DOCUMENTS, ofItsDays: true, now });
    const subject = `reconciliation:${run.id}`;
    await recordAudit(tx, { actor: "system", action: "reconciliation-completed", subject });
    return true;
  });
  if (completed) onChange({ reconciliationId: run.id, to: "completed", problem: null });
}
