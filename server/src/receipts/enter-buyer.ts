import type { FiscalDocument } from "../fiscal/document.ts";
import { tidy } from "../fiscal/text.ts";

export interface BuyerEntry {
  customerTin?: string | undefined;
  purchaseCode?: string | undefined;
}

/** What a person typed goes before what the document says (fiscal rules §1). */
export function enterBuyer(document: FiscalDocument, entry: BuyerEntry): FiscalDocument {
  const tin = tidy(entry.customerTin) ?? document.buyer.tin;
  const purchaseCode = tidy(entry.purchaseCode) ?? document.buyer.purchaseCode;
  return { ...document, buyer: { ...document.buyer, tin, purchaseCode } };
}
