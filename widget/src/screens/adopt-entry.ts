import type { AdoptRequest } from "@fiscalise/shared/api/submissions.ts";

export type Entry = Omit<AdoptRequest, "confirmed">;
export type EntryField = keyof Entry;

export const EMPTY_ENTRY: Entry = {
  receiptNumber: "",
  totalNumber: "",
  signature: "",
  internalData: "",
  sdcId: "",
  mrcNumber: "",
  issuedAt: "",
};

// Lengths: docs/vsdc.md#receipt. Signature and internal data are base32.
const FORMATS: Record<EntryField, RegExp> = {
  receiptNumber: /^[1-9]\d{0,14}$/,
  totalNumber: /^[1-9]\d{0,14}$/,
  signature: /^[A-Z0-9]{16}$/,
  internalData: /^[A-Z0-9]{26}$/,
  sdcId: /^SDC\d{9}$/,
  mrcNumber: /^[A-Z0-9]{11}$/,
  issuedAt: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
};

export const fieldIsWellFormed = (field: EntryField, entry: Entry): boolean =>
  FORMATS[field].test(normalised(entry)[field]);

export const entryIsWellFormed = (entry: Entry): boolean =>
  (Object.keys(FORMATS) as EntryField[]).every((field) => fieldIsWellFormed(field, entry));

/** As printed with dashes, in capitals; the time as the receipt prints it, `dd/mm/yyyy hh:mm:ss`. */
export function normalised(entry: Entry): Entry {
  const plain = (text: string) => text.replace(/[\s-]/g, "").toUpperCase();
  return {
    receiptNumber: plain(entry.receiptNumber),
    totalNumber: plain(entry.totalNumber),
    signature: plain(entry.signature),
    internalData: plain(entry.internalData),
    sdcId: plain(entry.sdcId),
    mrcNumber: plain(entry.mrcNumber),
    issuedAt: entry.issuedAt.trim().replace(/^(\d\d)\/(\d\d)\/(\d{4})\s+/, "$3-$2-$1T"),
  };
}
