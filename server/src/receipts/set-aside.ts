import { recordAudit } from "../db/audit.ts";
import { lockBranch } from "../db/branches.ts";
import {
  endAttempt,
  findAttempt,
  findSubmission,
  type Submission,
  updateSubmission,
} from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import type { AttemptRef } from "./draining.ts";

/** Something of ours failed at one submission; `cause` is what. */
export class SubmissionFault extends Error {
  readonly submissionId: string;

  constructor(submissionId: string, cause: unknown) {
    super(`submission ${submissionId} failed`, { cause });
    this.name = "SubmissionFault";
    this.submissionId = submissionId;
  }
}

/** An answer that is stored but could not be carried out; it is judged again before anything is sent. */
const NOT_CARRIED_OUT = "not-carried-out";

export interface AnswerInHand {
  attempt: AttemptRef;
  /** Null when nothing was heard. */
  text: string | null;
  /** HTTP 200: only such an answer may be judged later; any other is as good as lost. */
  judgeable: boolean;
  /** Proven: no byte of the attempt left. */
  notSent: boolean;
}

/** The device's answer to the submission's latest attempt, when it still waits to be carried out. */
export async function keptAnswer(tx: BusinessTx, submission: Submission): Promise<string | null> {
  const attempt = await findAttempt(tx, submission.id, submission.attempts);
  return attempt?.reason === NOT_CARRIED_OUT ? attempt.answerText : null;
}

/**
 * Lets a faulty submission ask for a person and step aside, keeping the device's answer when there is one: the same
 * bytes never go again while an answer to them waits. Without one, an attempt that may have left counts as unknown, or
 * a later 924 would be taken for another till's.
 */
export async function setAside(
  tx: BusinessTx,
  input: {
    submissionId: string;
    branchId: string;
    answer: AnswerInHand | null;
    now: Date;
    asideMs: number;
  },
): Promise<void> {
  const { answer, now } = input;
  await lockBranch(tx, input.branchId);
  const submission = await findSubmission(tx, input.submissionId);
  if (!submission) throw new Error(`bug: submission ${input.submissionId} is gone`);
  if (answer !== null) {
    await endAttempt(tx, submission.id, answer.attempt.number, {
      finishedAt: now,
      outcome: answer.notSent ? "not-sent" : "unknown",
      reason: answer.judgeable ? NOT_CARRIED_OUT : "not-recorded",
      answerText: answer.text,
    });
  }
  const isOurs = answer === null || answer.attempt.number === submission.attempts;
  const kept = await keptAnswer(tx, submission);
  const leaves = submission.state === "sending" && isOurs;
  const counts = leaves && kept === null && answer?.notSent !== true;
  await updateSubmission(tx, submission.id, {
    ...(leaves && { state: "unknown" as const, stateSince: now, worker: null }),
    ...(leaves && { unknownSince: submission.unknownSince ?? now }),
    ...(counts && { unknownAttempts: submission.unknownAttempts + 1 }),
    needsAttention: true,
    problem: "internal-error",
    nextAttemptAt: new Date(now.getTime() + input.asideMs),
  });
  await recordAudit(tx, {
    actor: "system",
    action: "submission-set-aside",
    subject: `submission:${submission.id}`,
    detail: { answerKept: kept !== null },
  });
}
