import type { Actor } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import { updateSubmission } from "../db/submissions.ts";
import type { WithBusiness } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { actingUser, auditedBy } from "./actor.ts";
import { lockSubmission } from "./find-submission.ts";
import { may } from "./imported.ts";

/**
 * The device's own records show no receipt for what the predecessor left without an outcome: the document may be
 * fiscalised. Its number is not given back, the device may know it all the same.
 * @throws Failure action-not-allowed
 */
export async function declareUnsigned(
  deps: { withBusiness: WithBusiness; clock: () => Date },
  { actor, submissionId }: { actor: Actor; submissionId: string },
): Promise<void> {
  await deps.withBusiness(actor.businessId, async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    if (!may(submission, "declareUnsigned"))
      throw new Failure("action-not-allowed", `submission ${submission.id} cannot be declared unsigned`);
    await updateSubmission(tx, submission.id, {
      state: "withdrawn",
      stateSince: deps.clock(),
      needsAttention: false,
    });
    await recordAudit(tx, {
      ...auditedBy(await actingUser(tx, actor)),
      action: "submission-declared-unsigned",
      subject: `submission:${submission.id}`,
      detail: { invoiceNumber: submission.invoiceNumber?.toString() ?? null },
    });
  });
}
