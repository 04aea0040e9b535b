import { receiptCounter } from "@fiscalise/shared/receipt.ts";
import { findRefundOf } from "../db/refunds.ts";
import { findReceiptOf, findSubmission, type Receipt, type Submission } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { printedMoment } from "../fiscal/calendar.ts";
import type { WrittenReceipt } from "../fiscal/receipt-fields.ts";

export interface Written {
  submission: Submission;
  receiptId: string;
  receipt: WrittenReceipt;
}

/** What is written of a submission's receipt; its refund counts once it is signed. */
export async function loadWritten(tx: BusinessTx, submissionId: string): Promise<Written> {
  const submission = await findSubmission(tx, submissionId);
  const receipt = submission && (await findReceiptOf(tx, submission.id));
  if (!submission || !receipt) throw new Error(`bug: nothing to write of submission ${submissionId}`);
  return { submission, receiptId: receipt.id, receipt: await written(tx, submission, receipt) };
}

async function written(tx: BusinessTx, submission: Submission, receipt: Receipt): Promise<WrittenReceipt> {
  const refund = await findRefundOf(tx, submission.id);
  const refunding = refund && (await findReceiptOf(tx, refund.id));
  return {
    counter: counterOf(receipt),
    sdcId: receipt.sdcId,
    issuedAt: printedMoment(receipt.publishedAt),
    qrText: receipt.qrText,
    label: receipt.label,
    refund:
      refund && refunding ? { documentNumber: refund.documentNumber, counter: counterOf(refunding) } : null,
  };
}

function counterOf({ receiptNumber, totalNumber, label }: Receipt): string {
  return receiptCounter(receiptNumber, totalNumber, label);
}
