import { receiptCounter } from "@fiscalise/shared/receipt.ts";
import * as z from "zod";
import { findBranchById } from "../db/branches.ts";
import { findBusiness } from "../db/businesses.ts";
import { insertReceipt, type Receipt, type Submission } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { qrText, type VerificationQr } from "../vsdc/rwanda/receipt-document.ts";
import type { SignedData } from "../vsdc/rwanda/sale-schema.ts";
import { BusinessSettingsSchema } from "./business-profile.ts";

/** The seller and the software as printed, frozen with the receipt so that it renders the same years later (§8). */
export const SellerSnapshotSchema = z.object({
  name: z.string(),
  tin: z.string(),
  branchId: z.string(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  language: z.enum(["en", "fr", "rw"]),
  topMessage: z.string().nullable(),
  bottomMessage: z.string().nullable(),
  software: z.object({ name: z.string(), version: z.string() }),
});
export type SellerSnapshot = z.infer<typeof SellerSnapshotSchema>;

export interface Paper {
  qr: VerificationQr;
  software: SellerSnapshot["software"];
}

/** Stores the device's own data and what the paper needs beside it. Nothing a business set may make this fail. */
export async function keepReceipt(
  tx: BusinessTx,
  paper: Paper,
  { submission, signed, adopted }: { submission: Submission; signed: SignedData; adopted: boolean },
): Promise<Receipt> {
  const seller = await snapshot(tx, submission, paper);
  return insertReceipt(tx, {
    submissionId: submission.id,
    receiptNumber: signed.rcptNo,
    totalNumber: signed.totRcptNo,
    internalData: signed.intrlData,
    signature: signed.rcptSign,
    publishedAt: signed.vsdcRcptPbctDate,
    sdcId: signed.sdcId,
    mrcNumber: signed.mrcNo,
    adopted,
    seller: seller.printed,
    qrText: qrText(
      {
        tin: seller.printed.tin,
        branchId: seller.printed.branchId,
        signature: signed.rcptSign,
        internalData: signed.intrlData,
        sdcId: signed.sdcId,
        counter: receiptCounter(signed.rcptNo, signed.totRcptNo, "NS"),
        publishedAt: signed.vsdcRcptPbctDate,
      },
      paper.qr,
    ),
    logo: seller.logo,
  });
}

async function snapshot(
  tx: BusinessTx,
  submission: Submission,
  { software }: Paper,
): Promise<{ printed: SellerSnapshot; logo: Uint8Array | null }> {
  const business = await findBusiness(tx);
  const branch = await findBranchById(tx, submission.branchId);
  if (!business || !branch) throw new Error("bug: a submission without its business or branch");
  const settings = BusinessSettingsSchema.safeParse(business.settings);
  return {
    printed: {
      name: business.name,
      tin: business.tin,
      branchId: branch.bhfId,
      address: business.address,
      phone: business.phone,
      email: business.email,
      language: business.language,
      topMessage: settings.data?.topMessage ?? null,
      bottomMessage: settings.data?.bottomMessage ?? null,
      software,
    },
    logo: business.logo,
  };
}
