import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import type { Actor } from "../actor.ts";
import { findBranchById } from "../db/branches.ts";
import { countCopies } from "../db/receipt-copies.ts";
import { countWaiting, findReceiptOf, type Submission } from "../db/submissions.ts";
import type { BusinessTx, WithBusiness } from "../db/with-business.ts";
import { listWriteBacks } from "../db/write-backs.ts";
import { requireSubmission } from "./find-submission.ts";
import { type Presentation, presentSubmission } from "./present.ts";

export async function viewSubmission(
  deps: { withBusiness: WithBusiness },
  input: { actor: Actor; submissionId: string; presentation: Presentation },
): Promise<SubmissionView> {
  return deps.withBusiness(input.actor.businessId, async (tx) =>
    describe(tx, await requireSubmission(tx, input.submissionId), input.presentation),
  );
}

export async function describe(
  tx: BusinessTx,
  submission: Submission,
  presentation: Presentation,
): Promise<SubmissionView> {
  const receipt = submission.state === "fiscalised" ? await findReceiptOf(tx, submission.id) : null;
  const before =
    submission.state === "queued" ? await countWaiting(tx, submission.branchId, submission.sequence) : 0;
  const branch = await findBranchById(tx, submission.branchId);
  if (!branch) throw new Error(`bug: submission ${submission.id} has no branch`);
  const copies = receipt ? await countCopies(tx, receipt.id) : 0;
  const writeBacks = receipt ? await listWriteBacks(tx, submission.id) : [];
  return presentSubmission({ submission, receipt, branch, before, copies, writeBacks }, presentation);
}
