import { recordAudit } from "../db/audit.ts";
import { enqueueDevice } from "../db/queue.ts";
import { insertSubmission, type NewSubmission, type Submission } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { auditedBy, type Requester } from "./actor.ts";

type Accepted = Omit<
  NewSubmission,
  "state" | "stateSince" | "createdAt" | "nextAttemptAt" | "createdBy" | "actor"
> & {
  invoiceNumber: bigint;
  user: Requester;
  now: Date;
  /** Signed before the database was restored: never sent, its receipt is entered (docs/decisions/030). */
  isSigned: boolean;
};

/** Stores an accepted document with its frozen bytes and tells its device. Call under the branch's lock. */
export async function queueSubmission(
  tx: BusinessTx,
  { user, now, isSigned, ...accepted }: Accepted,
): Promise<Submission> {
  const submission = await insertSubmission(tx, {
    ...accepted,
    state: isSigned ? "receipt-missing" : "queued",
    needsAttention: isSigned,
    stateSince: now,
    createdAt: now,
    nextAttemptAt: now,
    createdBy: user.id,
    actor: { number: user.number, name: user.name },
  });
  await recordAudit(tx, {
    ...auditedBy(user),
    action: isSigned ? "submission-found-again" : "submission-accepted",
    subject: `submission:${submission.id}`,
    detail: { invoiceNumber: accepted.invoiceNumber.toString(), sha256: accepted.requestSha256 },
  });
  if (!isSigned) await enqueueDevice(tx, accepted.branchId, "now");
  return submission;
}
