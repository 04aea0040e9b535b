import { recordAudit } from "../db/audit.ts";
import { type Branch, knownDevice } from "../db/branches.ts";
import { isDatabaseAway } from "../db/database-away.ts";
import { findRegistrations } from "../db/item-registrations.ts";
import { isWorkerAlive } from "../db/queue.ts";
import {
  headOfLine,
  insertAttempt,
  nextSteppedAside,
  type Submission,
  updateSubmission,
} from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { afterDeadWorker } from "../fiscal/submission-life.ts";
import type { Delivery } from "../vsdc/device-call.ts";
import type { FrozenRequest } from "../vsdc/rwanda/frozen-request.ts";
import type { AttemptRef, DrainDeps, StateChange } from "./draining.ts";
import type { Registration } from "./registrations.ts";
import { keptAnswer, SubmissionFault } from "./set-aside.ts";
import { registrationsOf } from "./stored-submission.ts";

export type Work =
  | { kind: "idle" }
  | { kind: "register"; baseUrl: string; submissionId: string; registrations: Registration[] }
  /** An answer kept from an attempt that could not be carried out. */
  | { kind: "answered"; delivery: Delivery; repeated: boolean; attempt: AttemptRef }
  | { kind: "send"; baseUrl: string; request: FrozenRequest; repeated: boolean; attempt: AttemptRef };

/** A submission another living worker is sending: look again soon. */
const OTHER_WORKER_MS = 1_000;

/** The device's next call, its intent recorded; or when to look again. Call under the branch's lock. */
export async function nextWork(
  tx: BusinessTx,
  deps: DrainDeps,
  branch: Branch,
  changes: StateChange[],
): Promise<Work | { kind: "later"; at: Date }> {
  const now = deps.clock();
  if (branch.restingUntil !== null && branch.restingUntil > now)
    return { kind: "later", at: branch.restingUntil };
  const head = await headOfLine(tx, branch.id, now);
  if (!head) {
    const at = await nextSteppedAside(tx, branch.id);
    return at === null ? { kind: "idle" } : { kind: "later", at };
  }
  if (
    head.state === "sending" &&
    head.worker !== deps.worker &&
    (await isWorkerAlive(tx, head.worker ?? ""))
  ) {
    return { kind: "later", at: new Date(now.getTime() + OTHER_WORKER_MS) };
  }
  try {
    return await workOn(tx, { deps, branch, head, now, changes });
  } catch (error) {
    throw isDatabaseAway(error) ? error : new SubmissionFault(head.id, error);
  }
}

/** Nothing of it was sent as far as we know, which after a restore may not be far: its items may still be unknown. */
export function neverLeft({ state, attempts }: Submission): boolean {
  return state === "queued" || (state === "unknown" && attempts === 0);
}

interface Turn {
  deps: DrainDeps;
  branch: Branch;
  now: Date;
  changes: StateChange[];
}

async function workOn(
  tx: BusinessTx,
  { head, ...turn }: Turn & { head: Submission },
): Promise<Work | { kind: "later"; at: Date }> {
  const { branch, now } = turn;
  const submission = head.state === "sending" ? await takeOver(tx, head, now, turn.changes) : head;
  if (submission.nextAttemptAt > now) return { kind: "later", at: submission.nextAttemptAt };
  const missing = neverLeft(submission) ? await unregistered(tx, branch, submission) : [];
  if (missing.length > 0) {
    return {
      kind: "register",
      baseUrl: knownDevice(branch).baseUrl,
      submissionId: submission.id,
      registrations: missing,
    };
  }
  const kept = submission.state === "unknown" ? await keptAnswer(tx, submission) : null;
  return kept !== null
    ? judgeAgain(tx, { ...turn, submission, answerText: kept })
    : send(tx, { ...turn, submission });
}

/** The device answered these bytes; what it said could not be carried out then. Nothing is sent. */
async function judgeAgain(
  tx: BusinessTx,
  { deps, submission, answerText, now }: Turn & { submission: Submission; answerText: string },
): Promise<Work> {
  await updateSubmission(tx, submission.id, { state: "sending", stateSince: now, worker: deps.worker });
  return {
    kind: "answered",
    delivery: { kind: "answered", httpStatus: 200, text: answerText },
    repeated: submission.unknownAttempts > 0,
    attempt: attemptRef(submission, submission.attempts),
  };
}

function attemptRef(submission: Submission, number: number): AttemptRef {
  return { submissionId: submission.id, number, sha256: submission.requestSha256 };
}

/** Its worker died in the middle of a call: what became of it is unknown. */
async function takeOver(
  tx: BusinessTx,
  submission: Submission,
  now: Date,
  changes: StateChange[],
): Promise<Submission> {
  const step = afterDeadWorker(submission, now);
  const change = {
    state: "unknown" as const,
    stateSince: now,
    // An answer that waits to be judged was heard: its judge died, not the call.
    unknownAttempts: submission.unknownAttempts + ((await keptAnswer(tx, submission)) === null ? 1 : 0),
    unknownSince: submission.unknownSince ?? now,
    nextAttemptAt: now,
    needsAttention: step.state === "unknown" && step.needsAttention,
    worker: null,
  };
  await updateSubmission(tx, submission.id, change);
  await recordAudit(tx, {
    actor: "system",
    action: "submission-unknown",
    subject: `submission:${submission.id}`,
    detail: { reason: "worker died", attempt: submission.attempts },
  });
  changes.push({ submissionId: submission.id, from: "sending", to: "unknown", resultCode: null });
  return { ...submission, ...change };
}

async function unregistered(tx: BusinessTx, branch: Branch, submission: Submission): Promise<Registration[]> {
  const wanted = registrationsOf(submission);
  const known = await findRegistrations(
    tx,
    branch.id,
    wanted.map(({ key }) => key),
  );
  return wanted.filter(({ key, facts }) => known.get(key) !== facts);
}

/** Intent before the call: state, attempt number and time are committed before the bytes leave (docs/receipt-states.md). */
async function send(
  tx: BusinessTx,
  { deps, branch, submission, now, changes }: Turn & { submission: Submission },
): Promise<Work> {
  const number = submission.attempts + 1;
  if (submission.invoiceNumber === null)
    throw new Error(`bug: submission ${submission.id} goes without a number`);
  await updateSubmission(tx, submission.id, {
    state: "sending",
    stateSince: now,
    attempts: number,
    worker: deps.worker,
  });
  await insertAttempt(tx, {
    submissionId: submission.id,
    number,
    invoiceNumber: submission.invoiceNumber,
    requestSha256: submission.requestSha256,
    worker: deps.worker,
    startedAt: now,
  });
  changes.push({ submissionId: submission.id, from: submission.state, to: "sending", resultCode: null });
  return {
    kind: "send",
    baseUrl: knownDevice(branch).baseUrl,
    request: { path: submission.requestPath, text: submission.requestText },
    repeated: submission.unknownAttempts > 0,
    attempt: attemptRef(submission, number),
  };
}
