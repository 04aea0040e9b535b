import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import { recordAudit } from "../db/audit.ts";
import { findBusiness } from "../db/businesses.ts";
import { isDatabaseAway } from "../db/database-away.ts";
import { enqueueWriteBack } from "../db/queue.ts";
import type { BusinessId, BusinessTx } from "../db/with-business.ts";
import {
  GRANT_PROBLEMS,
  nextWriteBack,
  nextWriteBackAt,
  type StoredWriteBack,
  settleWriteBack,
  updateWriteBack,
} from "../db/write-backs.ts";
import { Failure } from "../failure.ts";
import { loadWritten } from "./load-written.ts";
import { type WritePartDeps, writePart } from "./write-part.ts";

export interface WriteBackDeps extends WritePartDeps {
  clock: () => Date;
  /** How long Zoho may be at a write of which nobody awaits the answer any more. */
  settlesMs: number;
  stopping: () => boolean;
  onChange: (change: { submissionId: string; part: string; state: string; problem: string | null }) => void;
  /** A bug at one part: it is tried again later, the others go on. */
  onFault: (fault: { submissionId: string; part: string; error: unknown }) => void;
}

/** The job comes back for more, so that a long line does not hold a worker's place for ever. */
const JOB_MS = 20_000;
const RETRY_FIRST_MS = 30_000;
const RETRY_LONGEST_MS = 3_600_000;

/** Nothing by itself mends these: a person must. */
const BLOCKING: readonly ProblemCode[] = [
  ...GRANT_PROBLEMS,
  "zoho-fields-missing",
  "zoho-refused",
  "zoho-document-not-found",
];

/**
 * Writes what waits back to Zoho, oldest first, intent committed before each call and outcome after it. The receipt is
 * never touched. From a write of which nothing is known on, the document is read before it is written again.
 */
export async function drainWriteBacks(deps: WriteBackDeps, businessId: BusinessId): Promise<void> {
  const endsAt = performance.now() + JOB_MS;
  while (performance.now() < endsAt && !deps.stopping()) {
    const row = await deps.withBusiness(businessId, (tx) => takeNext(tx, deps));
    if (!row) break;
    const outcome = await attempt(deps, businessId, row);
    await deps.withBusiness(businessId, (tx) => settle(tx, deps, row, outcome));
  }
  await deps.withBusiness(businessId, (tx) => scheduleRest(tx, deps.clock()));
}

/**
 * As it was before it was taken. It is due again only when Zoho must be done with it: who looks sooner, because this worker
 * died or was taken for dead, finds nothing there yet and writes it a second time.
 */
async function takeNext(
  tx: BusinessTx,
  { clock, settlesMs }: Pick<WriteBackDeps, "clock" | "settlesMs">,
): Promise<StoredWriteBack | null> {
  const now = clock();
  if (!(await isActive(tx))) return null;
  const row = await nextWriteBack(tx, now);
  if (!row) return null;
  const nextAttemptAt = new Date(now.getTime() + settlesMs);
  const attempts = row.attempts + 1;
  await updateWriteBack(tx, row, { state: "writing", attempts, mayBeThere: true, nextAttemptAt });
  return { ...row, mayBeThere: row.mayBeThere || row.state === "writing" };
}

interface Outcome {
  problem: ProblemCode | null;
  mayBeThere: boolean;
}

async function attempt(deps: WriteBackDeps, businessId: BusinessId, row: StoredWriteBack): Promise<Outcome> {
  const { submissionId, part, mayBeThere } = row;
  let isWritten = false;
  const onWrite = () => {
    isWritten = true;
  };
  try {
    const written = await deps.withBusiness(businessId, (tx) => loadWritten(tx, submissionId));
    await writePart(deps, { businessId, part, written, mayBeThere, onWrite });
    return { problem: null, mayBeThere: true };
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    const code = error instanceof Failure ? error.code : "internal-error";
    if (!(error instanceof Failure)) deps.onFault({ submissionId, part, error });
    const isRefused = isWritten && code !== "zoho-write-unknown" && code !== "internal-error";
    return { problem: code, mayBeThere: isRefused ? false : mayBeThere || isWritten };
  }
}

async function settle(
  tx: BusinessTx,
  { clock, onChange }: WriteBackDeps,
  row: StoredWriteBack,
  { problem, mayBeThere }: Outcome,
): Promise<void> {
  const now = clock();
  const state = problem === null ? "done" : BLOCKING.includes(problem) ? "blocked" : "waiting";
  await settleWriteBack(tx, row, {
    state,
    problem,
    mayBeThere,
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

function retryMs(attempts: number): number {
  return Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** Math.min(attempts, 10));
}

/** An inactive business's rest waits for its activation; what was due before goes behind what others queued since. */
async function scheduleRest(tx: BusinessTx, now: Date): Promise<void> {
  if (!(await isActive(tx))) return;
  const at = await nextWriteBackAt(tx);
  if (at !== null) await enqueueWriteBack(tx, at > now ? at : now);
}

async function isActive(tx: BusinessTx): Promise<boolean> {
  return (await findBusiness(tx))?.status === "active";
}
