import type { Amount } from "@fiscalise/shared/money.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import type { PaperForm, ReceiptLabel } from "@fiscalise/shared/receipt.ts";

/**
 * Everything a receipt prints, as stored at fiscalisation: the same value always renders to the same bytes.
 * All amounts are positive, VAT-inclusive RWF; a refund's minus signs are the renderer's (fiscal rules §8).
 */
export interface ReceiptDocument {
  label: ReceiptLabel;
  language: Language;
  seller: {
    name: string;
    tin: string;
    branchId: string;
    /** At least one; the certification asks for a header of three lines or more with name and TIN. */
    addressLines: string[];
    phone: string | null;
    email: string | null;
    topMessage: string | null;
    bottomMessage: string | null;
    /** The business's own, under its name and at the foot. */
    headerLines: string[];
    footerLines: string[];
    /** PNG or JPEG bytes, already vetted. */
    logo: Uint8Array | null;
  };
  /** The authority's mark, supplied by the operator; null when there is none. */
  authorityLogo: Uint8Array | null;
  buyer: { name: string | null; tin: string | null; mobile: string | null; purchaseCode: string | null };
  document: {
    number: string;
    /** Calendar day, yyyy-mm-dd. */
    date: string;
    currencyCode: string;
    exchangeRate: string;
    /** Total in the document's own currency. */
    total: string;
  };
  lines: ReceiptLine[];
  taxTotals: { taxClass: string; ratePercent: string; taxable: Amount; tax: Amount }[];
  total: Amount;
  tax: Amount;
  payment: "cash" | "credit" | "cash-credit" | "cheque" | "card" | "mobile-money" | "other";
  /** Null exactly for proforma and training receipts: they never carry device data. */
  device: {
    receiptNumber: string;
    totalNumber: string;
    internalData: string;
    signature: string;
    sdcId: string;
    mrcNumber: string;
    /** Kigali, yyyymmddhhmmss, as the device returned it. */
    publishedAt: string;
  } | null;
  /** What the QR encodes; null without device data. */
  qrText: string | null;
  /** Our number at the device, or the unsigned paper's own, and our moment of freezing (Kigali, yyyymmddhhmmss). */
  invoiceNumber: string;
  frozenAt: string;
  /** Refunds: the invoice number of the receipt refunded. */
  refundOf: string | null;
  /** Copies: 1 for the first. */
  copyNumber: number | null;
  software: { name: string; version: string };
}

export interface ReceiptLine {
  name: string;
  /** Empty on an unsigned paper where the item has none yet. */
  itemCode: string;
  quantity: string;
  unit: string;
  unitPrice: Amount;
  /** Before the discount. */
  supplyAmount: Amount;
  discountPercent: string;
  discountAmount: Amount;
  total: Amount;
  taxClass: string;
}

interface RollReceipt {
  roll: ReceiptDocument;
}
export type PrintedReceipt = ReceiptDocument | RollReceipt;

export function onPaper(receipt: ReceiptDocument, form: PaperForm): PrintedReceipt {
  return form === "roll" ? { roll: receipt } : receipt;
}
