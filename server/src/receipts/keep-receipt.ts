import { normalLabel, type ReceiptSource, receiptCounter } from "@fiscalise/shared/receipt.ts";
import { insertReceipt, type Receipt, type Submission } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { queueWriteBacks } from "../db/write-backs.ts";
import { qrText, type VerificationQr } from "../vsdc/rwanda/receipt-document.ts";
import type { SignedData } from "../vsdc/rwanda/sale-schema.ts";
import type { Software } from "./seller-snapshot.ts";
import { sellerOfStored } from "./stored-submission.ts";

export interface Paper {
  qr: VerificationQr;
  software: Software;
}

/** Stores the device's own data and all the paper needs beside it, so that it renders the same years later (§8). */
export async function keepReceipt(
  tx: BusinessTx,
  paper: Paper,
  { submission, signed, source }: { submission: Submission; signed: SignedData; source: ReceiptSource },
): Promise<Receipt> {
  const seller = sellerOfStored(submission);
  const label = normalLabel(submission);
  const facts = {
    tin: seller.tin,
    branchId: seller.branchId,
    signature: signed.rcptSign,
    internalData: signed.intrlData,
    sdcId: signed.sdcId,
    counter: receiptCounter(signed.rcptNo, signed.totRcptNo, label),
    publishedAt: signed.vsdcRcptPbctDate,
  };
  // What a restored database forgot was written then; a person enters it again.
  await queueWriteBacks(tx, submission, { mayBeThere: source === "adopted" });
  return insertReceipt(tx, {
    submissionId: submission.id,
    receiptNumber: signed.rcptNo,
    totalNumber: signed.totRcptNo,
    internalData: signed.intrlData,
    signature: signed.rcptSign,
    publishedAt: signed.vsdcRcptPbctDate,
    sdcId: signed.sdcId,
    mrcNumber: signed.mrcNo,
    source,
    seller: { ...seller, software: paper.software },
    qrText: qrText(facts, paper.qr),
    issuedOn: signed.vsdcRcptPbctDate.replace(/^(\d{4})(\d{2})(\d{2}).*/, "$1-$2-$3"),
    label,
    total: submission.total,
    vat: submission.vat,
  });
}
