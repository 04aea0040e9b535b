import type { Refundable } from "@fiscalise/shared/api/credit-notes.ts";
import { receiptCounter } from "@fiscalise/shared/receipt.ts";
import { type Candidate, findRefundOf } from "../db/refunds.ts";
import { latestSubmission, type Submission } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { decimal, plain } from "../fiscal/decimal.ts";
import type { OriginalSale } from "../fiscal/judge-refund.ts";
import { isReadable } from "./imported.ts";
import { saleOf } from "./stored-submission.ts";

export interface Original {
  submission: Submission;
  sale: OriginalSale;
}

const SIGNED = ["fiscalised", "receipt-missing"];

/** The sale of an invoice, as a refund must know it. */
export async function findOriginal(tx: BusinessTx, zohoInvoiceId: string): Promise<Original | null> {
  const submission = await latestSubmission(tx, { kind: "invoice", zohoId: zohoInvoiceId });
  if (!submission) return null;
  const { buyer, currencyCode, total } = saleOf(submission);
  return {
    submission,
    sale: {
      isSigned:
        isReadable(submission) && (SIGNED.includes(submission.state) || submission.state === "superseded"),
      isRefunded: (await findRefundOf(tx, submission.id)) !== null,
      customerId: submission.zohoCustomerId,
      buyerTin: buyer.tin,
      currencyCode,
      total,
    },
  };
}

export function presentRefundable({ submission, receipt }: Candidate): Refundable {
  const { date } = submission.sale as { date: string };
  return {
    zohoInvoiceId: submission.zohoDocumentId,
    documentNumber: submission.documentNumber,
    counter: receipt && receiptCounter(receipt.receiptNumber, receipt.totalNumber, receipt.label),
    date,
    buyerName: submission.buyerName,
    total: plain(decimal(submission.total)),
  };
}
