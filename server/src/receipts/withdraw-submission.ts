import { RECEIPT_ACTIONS } from "@fiscalise/shared/receipt.ts";
import { recordAudit } from "../db/audit.ts";
import { freeNumber, lockBranch } from "../db/branches.ts";
import { findSubmission, type Submission, updateSubmission } from "../db/submissions.ts";
import type { BusinessTx, WithBusiness } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { type Actor, auditName } from "./actor.ts";
import { actingUser } from "./fiscalise-invoice.ts";
import { requireSubmission } from "./view-submission.ts";

/** Takes back what was never sent; its number goes to the next submission. */
export async function withdrawSubmission(
  deps: { withBusiness: WithBusiness; clock: () => Date },
  { actor, submissionId }: { actor: Actor; submissionId: string },
): Promise<void> {
  await deps.withBusiness(actor.businessId, async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    requireState(submission, RECEIPT_ACTIONS.withdraw);
    if (submission.invoiceNumber !== null)
      await freeNumber(tx, submission.branchId, submission.invoiceNumber);
    await updateSubmission(tx, submission.id, {
      state: "withdrawn",
      stateSince: deps.clock(),
      invoiceNumber: null,
    });
    await recordAudit(tx, {
      actor: auditName(await actingUser(tx, actor)),
      action: "submission-withdrawn",
      subject: `submission:${submission.id}`,
    });
  });
}

/** The submission as it is once no sender can touch it: senders hold the branch's lock to change its state. */
export async function lockSubmission(tx: BusinessTx, id: string): Promise<Submission> {
  const seen = await requireSubmission(tx, id);
  await lockBranch(tx, seen.branchId);
  const submission = await findSubmission(tx, seen.id);
  if (!submission) throw new Error(`bug: submission ${id} vanished`);
  return submission;
}

export function requireState(submission: Submission, states: readonly string[]): void {
  if (states.includes(submission.state)) return;
  throw new Failure("action-not-allowed", `submission ${submission.id} is ${submission.state}`);
}
