import type { Actor } from "../actor.ts";
import { type ListedReceipt, listReceipts, type ReceiptPlace } from "../db/receipt-lists.ts";
import type { WithBusiness } from "../db/with-business.ts";
import { type TaxTotals, taxTotalsOf } from "../vsdc/rwanda/receipt-document.ts";
import { wordsOf } from "./search-words.ts";

export type ReceiptLine = Omit<ListedReceipt, "requestText"> & { taxTotals: TaxTotals };

/** A batch in memory at a time, and no transaction open while a slow reader takes it. */
const BATCH = 500;

/** Every receipt of the days asked for, in the order issued; one added meanwhile comes along if its turn is yet to come. */
export async function* exportReceipts(
  deps: { withBusiness: WithBusiness },
  {
    actor,
    from,
    to,
    search,
  }: { actor: Actor; from: string | null; to: string | null; search: string | null },
): AsyncGenerator<ReceiptLine[]> {
  const words = wordsOf(search);
  let after: ReceiptPlace | null = null;
  for (;;) {
    const asked = { from, to, words, after, limit: BATCH };
    const batch: ListedReceipt[] = await deps.withBusiness(actor.businessId, (tx) => listReceipts(tx, asked));
    if (batch.length > 0) yield batch.map(reportLine);
    after = batch.at(-1) ?? null;
    if (batch.length < BATCH) return;
  }
}

function reportLine({ requestText, ...receipt }: ListedReceipt): ReceiptLine {
  return { ...receipt, taxTotals: taxTotalsOf(requestText) };
}
