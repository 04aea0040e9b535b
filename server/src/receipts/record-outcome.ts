import { recordAudit } from "../db/audit.ts";
import { type Branch, noteAnswer, noteFailure } from "../db/branches.ts";
import { loseNumber, releaseRestored } from "../db/restored-devices.ts";
import {
  endAttempt,
  findSubmission,
  isReceiptKnown,
  type Submission,
  type SubmissionChange,
  updateSubmission,
} from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import {
  type AttemptResult,
  type NextStep,
  nextStep,
  restAfter,
  type SubmissionHistory,
} from "../fiscal/submission-life.ts";
import { namesLineAmounts, type SubmissionOutcome } from "../vsdc/outcome.ts";
import type { SignedData } from "../vsdc/rwanda/sale-schema.ts";
import type { AttemptRef, DrainDeps, StateChange } from "./draining.ts";
import { SIGNATURE_UNEXPECTED } from "./find-submission.ts";
import { freezeAnew } from "./freeze-anew.ts";
import { keepReceipt, type Paper } from "./keep-receipt.ts";
import { giveBack } from "./number-for.ts";
import { settleOriginal } from "./settle-original.ts";

export interface OutcomeInput {
  /** Locked. */
  branch: Branch;
  attempt: AttemptRef;
  outcome: SubmissionOutcome;
  answerText: string | null;
}

const ANSWER_KEPT = 20_000;

/** What an attempt came to, in one transaction: attempt, state, number, receipt, device health, audit. */
export async function recordOutcome(
  tx: BusinessTx,
  deps: Pick<DrainDeps, "clock" | "retry" | "breaker" | "paper">,
  input: OutcomeInput,
): Promise<StateChange[]> {
  const { attempt, outcome } = input;
  const now = deps.clock();
  const { branch } = input;
  const submission = await findSubmission(tx, attempt.submissionId);
  if (!submission) throw new Error(`bug: submission ${attempt.submissionId} is gone`);
  const words = "words" in outcome ? outcome.words : null;
  await endAttempt(tx, submission.id, attempt.number, {
    finishedAt: now,
    outcome: outcome.status,
    resultCode: words?.resultCode ?? null,
    reason: "reason" in outcome ? outcome.reason : null,
    answerText: input.answerText?.slice(0, ANSWER_KEPT) ?? null,
  });
  await noteHealth(tx, deps, branch, outcome, now);
  if (!isCurrent(submission, attempt) && !isLateSignature(submission, attempt, outcome)) {
    if (outcome.status === "signed" && !(await isReceiptKnown(tx, outcome.receipt))) {
      await reportUnexpected(tx, submission, attempt, outcome.receipt);
    }
    return [];
  }

  const step = nextStep(resultOf(outcome), historyOf(submission), now, deps.retry);
  const change = await carryOut(tx, { paper: deps.paper, branch, submission, outcome, step, now });
  await updateSubmission(tx, submission.id, {
    stateSince: now,
    worker: null,
    problem: null,
    ...(words && { resultCode: words.resultCode, resultMessage: words.resultMessage }),
    ...change,
  });
  await recordAudit(tx, {
    actor: "system",
    action: `submission-${change.state}`,
    subject: `submission:${submission.id}`,
    detail: {
      attempt: attempt.number,
      resultCode: words?.resultCode ?? null,
      ...("freeze" in step && step.freeze !== null && { frozenAnew: step.freeze }),
    },
  });
  if (branch.restoredAt !== null) await releaseRestored(tx, branch.id);
  const to = change.state;
  return [{ submissionId: submission.id, from: submission.state, to, resultCode: words?.resultCode ?? null }];
}

/** A refund repeats its original to the letter: no other arithmetic may be tried for it. */
function historyOf(submission: Submission): SubmissionHistory {
  return submission.transactionKind === "refund" ? { ...submission, lineArithmetic: "exact" } : submission;
}

/** Nobody took the attempt over while the call went on. */
function isCurrent(submission: Submission, attempt: AttemptRef): boolean {
  return submission.state === "sending" && submission.attempts === attempt.number;
}

