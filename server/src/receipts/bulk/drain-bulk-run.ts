import { setTimeout as pause } from "node:timers/promises";
import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import { type BulkRunRow, findUnfinishedRun, nextBulkDocument, updateBulkRun } from "../../db/bulk-runs.ts";
import { enqueueBulkRun } from "../../db/queue.ts";
import { countWaiting } from "../../db/submissions.ts";
import type { BusinessId, BusinessTx } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { requireBranch } from "../require-business.ts";
import type { BulkDeps } from "./bulk-deps.ts";
import { checkDocument } from "./check-document.ts";
import { createKeptTexts, type KeptTexts } from "./kept-texts.ts";
import { listRun } from "./list-run.ts";
import { moveRun } from "./move-run.ts";
import { settleDocument } from "./settle-document.ts";
import { requireStarter, signDocument } from "./sign-document.ts";

/** The job comes back for more, behind the others: runs of many businesses must not keep webhooks and write-backs waiting. */
const JOB_MAX_MS = 20_000;
/** A person's click is never behind more of a run's documents than these. */
const LINE_MAX = 3;
const LINE_LOOK_MS = 200;
/** In this job; a line that stays full, or whose device is silent, is looked at by a later one. */
const LINE_LOOKS_MAX = 15;
const LINE_LATER_MS = 3_000;
const RETRY_FIRST_MS = 5_000;
const RETRY_LONGEST_MS = 300_000;

const PASSING: readonly ProblemCode[] = ["zoho-unavailable", "zoho-rate-limited", "unavailable"];

type Step = "more" | "over" | { againInMs: number };

/** Works on the business's run for a while: lists, checks and signs, each document in transactions of its own. */
export async function drainBulkRun(deps: BulkDeps, businessId: BusinessId): Promise<void> {
  let kept: KeptTexts | null = null;
  const ends = performance.now() + JOB_MAX_MS;
  while (performance.now() < ends && !deps.stopping()) {
    const run = await deps.withBusiness(businessId, findUnfinishedRun);
    if (!run) return;
    kept ??= createKeptTexts(deps, businessId, run);
    const next = await attempt(deps, { businessId, run, kept });
    if (next === "over") return;
    if (next !== "more") return comeBack(deps, businessId, next.againInMs);
  }
  await comeBack(deps, businessId, 0);
}

interface Work {
  businessId: BusinessId;
  run: BulkRunRow;
  kept: KeptTexts;
}

async function attempt(deps: BulkDeps, work: Work): Promise<Step> {
  const { businessId, run } = work;
  try {
    const next = await step(deps, work);
    if (run.waitsFor !== null && next === "more") {
      const settled = { waitsFor: null, waitsUntil: null, tries: 0 };
      await deps.withBusiness(businessId, (tx) => updateBulkRun(tx, run.id, settled));
    }
    return next;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (PASSING.includes(error.code)) return wait(deps, work, error);
    // A person moved it meanwhile: the next look shows where to.
    if (error.code === "action-not-allowed") return "more";
    await moveRun(deps, run, { to: "paused", reason: error.code });
    return "over";
  }
}

function step(deps: BulkDeps, work: Work): Promise<Step> {
  if (work.run.state === "checking") return check(deps, work);
  return work.run.state === "running" ? sign(deps, work) : Promise.resolve("over");
}

async function check(deps: BulkDeps, { businessId, run }: Work): Promise<Step> {
  if (run.listedAt === null) {
    await listRun(deps, businessId, run);
    return "more";
  }
  const document = await deps.withBusiness(businessId, (tx) => nextBulkDocument(tx, run.id, "waiting"));
  if (!document) {
    await moveRun(deps, run, { to: "checked" });
    return "over";
  }
  await settleDocument(deps, { businessId, document }, () => checkDocument(deps, { businessId, document }));
  return "more";
}

async function sign(deps: BulkDeps, { businessId, run, kept }: Work): Promise<Step> {
  const document = await deps.withBusiness(businessId, async (tx) => {
    await requireStarter(tx, run);
    return nextBulkDocument(tx, run.id, "ready");
  });
  if (!document) {
    await moveRun(deps, run, { to: "done" });
    return "over";
  }
  if (!(await lineHasRoom(deps, businessId))) return { againInMs: LINE_LATER_MS };
  await settleDocument(deps, { businessId, document }, () =>
    signDocument(deps, { businessId, run, document }, kept),
  );
  return "more";
}

async function lineHasRoom(deps: BulkDeps, businessId: BusinessId): Promise<boolean> {
  for (let look = 0; look < LINE_LOOKS_MAX && !deps.stopping(); look += 1) {
    const { waiting, isSilent } = await deps.withBusiness(businessId, lineOf);
    if (waiting < LINE_MAX) return true;
    if (isSilent) return false;
    await pause(LINE_LOOK_MS);
  }
  return false;
}

async function lineOf(tx: BusinessTx): Promise<{ waiting: number; isSilent: boolean }> {
  const { id, failures } = await requireBranch(tx);
  return { waiting: await countWaiting(tx, id, null), isSilent: failures > 0 };
}

/** It goes on by itself, when Zoho said or later each time. */
async function wait(deps: BulkDeps, { businessId, run }: Work, { code, details }: Failure): Promise<Step> {
  const backoffMs = Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** Math.min(run.tries, 10));
  const againInMs = details.retryAfterS === undefined ? backoffMs : details.retryAfterS * 1_000;
  const waitsUntil = new Date(deps.clock().getTime() + againInMs);
  await deps.withBusiness(businessId, (tx) =>
    updateBulkRun(tx, run.id, { waitsFor: code, waitsUntil, tries: run.tries + 1 }),
  );
  return { againInMs };
}

/** By the machine's clock, as the queue's engine. */
async function comeBack({ withBusiness }: BulkDeps, businessId: BusinessId, inMs: number): Promise<void> {
  const at = inMs === 0 ? "now" : new Date(Date.now() + inMs);
  await withBusiness(businessId, (tx) => enqueueBulkRun(tx, at));
}
