import type { OfferedPaper } from "@fiscalise/shared/receipt.ts";
import type { FiscalDocument } from "../../fiscal/document.ts";
import type { BusinessSettings } from "../business-profile.ts";

const NOT_YET_FINAL = ["draft", "pending_approval"];

export function isDraft({ status }: Pick<FiscalDocument, "status">): boolean {
  return status !== null && NOT_YET_FINAL.includes(status);
}

/** Of an invoice that has no receipt and none on its way. */
export function papersOffered(
  document: Pick<FiscalDocument, "status">,
  { trainingReceipts }: Pick<BusinessSettings, "trainingReceipts">,
): OfferedPaper[] {
  if (isDraft(document)) return ["proforma"];
  return trainingReceipts ? ["training"] : [];
}
