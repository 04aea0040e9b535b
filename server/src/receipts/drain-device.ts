import { enqueueDevice } from "../db/queue.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { type SubmissionOutcome, saleOutcome } from "../vsdc/outcome.ts";
import type { AttemptRef, Device, DrainDeps, StateChange } from "./draining.ts";
import { nextWork, type Work } from "./next-work.ts";
import { recordOutcome } from "./record-outcome.ts";
import { type RegistrationResult, recordRegistration, registerItems } from "./register-items.ts";

/** What the last step came to, still to be recorded. */
type Result =
  | { kind: "none" }
  | { kind: "sent"; attempt: AttemptRef; outcome: SubmissionOutcome; answerText: string | null }
  | { kind: "registered"; submissionId: string; result: RegistrationResult };

/** One job does at most this many steps, so that other devices get their turn. */
const STEPS_PER_JOB = 200;

/**
 * Sends a device's submissions one at a time, in order, until none is due. Each transaction records the last outcome
 * and the intent of the next call; no transaction is open during a call.
 */
export async function drainDevice(deps: DrainDeps, device: Device): Promise<void> {
  let result: Result = { kind: "none" };
  for (let step = 0; step < STEPS_PER_JOB; step += 1) {
    const work = await advance(deps, device, result);
    if (work.kind === "idle") return;
    result = await perform(deps, work);
  }
  await finish(deps, device, result);
}

/** Records `result` and takes the next work; when there is none now, says when to come back. */
async function advance(deps: DrainDeps, device: Device, result: Result): Promise<Work> {
  const changes: StateChange[] = [];
  const work = await deps.persist(() => {
    changes.length = 0;
    return deps.withBusiness(device.businessId, async (tx) => {
      await record(tx, deps, device, result, changes);
      if (deps.stopping()) return idle(tx, device, "now");
      const next = await nextWork(tx, deps, device, changes);
      return next.kind === "later" ? idle(tx, device, next.at) : next;
    });
  });
  for (const change of changes) deps.onChange(change);
  return work;
}

async function idle(tx: BusinessTx, device: Device, at: Date | "now"): Promise<Work> {
  await enqueueDevice(tx, device.branchId, at);
  return { kind: "idle" };
}

async function finish(deps: DrainDeps, device: Device, result: Result): Promise<void> {
  const changes: StateChange[] = [];
  await deps.persist(() => {
    changes.length = 0;
    return deps.withBusiness(device.businessId, async (tx) => {
      await record(tx, deps, device, result, changes);
      await enqueueDevice(tx, device.branchId, "now");
    });
  });
  for (const change of changes) deps.onChange(change);
}

async function record(
  tx: BusinessTx,
  deps: DrainDeps,
  device: Device,
  result: Result,
  changes: StateChange[],
): Promise<void> {
  if (result.kind === "sent") changes.push(...(await recordOutcome(tx, deps, { device, ...result })));
  if (result.kind === "registered")
    changes.push(...(await recordRegistration(tx, deps, { device, ...result })));
}

/** The outside call; no transaction is open. */
async function perform(deps: DrainDeps, work: Exclude<Work, { kind: "idle" }>): Promise<Result> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1_000;
  if (work.kind === "register") {
    const result = await registerItems(deps, work);
    deps.onCall({ operation: "item", status: result.failure?.status ?? "signed", seconds: seconds() });
    return { kind: "registered", submissionId: work.submissionId, result };
  }
  const delivery = await deps.callDevice(work.baseUrl, work.request);
  const outcome = saleOutcome(delivery, { repeated: work.repeated });
  deps.onCall({ operation: "sale", status: outcome.status, seconds: seconds() });
  const answerText = delivery.kind === "answered" ? delivery.text : null;
  return { kind: "sent", attempt: work.attempt, outcome, answerText };
}
