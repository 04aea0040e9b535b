import type { Reconciliation, Reconciliations } from "@fiscalise/shared/api/reconciliations.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import { DIFFERENCE_WORDS } from "@fiscalise/shared/words/differences.ts";
import type { Actor } from "../../actor.ts";
import { countOpenDifferences } from "../../db/differences.ts";
import { findReconciliation, listReconciliations, type ReconciliationRow } from "../../db/reconciliations.ts";
import { findUser } from "../../db/users.ts";
import { type BusinessTx, isUuid, type WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { explain } from "../../receipts/bulk/view-run.ts";

const RUNS_SHOWN = 20;

interface Asked {
  actor: Actor;
  language: Language;
}

export async function viewReconciliations(
  { withBusiness }: { withBusiness: WithBusiness },
  { actor, language }: Asked,
): Promise<Reconciliations> {
  return withBusiness(actor.businessId, async (tx) => {
    const items: Reconciliation[] = [];
    for (const run of await listReconciliations(tx, RUNS_SHOWN)) items.push(await present(tx, run, language));
    const open = await countOpenDifferences(tx);
    return {
      items,
      open: open.map(({ kind, count }) => ({ kind, title: DIFFERENCE_WORDS[kind][language].title, count })),
    };
  });
}

/** @throws Failure not-found, also for another business's id */
export async function viewReconciliation(
  { withBusiness }: { withBusiness: WithBusiness },
  { actor, language, id }: Asked & { id: string },
): Promise<Reconciliation> {
  return withBusiness(actor.businessId, async (tx) => {
    const run = isUuid(id) ? await findReconciliation(tx, id) : null;
    if (!run) throw new Failure("not-found", "no such reconciliation");
    return present(tx, run, language);
  });
}

async function present(tx: BusinessTx, run: ReconciliationRow, language: Language): Promise<Reconciliation> {
  const { createdBy, waitsFor, waitsUntil, problem, deviceProblem } = run;
  const starter = createdBy === null ? null : await findUser(tx, createdBy);
  const told = (code: string | null) => (code === null ? null : explain(code, language));
  const waiting = told(waitsFor);
  return {
    id: run.id,
    from: run.fromDay,
    to: run.toDay,
    state: run.outcome ?? "running",
    startedBy: createdBy === null ? null : (starter?.name ?? ""),
    createdAt: run.createdAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
    pagesRead: run.pagesRead,
    documents: run.documents,
    documentsRead: run.documentsRead,
    documentsUnread: run.documentsUnread,
    found: run.found,
    problem: told(problem),
    waiting: waiting && waitsUntil && { ...waiting, until: waitsUntil.toISOString() },
    device: { compared: run.deviceAsked, problem: told(deviceProblem) },
  };
}
