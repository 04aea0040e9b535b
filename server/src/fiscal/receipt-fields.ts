import type { ReceiptLabel } from "@fiscalise/shared/receipt.ts";

/** What of a receipt an invoice in the books shows, each in a custom field of its own (docs/decisions/022). */
export const RECEIPT_FIELDS = ["receipt", "device", "verification", "status"] as const;
export type ReceiptField = (typeof RECEIPT_FIELDS)[number];

export interface WrittenReceipt {
  /** `53/62 NS` */
  counter: string;
  sdcId: string;
  /** `dd/mm/yyyy hh:mm:ss` */
  issuedAt: string;
  qrText: string;
  label: ReceiptLabel;
  /** Of the credit note that refunded it. */
  refund: { documentNumber: string; counter: string } | null;
}

/** Plain text, as whoever opens the invoice reads it. */
export function receiptFields(receipt: WrittenReceipt): Record<ReceiptField, string> {
  const { refund } = receipt;
  return {
    receipt: receipt.counter,
    device: `${receipt.sdcId} ${receipt.issuedAt}`,
    verification: receipt.qrText,
    status: refund ? `Refunded by ${refund.documentNumber} (${refund.counter})` : "Fiscalised",
  };
}

/** For a document that takes no fields; begins with the counter, by which it is found again. */
export function receiptComment(receipt: WrittenReceipt): string {
  return `${receipt.counter}: fiscal receipt of SDC ${receipt.sdcId}, ${receipt.issuedAt}. ${receipt.qrText}`;
}
