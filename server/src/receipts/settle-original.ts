import { recordAudit } from "../db/audit.ts";
import { findSubmission, type Submission, updateSubmission } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { queueFieldsAgain } from "../db/write-backs.ts";

/**
 * What a signed refund does to its original: an invoice with a receipt shows it, one whose receipt data never came is
 * settled by it (docs/receipt-states.md). Under the branch's lock.
 */
export async function settleOriginal(tx: BusinessTx, refund: Submission, now: Date): Promise<void> {
  if (refund.originalSubmissionId === null) return;
  const original = await findSubmission(tx, refund.originalSubmissionId);
  if (original?.state === "fiscalised") await queueFieldsAgain(tx, original.id);
  if (original?.state !== "receipt-missing") return;
  await updateSubmission(tx, original.id, { state: "superseded", stateSince: now, needsAttention: false });
  await recordAudit(tx, {
    actor: "system",
    action: "submission-superseded",
    subject: `submission:${original.id}`,
    detail: { refund: refund.id },
  });
}
