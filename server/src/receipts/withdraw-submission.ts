import { RECEIPT_ACTIONS } from "@fiscalise/shared/receipt.ts";
import type { Actor } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import { freeNumber } from "../db/branches.ts";
import { updateSubmission } from "../db/submissions.ts";
import type { WithBusiness } from "../db/with-business.ts";
import { actingUser, auditedBy } from "./actor.ts";
import { lockSubmission, requireState } from "./find-submission.ts";

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
      ...auditedBy(await actingUser(tx, actor)),
      action: "submission-withdrawn",
      subject: `submission:${submission.id}`,
    });
  });
}
