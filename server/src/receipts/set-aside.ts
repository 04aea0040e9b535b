import { recordAudit } from "../db/audit.ts";
import { lockBranch } from "../db/branches.ts";
import { endAttempt, findSubmission, updateSubmission } from "../db/submissions.ts";
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
export const NOT_CARRIED_OUT = "not-carried-out";

/**
 * Lets a faulty submission ask for a person and step aside, keeping the device's answer when there is one: the same
 * bytes never go again while an answer to them waits.
 */
export async function setAside(
  tx: BusinessTx,
  input: {
    submissionId: string;
    branchId: string;
    answer: { attempt: AttemptRef; answerText: string | null } | null;
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
      outcome: "unknown",
      reason: NOT_CARRIED_OUT,
      answerText: answer.answerText,
    });
  }
  await updateSubmission(tx, submission.id, {
    ...(submission.state === "sending" && { state: "unknown" as const, stateSince: now, worker: null }),
    unknownSince: submission.state === "sending" ? (submission.unknownSince ?? now) : submission.unknownSince,
    needsAttention: true,
    problem: "internal-error",
    nextAttemptAt: new Date(now.getTime() + input.asideMs),
  });
  await recordAudit(tx, {
    actor: "system",
    action: "submission-set-aside",
    subject: `submission:${submission.id}`,
    detail: { answerKept: answer !== null },
  });
}
