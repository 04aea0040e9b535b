import type { Actor } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import { findSubmission } from "../db/submissions.ts";
import { findUser } from "../db/users.ts";
import { isUuid, type WithBusiness } from "../db/with-business.ts";
import { listWriteBacks, unblockWriteBacks } from "../db/write-backs.ts";
import { Failure } from "../failure.ts";

/** "Try now": what is not written yet goes at once. Repeating it changes nothing. @throws Failure not-found */
export async function retryWriteBack(
  deps: { withBusiness: WithBusiness },
  { actor, submissionId }: { actor: Actor; submissionId: string },
): Promise<void> {
  await deps.withBusiness(actor.businessId, async (tx) => {
    const submission = isUuid(submissionId) ? await findSubmission(tx, submissionId) : null;
    if (!submission) throw new Failure("not-found", "no such submission");
    const parts = await listWriteBacks(tx, submission.id);
    if (parts.every(({ state }) => state === "done")) return;
    await unblockWriteBacks(tx, { submissionId: submission.id });
    const user = await findUser(tx, actor.userId);
    await recordAudit(tx, {
      actor: `user:${user?.number}`,
      origin: actor.origin,
      action: "write-back-retried",
      subject: `submission:${submission.id}`,
    });
  });
}
