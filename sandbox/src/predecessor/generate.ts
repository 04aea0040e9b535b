import { diceOf } from "../prove/dice.ts";
import { oldAnswer } from "./old-request.ts";

import {
  CLOCK_NUMBER,
  giveBack,
  note,
  type OldActivities,
  type OldBusiness,
  oldInvoice,
  type Shop,
  sell,
  shopOf,
} from "./shop.ts";

/** Activities as a few years of the predecessor leave them, dirt of every kind among them; the same for a seed. */
export function generateActivities(options: {
  seed: number;
  count: number;
  businesses: readonly OldBusiness[];
}): OldActivities {
  const dice = diceOf(options.seed);
  const made: OldActivities = { activities: [], expected: [], receipts: 0, held: 0, highest: new Map() };
  const shops = options.businesses.map((business) => shopOf(made, business, dice));
  const kinds = Object.values(DIRT);
  let next = 0;
  while (made.activities.length < options.count) {
    const shop = dice.pick(shops);
    // Each kind of dirt once before chance decides.
    if (next < kinds.length || dice.chance(DIRT_SHARE)) kinds[next % kinds.length]?.(shop);
    else if (dice.chance(REFUND_SHARE)) shop.refund();
    else shop.sale();
    next += 1;
  }
  return made;
}

const DIRT_SHARE = 0.1;
const REFUND_SHARE = 0.04;

/** Each makes one piece of dirt and says what must be said of it. */
const DIRT: Record<string, (shop: Shop) => void> = {
  "died before anything was sent": (shop) => {
    const id = shop.add({ status: "failed", document: oldInvoice(shop.documentId(), 590) });
    shop.says(id, "never-sent");
  },
  "the device refused, and the number came from the clock": (shop) => {
    const number = CLOCK_NUMBER + shop.number();
    note(shop.made, shop.business.tin, number);
    const request = shop.request(number, 590);
    const document = oldInvoice(shop.documentId(), 590);
    shop.says(
      shop.add({ status: "failed", document, request, answer: oldAnswer(null, "910") }),
      "refused-by-device",
    );
  },
  "no answer came": (shop) => {
    const request = shop.request(shop.number(), 590);
    const id = shop.add({ status: "timeout", document: oldInvoice(shop.documentId(), 590), request });
    shop.says(id, "outcome-unknown", true);
  },
  "killed on the way, and what was sent cannot be read": (shop) => {
    const id = shop.add({
      ...{ status: "pending", document: oldInvoice(shop.documentId(), 590) },
      request: JSON.stringify({ tin: shop.business.tin, invcNo: shop.number() }),
    });
    shop.says(id, "outcome-unknown", true);
  },
  "the number was used already": (shop) => {
    const request = shop.request(shop.sale().number, 590);
    const document = oldInvoice(shop.documentId(), 590);
    const answer = oldAnswer(null, "994");
    shop.says(shop.add({ status: "failed", document, request, answer }), "outcome-unknown", true);
  },
  "no answer came, and a retry was signed": (shop) => {
    const { documentId, total, id } = sell(shop);
    const request = shop.request(shop.number(), total);
    const lost = shop.add({ status: "timeout", document: oldInvoice(documentId, total), request });
    shop.says(lost, "outcome-unknown-beside-receipt");
    void id;
  },
  "signed, though the row says it failed": (shop) => {
    const { id } = sell(shop);
    const row = shop.made.activities[id - 1];
    if (row) row.status = "failed";
  },
  "the same receipt twice": (shop) => {
    const { documentId, total, number, receipt } = sell(shop);
    const [document, request] = [oldInvoice(documentId, total), shop.request(number, total)];
    const again = shop.add({ status: "success", document, request, answer: oldAnswer(receipt) });
    shop.says(again, "same-receipt-again");
  },
  "one document signed twice": (shop) => {
    const { documentId, total } = sell(shop);
    const [document, request] = [oldInvoice(documentId, total), shop.request(shop.number(), total)];
    const second = shop.add({ status: "success", document, request, answer: oldAnswer(shop.receipt()) });
    shop.says(second, "second-receipt");
  },
  "one document signed twice, and nobody knows in which order": (shop) => {
    const early = shop.receipt();
    const { documentId, total, id } = sell(shop);
    shop.made.receipts -= 1;
    shop.says(id, "receipts-ambiguous", true);
    const [document, request] = [oldInvoice(documentId, total), shop.request(shop.number(), total)];
    const other = shop.add({ status: "success", document, request, answer: oldAnswer(early) });
    shop.says(other, "receipts-ambiguous");
  },
  "one receipt for two documents": (shop) => {
    const one = sell(shop);
    const other = sell(shop, { receipt: one.receipt });
    shop.made.receipts -= 2;
    for (const { id } of [one, other]) shop.says(id, "receipt-of-two-documents", true);
  },
  "one number for two receipts": (shop) => {
    const one = sell(shop);
    const { id } = sell(shop, { number: one.number });
    shop.made.receipts -= 1;
    shop.says(id, "number-used-twice", true);
  },
  "what was sent cannot be read": (shop) => {
    const { id, number, total } = sell(shop);
    shop.made.receipts -= 1;
    const row = shop.made.activities[id - 1];
    if (row) row.request = shop.request(number, total).replace('"totItemCnt":1,', "");
    shop.says(id, "request-unreadable", true);
  },
  "the answer lacks a field": (shop) => {
    const { id, receipt } = sell(shop);
    shop.made.receipts -= 1;
    const { mrcNo: _, ...rest } = receipt;
    const row = shop.made.activities[id - 1];
    if (row) row.answer = oldAnswer(rest);
    shop.says(id, "receipt-incomplete", true);
  },
  "nothing says which document it was": (shop) => {
    const { id } = sell(shop);
    shop.made.receipts -= 1;
    const row = shop.made.activities[id - 1];
    if (row) row.document = null;
    shop.says(id, "document-unknown");
  },
  "a TIN of nobody": (shop) => {
    const id = shop.add({ status: "failed", tin: "999000111", document: oldInvoice(shop.documentId(), 590) });
    shop.says(id, "business-unknown");
  },
  "another TIN in the payload than at the device": (shop) => {
    const { id } = sell(shop);
    shop.made.receipts -= 1;
    const row = shop.made.activities[id - 1];
    if (row) row.tin = "999000222";
    shop.says(id, "tin-contradicts", true);
  },
  "a refund of nothing we know": (shop) => {
    const id = giveBack(shop, { ...shop.sale(), number: 77_777_777 });
    shop.made.receipts -= 1;
    shop.says(id, "refund-without-original");
  },
  "a second refund": (shop) => {
    const sold = sell(shop);
    giveBack(shop, sold);
    shop.says(giveBack(shop, sold), "second-refund");
    shop.made.receipts -= 1;
  },
  "dollars sent as francs": (shop) => {
    const { id, documentId, total } = sell(shop);
    const row = shop.made.activities[id - 1];
    if (row) row.document = oldInvoice(documentId, total, { currency_code: "USD", exchange_rate: 1350 });
  },
  "a text no database keeps": (shop) => {
    const { id, documentId, total } = sell(shop);
    const row = shop.made.activities[id - 1];
    if (row) row.document = oldInvoice(documentId, total, { customer_name: "Uwera\u0000 \ud83d Shop" });
  },
};
