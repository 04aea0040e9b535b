import { recordAudit } from "../db/audit.ts";
import { findSubmission, type Submission, updateSubmission } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";

/** A signed refund settles an original whose receipt data never came (docs/receipt-states.md). Under the branch's lock. */
export async function supersedeOriginal(tx: BusinessTx, refund: Submission, now: Date): Promise<void> {
  if (refund.originalSubmissionId === null) return;
  const original = await findSubmission(tx, refund.originalSubmissionId);
  if (original?.state !== "receipt-missing") return;
  await updateSubmission(tx, original.id, { state: "superseded", stateSince: now, needsAttention: false });
  await recordAudit(tx, {
    actor: "system",
    action: "submission-superseded",
    subject: `submission:${original.id}`,
    detail: { refund: refund.id },
  });
}
