import type { BulkDocumentState } from "@fiscalise/shared/bulk.ts";
import type { AllSettingsWords } from "../../../settings-words.ts";

export const bulkStateWords = (words: AllSettingsWords): Record<BulkDocumentState, string> => ({
  waiting: words.bulkStateWaiting,
  ready: words.bulkStateReady,
  refused: words.bulkStateRefused,
  failed: words.bulkStateFailed,
  "under-way": words.bulkStateUnderWay,
  fiscalised: words.stateFiscalised,
  rejected: words.bulkStateRejected,
  "receipt-missing": words.stateReceiptMissing,
  withdrawn: words.stateWithdrawn,
  superseded: words.stateSuperseded,
});

/** As on receipts: `5,000`. */
export const count = (number: number): string => number.toLocaleString("en-US");
