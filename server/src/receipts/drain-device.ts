import { type Branch, lockBranch } from "../db/branches.ts";
import { isDatabaseAway } from "../db/database-away.ts";
import { enqueueDevice } from "../db/queue.ts";
import type { BusinessTx } from "../db/with-business.ts";
import type { Delivery } from "../vsdc/device-call.ts";
import { type SubmissionOutcome, saleOutcome, storable } from "../vsdc/outcome.ts";
import type { AttemptRef, Device, DrainDeps, StateChange } from "./draining.ts";
import { nextWork, type Work } from "./next-work.ts";
import { recordOutcome } from "./record-outcome.ts";
import { type RegistrationResult, recordRegistration, registerItems } from "./register-items.ts";
import { SubmissionFault, setAside } from "./set-aside.ts";

/** What the last step came to, still to be recorded. */
type Result =
  | { kind: "none" }
  | {
      kind: "sent";
      attempt: AttemptRef;
      outcome: SubmissionOutcome;
      answerText: string | null;
      /** A device's own answer, HTTP 200. */
      judgeable: boolean;
    }
  | { kind: "registered"; submissionId: string; result: RegistrationResult };

const NOTHING: Result = { kind: "none" };

/** One job does at most this many steps, so that other devices get their turn. */
const STEPS_PER_JOB = 200;

/**
 * Sends a device's submissions one at a time, in order, until none is due. Each transaction records the last outcome
 * and the intent of the next call; no transaction is open during a call.
 */
export async function drainDevice(deps: DrainDeps, device: Device): Promise<void> {
  let result: Result = NOTHING;
  for (let step = 0; step <= STEPS_PER_JOB; step += 1) {
    const isLast = step === STEPS_PER_JOB || deps.stopping();
    const work = await advance(deps, device, result, isLast);
    if (work.kind === "idle") return;
    result = await perform(deps, device, work);
  }
}

/** Records `result` and takes the next work; when there is none now, says when to come back. */
async function advance(deps: DrainDeps, device: Device, result: Result, isLast: boolean): Promise<Work> {
  const changes: StateChange[] = [];
  try {
    const work = await deps.persist(() => {
      changes.length = 0;
      return deps.withBusiness(device.businessId, async (tx) => {
        const branch = await lockBranch(tx, device.branchId);
        changes.push(...(await record(tx, deps, branch, result)));
        if (isLast) return idle(tx, device, "now");
        const next = await nextWork(tx, deps, await afterwards(tx, branch, result), changes);
        return next.kind === "later" ? idle(tx, device, next.at) : next;
      });
    });
    for (const change of changes) deps.onChange(change);
    return work;
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    if (error instanceof SubmissionFault) {
      // The fault is the next sale's: what the last one came to is recorded by itself first.
      if (result.kind !== "none") await advance(deps, device, result, true);
      await stepAside(deps, device, NOTHING, error);
    } else {
      await stepAside(deps, device, result, error);
    }
    return advance(deps, device, NOTHING, isLast);
  }
}

/** A bug at one submission must cost neither its answer nor the device's other sales. */
async function stepAside(deps: DrainDeps, device: Device, result: Result, error: unknown): Promise<void> {
  const faulty = error instanceof SubmissionFault ? error.submissionId : submissionOf(result);
  deps.onFault({ submissionId: faulty, error: error instanceof SubmissionFault ? error.cause : error });
  if (faulty === null) throw error;
  const answer =
    result.kind === "sent" && submissionOf(result) === faulty
      ? {
          attempt: result.attempt,
          text: result.answerText,
          judgeable: result.judgeable,
          notSent: result.outcome.status === "not-sent",
        }
      : null;
  await deps.persist(() =>
    deps.withBusiness(device.businessId, (tx) =>
      setAside(tx, {
        submissionId: faulty,
        branchId: device.branchId,
        answer,
        now: deps.clock(),
        asideMs: deps.retry.longestMs,
      }),
    ),
  );
}

function submissionOf(result: Result): string | null {
  if (result.kind === "sent") return result.attempt.submissionId;
  return result.kind === "registered" ? result.submissionId : null;
}

async function idle(tx: BusinessTx, device: Device, at: Date | "now"): Promise<Work> {
  await enqueueDevice(tx, device.branchId, at);
  return { kind: "idle" };
}

/** The branch as recording left it; a signature leaves it well, which is known without asking. */
async function afterwards(tx: BusinessTx, branch: Branch, result: Result): Promise<Branch> {
  if (result.kind === "none") return branch;
  const isSigned = result.kind === "sent" && result.outcome.status === "signed";
  return isSigned ? { ...branch, failures: 0, restingUntil: null } : lockBranch(tx, branch.id);
}

async function record(
  tx: BusinessTx,
  deps: DrainDeps,
  branch: Branch,
  result: Result,
): Promise<StateChange[]> {
  if (result.kind === "sent") return recordOutcome(tx, deps, { branch, ...result });
  if (result.kind === "registered") return recordRegistration(tx, deps, { branch, ...result });
  return [];
}

/** The outside call; no transaction is open. */
async function perform(
  deps: DrainDeps,
  { businessId }: Device,
  work: Exclude<Work, { kind: "idle" }>,
): Promise<Result> {
  const begun = performance.now();
  if (work.kind === "register") {
    const result = await registerItems(deps, { ...work, businessId });
    const { submissionId } = work;
    const status = result.failure?.status ?? "signed";
    deps.onCall({ operation: "item", businessId, submissionId, begun, status });
    return { kind: "registered", submissionId, result };
  }
  const delivery = work.kind === "answered" ? work.delivery : await call(deps, work);
  const outcome = saleOutcome(delivery, { repeated: work.repeated });
  if (work.kind === "send") {
    const { submissionId } = work.attempt;
    deps.onCall({ operation: "sale", businessId, submissionId, begun, status: outcome.status });
  }
  const answerText = delivery.kind === "answered" ? storable(delivery.text) : null;
  const judgeable = delivery.kind === "answered" && delivery.httpStatus === 200;
  return { kind: "sent", attempt: work.attempt, outcome, answerText, judgeable };
}

/** A call that throws may have sent its bytes. */
async function call(deps: DrainDeps, work: Extract<Work, { kind: "send" }>): Promise<Delivery> {
  try {
    return await deps.callDevice(work.baseUrl, work.request);
  } catch (error) {
    deps.onFault({ submissionId: work.attempt.submissionId, error });
    return { kind: "lost", reason: "internal-error" };
  }
}
