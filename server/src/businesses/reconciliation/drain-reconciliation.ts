import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import { recordAudit } from "../../db/audit.ts";
import { isDatabaseAway } from "../../db/database-away.ts";
import { enqueueReconciliation } from "../../db/queue.ts";
import {
  findRunningReconciliation,
  type ReconciliationRow,
  updateRunning,
} from "../../db/reconciliations.ts";
import type { BusinessId } from "../../db/with-business.ts";
import { findDailyCallsMax } from "../../db/zoho-automation.ts";
import { usageOf } from "../../db/zoho-usage.ts";
import { Failure } from "../../failure.ts";
import { requireBusiness } from "../../receipts/require-business.ts";
import { dayOf } from "../books/zoho-pace.ts";
import { isBudgetSpent } from "./budget.ts";
import { compareDevice } from "./compare-device.ts";
import { finish } from "./finish.ts";
import { type IsOver, readOpen, readPage, readUnseen } from "./read-days.ts";
import type { ReconcileDeps } from "./reconcile-deps.ts";

/** The job comes back for more, behind the others: nobody waits for a reconciliation. */
const JOB_MAX_MS = 20_000;
const RETRY_FIRST_MS = 5_000;
const RETRY_LONGEST_MS = 600_000;
/** After these the run stops with the reason; the next one goes on with what was not read. */
const TRIES_MAX = 10;

const PASSING: readonly ProblemCode[] = ["zoho-unavailable", "zoho-rate-limited", "unavailable"];

type Step = "more" | "over" | { againInMs: number };

/** Works on the business's reconciliation for a while. */
export async function drainReconciliation(deps: ReconcileDeps, businessId: BusinessId): Promise<void> {
  const ends = performance.now() + JOB_MAX_MS;
  const isOver = () => performance.now() >= ends || deps.stopping();
  while (!isOver()) {
    const run = await deps.withBusiness(businessId, findRunningReconciliation);
    if (!run) return;
    const next = await attempt(deps, { businessId, run, isOver });
    if (next === "over") return;
    if (next !== "more") return comeBack(deps, businessId, next.againInMs);
  }
  await comeBack(deps, businessId, 0);
}

interface Work {
  businessId: BusinessId;
  run: ReconciliationRow;
  isOver: IsOver;
}

async function attempt(deps: ReconcileDeps, work: Work): Promise<Step> {
  const { businessId, run } = work;
  try {
    await requireBudget(deps, work);
    const next = await step(deps, work);
    if (run.waitsFor !== null && next === "more") {
      const settled = { waitsFor: null, waitsUntil: null, tries: 0 };
      await deps.withBusiness(businessId, (tx) => updateRunning(tx, run.id, settled));
    }
    return next;
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    if (!(error instanceof Failure)) {
      deps.onFault({ reconciliationId: run.id, error });
      return stop(deps, work, "internal-error");
    }
    const isPassing = PASSING.includes(error.code) && run.tries < TRIES_MAX;
    return isPassing ? wait(deps, work, error) : stop(deps, work, error.code);
  }
}

async function step(deps: ReconcileDeps, work: Work): Promise<Step> {
  const { businessId, run } = work;
  await deps.withBusiness(businessId, requireBusiness);
  switch (run.phase) {
    case "invoice":
    case "credit-note":
      await readPage(deps, work, run.phase);
      return "more";
    case "unseen":
      await readUnseen(deps, work);
      return "more";
    case "open":
      await readOpen(deps, work);
      return "more";
    case "device":
      await compareDevice(deps, businessId, run);
      await deps.withBusiness(businessId, (tx) => updateRunning(tx, run.id, { phase: "finish" }));
      return "more";
    case "finish":
      await finish(deps, businessId, run);
      return "over";
  }
}

/** @throws Failure zoho-day-used-up */
async function requireBudget({ withBusiness, clock }: ReconcileDeps, { businessId, run }: Work) {
  const isSpent = await withBusiness(businessId, async (tx) =>
    isBudgetSpent({
      usage: await usageOf(tx, dayOf(clock())),
      max: await findDailyCallsMax(tx),
      byNight: run.createdBy === null,
    }),
  );
  if (isSpent)
    throw new Failure("zoho-day-used-up", "a reconciliation's share of the day's calls is used up");
}

async function stop(
  { withBusiness, clock, onChange }: ReconcileDeps,
  { businessId, run }: Work,
  problem: ProblemCode,
): Promise<Step> {
  const stopped = await withBusiness(businessId, async (tx) => {
    const ended = {
      outcome: "stopped",
      problem,
      endedAt: clock(),
      waitsFor: null,
      waitsUntil: null,
    } as const;
    if (!(await updateRunning(tx, run.id, ended))) return false;
    const subject = `reconciliation:${run.id}`;
    await recordAudit(tx, {
      actor: "system",
      action: "reconciliation-stopped",
      subject,
      detail: { problem },
    });
    return true;
  });
  if (stopped) onChange({ reconciliationId: run.id, to: "stopped", problem });
  return "over";
}

/** It goes on by itself, when Zoho said or later each time. */
async function wait(
  { withBusiness, clock }: ReconcileDeps,
  { businessId, run }: Work,
  { code, details }: Failure,
): Promise<Step> {
  const backoffMs = Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** run.tries);
  const askedMs = details.retryAfterS === undefined ? backoffMs : details.retryAfterS * 1_000;
  const againInMs = Math.min(askedMs, RETRY_LONGEST_MS);
  const waitsUntil = new Date(clock().getTime() + againInMs);
  await withBusiness(businessId, (tx) =>
    updateRunning(tx, run.id, { waitsFor: code, waitsUntil, tries: run.tries + 1 }),
  );
  return { againInMs };
}

/** By the machine's clock, as the queue's engine. */
async function comeBack(
  { withBusiness }: ReconcileDeps,
  businessId: BusinessId,
  inMs: number,
): Promise<void> {
  const at = inMs === 0 ? "now" : new Date(Date.now() + inMs);
  await withBusiness(businessId, (tx) => enqueueReconciliation(tx, at));
}
