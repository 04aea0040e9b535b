import type { ReceiptView } from "@fiscalise/shared/api/submissions.ts";
import type { Actor } from "../actor.ts";
import { countCopies } from "../db/receipt-copies.ts";
import { findReceipt, findSubmission } from "../db/submissions.ts";
import type { WithBusiness } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { presentReceipt } from "./present.ts";

export async function viewReceipt(
  deps: { withBusiness: WithBusiness },
  { actor, receiptId }: { actor: Actor; receiptId: string },
): Promise<ReceiptView> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    const receipt = await findReceipt(tx, receiptId);
    const submission = receipt && (await findSubmission(tx, receipt.submissionId));
    if (!receipt || !submission) throw new Failure("not-found", "no such receipt");
    return presentReceipt({ submission, receipt, copies: await countCopies(tx, receipt.id) });
  });
}