/** A signature is never thrown away, even when the attempt was already given up as unknown. */
function isLateSignature(submission: Submission, attempt: AttemptRef, outcome: SubmissionOutcome): boolean {
  const open = ["sending", "unknown", "receipt-missing"].includes(submission.state);
  return outcome.status === "signed" && open && attempt.sha256 === submission.requestSha256;
}

/** A signature for bytes that were already settled otherwise: a person must look before the document goes again. */
async function reportUnexpected(
  tx: BusinessTx,
  submission: Submission,
  attempt: AttemptRef,
  receipt: SignedData,
): Promise<void> {
  await updateSubmission(tx, submission.id, { needsAttention: true, problem: SIGNATURE_UNEXPECTED });
  await recordAudit(tx, {
    actor: "system",
    action: SIGNATURE_UNEXPECTED,
    subject: `submission:${submission.id}`,
    detail: { attempt: attempt.number, sha256: attempt.sha256, ...receipt },
  });
}

function resultOf(outcome: SubmissionOutcome): AttemptResult {
  switch (outcome.status) {
    case "signed":
      return { kind: "signed" };
    case "rejected":
      return outcome.reason === "number-taken"
        ? { kind: "number-taken" }
        : { kind: "refused", namesLineAmounts: namesLineAmounts(outcome.words) };
    case "not-sent":
      return { kind: "not-sent" };
    case "unknown":
      return { kind: "unknown", signedBefore: outcome.signedBefore };
  }
}

async function noteHealth(
  tx: BusinessTx,
  deps: Pick<DrainDeps, "breaker">,
  branch: Branch,
  outcome: SubmissionOutcome,
  now: Date,
): Promise<void> {
  const answered = outcome.status === "signed" || outcome.status === "rejected";
  if (answered || (outcome.status === "unknown" && outcome.signedBefore))
    return noteAnswer(tx, branch.id, now);
  const restMs = restAfter(branch.failures + 1, deps.breaker);
  await noteFailure(tx, branch.id, { at: now, restMs });
}

interface StepInput {
  paper: Paper;
  branch: Branch;
  submission: Submission;
  outcome: SubmissionOutcome;
  step: NextStep;
  now: Date;
}

/** Where an attempt leads, and what else is stored of it. */
type Carried = SubmissionChange & Pick<NextStep, "state">;

async function carryOut(tx: BusinessTx, input: StepInput): Promise<Carried> {
  const { paper, branch, submission, outcome, step, now } = input;
  switch (step.state) {
    case "fiscalised":
      if (outcome.status !== "signed") throw new Error("bug: fiscalised without a signature");
      await keepReceipt(tx, paper, { submission, signed: outcome.receipt, source: "device" });
      await settleOriginal(tx, submission, now);
      return { state: "fiscalised", needsAttention: false };
    case "receipt-missing":
      // The number is used; in the time that is lost it may have been given back, and another document's since.
      if (branch.restoredAt !== null && submission.invoiceNumber !== null)
        await loseNumber(tx, branch.id, submission.invoiceNumber);
      return { state: "receipt-missing", needsAttention: true };
    case "rejected":
      return reject(tx, input, step);
    case "unknown":
      return {
        state: "unknown",
        unknownAttempts: submission.unknownAttempts + (outcome.status === "not-sent" ? 0 : 1),
        unknownSince: submission.unknownSince ?? now,
        nextAttemptAt: new Date(now.getTime() + step.retryInMs),
        needsAttention: step.needsAttention,
      };
    case "queued":
      if (step.freeze === null)
        return { state: "queued", nextAttemptAt: new Date(now.getTime() + step.retryInMs) };
      // Under which number and form it went before the restore is not known: a person says (docs/decisions/030).
      if (branch.restoredAt !== null)
        return reject(tx, input, { state: "rejected", number: "freed", problem: "device-refused" });
      return freezeAnew(tx, { branch, submission, now, freeze: step.freeze });
  }
}

async function reject(
  tx: BusinessTx,
  { branch, submission }: StepInput,
  step: Extract<NextStep, { state: "rejected" }>,
): Promise<Carried> {
  if (step.number === "freed" && submission.invoiceNumber !== null)
    await giveBack(tx, branch, submission.invoiceNumber);
  return { state: "rejected", problem: step.problem, invoiceNumber: null, needsAttention: false };
}
