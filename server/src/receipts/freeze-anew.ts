import { type Branch, freeNumber, reserveNumber, switchToExact } from "../db/branches.ts";
import { findSubmission, type Submission, type SubmissionChange } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";
import { type LineArithmetic, wireAmounts } from "../vsdc/rwanda/line-arithmetic.ts";
import { freeze } from "./freeze.ts";
import { freezeRefundOf } from "./freeze-refund.ts";
import { loadProfile } from "./load-profile.ts";
import { actorOf, itemCodesOf, purchaseCodeOf, saleOf } from "./stored-submission.ts";

export interface FreezeAnew {
  branch: Branch;
  submission: Submission;
  now: Date;
  freeze: "exact" | "next-number";
}

/** New bytes for a definite refusal: exact arithmetic keeps the number, a taken number gets the next (rules 10, §6). */
export async function freezeAnew(
  tx: BusinessTx,
  input: FreezeAnew,
): Promise<SubmissionChange & { state: "queued" | "rejected" }> {
  const { branch, submission, now } = input;
  if (submission.invoiceNumber === null) throw new Error(`bug: submission ${submission.id} has no number`);
  const taken = input.freeze === "next-number";
  if (submission.transactionKind === "sale") {
    const arithmetic: LineArithmetic = taken ? submission.lineArithmetic : "exact";
    if (!taken) await switchToExact(tx, branch.id);
    if (wireLines(submission, arithmetic) > RWANDA.limits.wireLines) {
      await freeNumber(tx, branch.id, submission.invoiceNumber);
      return { state: "rejected", problem: "too-large", invoiceNumber: null };
    }
  }
  const invoiceNumber = taken ? await reserveNumber(tx, branch.id) : submission.invoiceNumber;
  return {
    ...(await frozen(tx, input, invoiceNumber)),
    state: "queued",
    nextAttemptAt: now,
    unknownAttempts: 0,
    unknownSince: null,
    numberConflicts: submission.numberConflicts + (taken ? 1 : 0),
  };
}

function wireLines(submission: Submission, arithmetic: LineArithmetic): number {
  return saleOf(submission).lines.reduce((lines, line) => lines + wireAmounts(line, arithmetic).length, 0);
}

async function frozen(tx: BusinessTx, input: FreezeAnew, invoiceNumber: bigint) {
  const { branch, submission, now } = input;
  if (submission.transactionKind === "refund") return frozenRefund(tx, input, invoiceNumber);
  const itemCodes = itemCodesOf(submission);
  return freeze({
    sale: saleOf(submission),
    profile: await loadProfile(tx, { branch, baseCurrency: "", itemKeys: Object.keys(itemCodes) }),
    actor: actorOf(submission),
    invoiceNumber,
    arithmetic: input.freeze === "exact" ? "exact" : submission.lineArithmetic,
    itemCodes,
    now,
  });
}

async function frozenRefund(tx: BusinessTx, { branch, submission, now }: FreezeAnew, invoiceNumber: bigint) {
  const { originalSubmissionId, refundReason } = submission;
  const sold = originalSubmissionId === null ? null : await findSubmission(tx, originalSubmissionId);
  if (!sold || refundReason === null) throw new Error(`bug: refund ${submission.id} without its original`);
  return freezeRefundOf(sold, {
    invoiceNumber,
    frozenAt: now,
    reason: refundReason,
    purchaseCode: purchaseCodeOf(submission),
    documentNumber: submission.documentNumber,
    actor: actorOf(submission),
    branch,
  });
}
