import type { Branch } from "../db/branches.ts";
import type { BusinessTx } from "../db/with-business.ts";
import type { PreparedSale } from "../fiscal/prepare-sale.ts";
import { composeSale } from "./business-profile.ts";
import { type BuyerEntry, enterBuyer } from "./enter-buyer.ts";
import { type LoadedProfile, loadProfile } from "./load-profile.ts";
import type { SourceDocument } from "./read-document.ts";

export interface InvoiceToJudge {
  source: SourceDocument;
  baseCurrency: string;
  branch: Branch;
  entry: BuyerEntry;
  now: Date;
}

/** The invoice as it would be sent, or every reason why not; reserves and stores nothing. */
export async function prepareInvoice(
  tx: BusinessTx,
  { source, baseCurrency, branch, entry, now }: InvoiceToJudge,
): Promise<{ profile: LoadedProfile; prepared: PreparedSale }> {
  const profile = await loadProfile(tx, { branch, baseCurrency, itemKeys: source.itemKeys });
  return { profile, prepared: composeSale(enterBuyer(source.document, entry), profile, now) };
}
