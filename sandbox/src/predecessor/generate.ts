import { type Dice, diceOf } from "../prove/dice.ts";
import { type OldReceipt, oldAnswer, oldRequest } from "./old-request.ts";

export interface OldBusiness {
  name: string;
  tin: string;
  isActive: boolean;
  organizationId: string | null;
  deviceUrl: string | null;
}

export interface OldActivity {
  id: number;
  type: "invoice" | "credit_note";
  status: "pending" | "success" | "failed" | "timeout" | "retry";
  tin: string | null;
  document: string | null;
  request: string | null;
  answer: string | null;
  at: Date;
}

/** What a migration must say of the row: a reason of its report, and whether its document is held. */
export interface Expected {
  id: number;
  reason: string;
  isHeld: boolean;
}

export interface OldActivities {
  activities: OldActivity[];
  expected: Expected[];
  /** Documents that come with a receipt. */
  receipts: number;
  held: number;
  /** By TIN. */
  highest: Map<string, number>;
}

/** Two decades of ids lie between the kinds, so that no two documents share one. */
const FIRST_DOCUMENT = 4_815_000_000_000;
/** What a number was guessed from when a document's had no digits: the clock. */
const CLOCK_NUMBER = 1_732_000_000_000;
const MINUTE_MS = 60_000;

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

interface Sold {
  number: number;
  documentId: string;
  total: number;
  receipt: OldReceipt;
}

type Change = Partial<Omit<OldActivity, "id">>;

interface Shop {
  business: OldBusiness;
  made: OldActivities;
  number: () => number;
  total: () => number;
  at: () => Date;
  receipt: () => OldReceipt;
  documentId: () => string;
  /** Adds a row; answers its id. */
  add: (row: Change & Pick<OldActivity, "status">) => number;
  request: (number: number, total: number, refundOf?: number) => string;
  sale: () => Sold;
  refund: () => void;
  says: (id: number, reason: string, isHeld?: boolean) => void;
}

function shopOf(made: OldActivities, business: OldBusiness, dice: Dice): Shop {
  let [numbers, receipts] = [0, 0];
  let moment = Date.UTC(2024, 0, 2, 8);
  const refundable: Sold[] = [];
  const sdcId = `SDC${business.tin}`;
  const shop: Shop = {
    business,
    made,
    number: () => {
      numbers += 1;
      note(made, business.tin, numbers);
      return numbers;
    },
    total: () => dice.between(1, 500) * 590,
    at: () => {
      moment += dice.between(1, 30) * MINUTE_MS;
      return new Date(moment);
    },
    receipt: () => {
      receipts += 1;
      const letters = (length: number) =>
        Array.from({ length }, () => dice.pick([..."ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"])).join("");
      return {
        ...{ rcptNo: receipts, totRcptNo: receipts, intrlData: letters(26), rcptSign: letters(16) },
        ...{ vsdcRcptPbctDate: stamp(new Date(moment)), sdcId, mrcNo: "WIS00012345" },
      };
    },
    documentId: () => String(FIRST_DOCUMENT + made.activities.length * 10 + dice.between(0, 9)),
    add: (row) => {
      const id = made.activities.length + 1;
      const plain = {
        type: "invoice" as const,
        tin: business.tin,
        document: null,
        request: null,
        answer: null,
      };
      made.activities.push({ ...plain, at: shop.at(), ...row, id });
      return id;
    },
    request: (number, total, refundOf) =>
      oldRequest({
        ...{ tin: business.tin, bhfId: "00", invoiceNumber: number, total, at: stamp(new Date(moment)) },
        ...(refundOf !== undefined && { refundOf }),
        customer: "Uwera Supermarket",
      }),
    sale: () => {
      const sold = sell(shop);
      refundable.push(sold);
      return sold;
    },
    refund: () => {
      const sold = refundable.shift();
      if (!sold) shop.sale();
      else giveBack(shop, sold);
    },
    says: (id, reason, isHeld = false) => {
      made.expected.push({ id, reason, isHeld });
      if (isHeld) made.held += 1;
    },
  };
  return shop;
}

function note(made: OldActivities, tin: string, number: number): void {
  made.highest.set(tin, Math.max(number, made.highest.get(tin) ?? 0));
}

export function stamp(at: Date): string {
  return new Date(at.getTime() + 120 * MINUTE_MS).toISOString().replace(/\D/g, "").slice(0, 14);
}

export function oldInvoice(documentId: string, total: number, change: object = {}): string {
  const invoice = {
    ...{ invoice_id: documentId, invoice_number: `INV-${documentId.slice(-6)}`, status: "sent" },
    ...{ date: "2024-11-25", currency_code: "RWF", exchange_rate: 1, price_precision: 2 },
    ...{ customer_id: "4815000000030000001", customer_name: "Uwera Supermarket", total, balance: total },
    line_items: [
      { line_item_id: `${documentId}1`, name: "Paper A4", quantity: 1, rate: total, item_total: total },
    ],
    ...change,
  };
  return JSON.stringify({ invoice });
}

function oldNote(documentId: string, total: number): string {
  return JSON.stringify({
    creditnote: {
      ...{ creditnote_id: documentId, creditnote_number: `CN-${documentId.slice(-5)}`, status: "open" },
      ...{ date: "2024-12-02", currency_code: "RWF", total, customer_id: "4815000000030000001" },
    },
  });
}

function sell(shop: Shop, change: { number?: number; receipt?: OldReceipt } = {}): Sold & { id: number } {
  const [total, number] = [shop.total(), change.number ?? shop.number()];
  const documentId = shop.documentId();
  const at = shop.at();
  const receipt = change.receipt ?? shop.receipt();
  const id = shop.add({
    ...{ status: "success", document: oldInvoice(documentId, total), request: shop.request(number, total) },
    ...{ answer: oldAnswer(receipt), at },
  });
  shop.made.receipts += 1;
  return { number, documentId, total, receipt, id };
}

function giveBack(shop: Shop, { number, total }: Sold): number {
  const request = shop.request(shop.number(), total, number);
  const document = oldNote(shop.documentId(), total);
  shop.made.receipts += 1;
  const answer = oldAnswer(shop.receipt());
  return shop.add({ type: "credit_note", status: "success", document, request, answer });
}

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
