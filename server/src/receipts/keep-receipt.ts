import { findBusiness } from "../db/businesses.ts";
import { insertReceipt, type Receipt, type Submission } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import type { SignedData } from "../vsdc/rwanda/sale-schema.ts";
import { BusinessSettingsSchema } from "./business-profile.ts";

/** The seller as printed, frozen with the receipt so that it renders the same years later (fiscal rules §8). */
export interface SellerSnapshot {
  name: string;
  tin: string;
  address: string | null;
  phone: string | null;
  email: string | null;
  language: "en" | "fr" | "rw";
  topMessage: string | null;
  bottomMessage: string | null;
}

/** Stores the device's own data and what the paper needs beside it. */
export async function keepReceipt(
  tx: BusinessTx,
  { submission, signed, adopted }: { submission: Submission; signed: SignedData; adopted: boolean },
): Promise<Receipt> {
  const business = await findBusiness(tx);
  if (!business) throw new Error("bug: no business in its own transaction");
  const settings = BusinessSettingsSchema.parse(business.settings);
  const seller: SellerSnapshot = {
    name: business.name,
    tin: business.tin,
    address: business.address,
    phone: business.phone,
    email: business.email,
    language: business.language,
    topMessage: settings.topMessage,
    bottomMessage: settings.bottomMessage,
  };
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
    seller,
    logo: business.logo,
  });
}
