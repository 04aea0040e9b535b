import type { BulkRun, BulkRunSummary, BulkRuns } from "@fiscalise/shared/api/bulk-runs.ts";
import { BULK_DOCUMENT_STATES, type BulkDocumentState } from "@fiscalise/shared/bulk.ts";
import type { Language, ProblemCode } from "@fiscalise/shared/problem.ts";
import { PROBLEM_WORDS } from "@fiscalise/shared/words/problems.ts";
import type { Actor } from "../../actor.ts";
import { countReadings, countStates, listReasons } from "../../db/bulk-results.ts";
import { type BulkRunRow, findBulkRun, listBulkRuns } from "../../db/bulk-runs.ts";
import { findUser } from "../../db/users.ts";
import { type BusinessTx, isUuid, type WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { lookup } from "../../fiscal/lookup.ts";
import { actionsFor } from "./change-run.ts";

const RUNS_SHOWN = 20;
const DOCUMENTS_SHOWN = 5;
const LIST_ROWS = 200;
/** Custom fields and the PDF. */
const WRITES_EACH = 2;

interface Asked {
  actor: Actor;
  language: Language;
}

export async function viewRuns(
  deps: { withBusiness: WithBusiness },
  { actor, language }: Asked,
): Promise<BulkRuns> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    const items: BulkRunSummary[] = [];
    for (const run of await listBulkRuns(tx, RUNS_SHOWN)) items.push(await summaryOf(tx, run, language));
    return { items };
  });
}

/** How far a run is, and why documents were left behind. @throws Failure not-found */
export async function viewRun(
  deps: { withBusiness: WithBusiness },
  { actor, language, runId }: Asked & { runId: string },
): Promise<BulkRun> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    const run = await requireRun(tx, runId);
    const reasons = await listReasons(tx, run.id, DOCUMENTS_SHOWN);
    return {
      ...(await summaryOf(tx, run, language)),
      reasons: reasons.map(({ code, ...rest }) => ({ ...explain(code, language), ...rest })),
      callsExpected: await callsExpected(tx, run),
    };
  });
}

/** @throws Failure not-found, also for another business's id */
export async function requireRun(tx: BusinessTx, runId: string): Promise<BulkRunRow> {
  const run = isUuid(runId) ? await findBulkRun(tx, runId) : null;
  if (!run) throw new Failure("not-found", "no such run");
  return run;
}

async function summaryOf(tx: BusinessTx, run: BulkRunRow, language: Language): Promise<BulkRunSummary> {
  const { reason, waitsFor, waitsUntil } = run;
  const starter = await findUser(tx, run.startedBy ?? run.createdBy);
  return {
    id: run.id,
    state: run.state,
    stateSince: run.stateSince.toISOString(),
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    from: run.askedFrom,
    to: run.askedTo,
    startedBy: starter?.name ?? "",
    leftOut: run.leftOut,
    counts: await countsOf(tx, run),
    reason: reason === null ? null : explain(reason, language),
    waiting:
      waitsFor === null || waitsUntil === null
        ? null
        : { ...explain(waitsFor, language), until: waitsUntil.toISOString() },
    actions: actionsFor(run.state),
  };
}

async function countsOf(tx: BusinessTx, { id }: BulkRunRow): Promise<Record<BulkDocumentState, number>> {
  const counted = await countStates(tx, id);
  const none = Object.fromEntries(BULK_DOCUMENT_STATES.map((state) => [state, 0]));
  return { ...none, ...Object.fromEntries(counted.map(({ state, count }) => [state, count])) } as Record<
    BulkDocumentState,
    number
  >;
}

async function callsExpected(tx: BusinessTx, { id, state }: BulkRunRow): Promise<number> {
  if (state === "done" || state === "stopped") return 0;
  const { waiting, kept, unkept } = await countReadings(tx, id);
  return waiting + unkept + Math.ceil(kept / LIST_ROWS) + (waiting + kept + unkept) * WRITES_EACH;
}

/** In the reader's words; a problem of a submission that has none of its own is the device's refusal. */
export function explain(code: string, language: Language) {
  const known = lookup(PROBLEM_WORDS, code) ? (code as ProblemCode) : "device-refused";
  const { title, detail, remedy } = PROBLEM_WORDS[known][language];
  return { code: known, title, detail, remedy };
}
