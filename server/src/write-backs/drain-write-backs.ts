import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import { recordAudit } from "../db/audit.ts";
import { findBusiness } from "../db/businesses.ts";
import { enqueueWriteBack } from "../db/queue.ts";
import type { BusinessId, BusinessTx } from "../db/with-business.ts";
import {
  GRANT_PROBLEMS,
  nextWriteBack,
  nextWriteBackAt,
  type StoredWriteBack,
  updateWriteBack,
} from "../db/write-backs.ts";
import { Failure } from "../failure.ts";
import { loadWritten, type Written } from "./load-written.ts";
import { type WritePartDeps, writePart } from "./write-part.ts";

export interface WriteBackDeps extends WritePartDeps {
  clock: () => Date;
  stopping: () => boolean;
  onChange: (change: { submissionId: string; part: string; state: string; problem: string | null }) => void;
}

/** The job comes back for more, so that a long line does not hold a worker's place for ever. */
const PARTS_PER_RUN = 50;
const RETRY_FIRST_MS = 30_000;
const RETRY_LONGEST_MS = 3_600_000;

/** Nothing by itself mends these: a person must. */
const BLOCKING: readonly ProblemCode[] = [
  ...GRANT_PROBLEMS,
  "zoho-fields-missing",
  "zoho-document-not-found",
];

/**
 * Writes what waits back to Zoho, oldest first, intent committed before each call and outcome after it. The receipt is
 * never touched. A part found in `writing` was under way when something died: the document is read first.
 */
export async function drainWriteBacks(deps: WriteBackDeps, businessId: BusinessId): Promise<void> {
  for (let done = 0; done < PARTS_PER_RUN && !deps.stopping(); done += 1) {
    const work = await deps.withBusiness(businessId, (tx) => takeNext(tx, deps.clock()));
    if (!work) break;
    const problem = await attempt(deps, businessId, work);
    await deps.withBusiness(businessId, (tx) => settle(tx, deps, work, problem));
  }
  await deps.withBusiness(businessId, scheduleRest);
}

interface Work {
  row: StoredWriteBack;
  written: Written;
}

async function takeNext(tx: BusinessTx, now: Date): Promise<Work | null> {
  if (!(await isActive(tx))) return null;
  const row = await nextWriteBack(tx, now);
  if (!row) return null;
  await updateWriteBack(tx, row, { state: "writing", attempts: row.attempts + 1 });
  return { row, written: await loadWritten(tx, row.submissionId) };
}

async function attempt(deps: WriteBackDeps, businessId: BusinessId, work: Work): Promise<ProblemCode | null> {
  const { row, written } = work;
  try {
    const mayBeThere = row.state === "writing";
    await writePart(deps, { businessId, part: row.part, written, mayBeThere });
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

async function settle(
  tx: BusinessTx,
  { clock, onChange }: WriteBackDeps,
  { row }: Work,
  problem: ProblemCode | null,
): Promise<void> {
  const now = clock();
  const state = problem === null ? "done" : stateAfter(problem);
  await updateWriteBack(tx, row, {
    state,
    problem,
    ...(state !== row.state && { stateSince: now }),
    nextAttemptAt: new Date(now.getTime() + retryMs(row.attempts)),
  });
  const { submissionId, part } = row;
  onChange({ submissionId, part, state, problem });
  if (state === "done" || (state === "blocked" && row.problem !== problem)) {
    const action = state === "done" ? "written-back" : "write-back-blocked";
    const subject = `submission:${submissionId}`;
    await recordAudit(tx, { actor: "system", action, subject, detail: { part, problem } });
  }
}

/** An unknown outcome keeps `writing`: the next try reads before it writes. */
function stateAfter(problem: ProblemCode): StoredWriteBack["state"] {
  if (problem === "zoho-write-unknown") return "writing";
  return BLOCKING.includes(problem) ? "blocked" : "waiting";
}

function retryMs(attempts: number): number {
  return Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** Math.min(attempts, 10));
}

/** An inactive business's rest waits for its activation. */
async function scheduleRest(tx: BusinessTx): Promise<void> {
  if (!(await isActive(tx))) return;
  const at = await nextWriteBackAt(tx);
  if (at !== null) await enqueueWriteBack(tx, at);
}

async function isActive(tx: BusinessTx): Promise<boolean> {
  return (await findBusiness(tx))?.status === "active";
}
