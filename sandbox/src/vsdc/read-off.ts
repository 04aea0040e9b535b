import type { LedgerEntry } from "./ledger.ts";

/** What a person reads off the device, to be entered for a receipt whose answer was lost. */
export function readOff(signed: LedgerEntry | undefined) {
  if (!signed) throw new Error("nothing was signed");
  const { data } = signed;
  return {
    receiptNumber: String(data.rcptNo),
    totalNumber: String(data.totRcptNo),
    internalData: data.intrlData,
    signature: data.rcptSign,
    sdcId: data.sdcId,
    mrcNumber: data.mrcNo,
    issuedAt: data.vsdcRcptPbctDate.replace(/^(....)(..)(..)(..)(..)(..)$/, "$1-$2-$3T$4:$5:$6"),
    confirmed: true,
  };
}
