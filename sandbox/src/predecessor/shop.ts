import type { Dice } from "../prove/dice.ts";
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
export const CLOCK_NUMBER = 1_732_000_000_000;
const MINUTE_MS = 60_000;

export interface Sold {
  number: number;
  documentId: string;
  total: number;
  receipt: OldReceipt;
}

type Change = Partial<Omit<OldActivity, "id">>;

export interface Shop {
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

export function shopOf(made: OldActivities, business: OldBusiness, dice: Dice): Shop {
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

export function note(made: OldActivities, tin: string, number: number): void {
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

export function oldNote(documentId: string, total: number): string {
  return JSON.stringify({
    creditnote: {
      ...{ creditnote_id: documentId, creditnote_number: `CN-${documentId.slice(-5)}`, status: "open" },
      ...{ date: "2024-12-02", currency_code: "RWF", total, customer_id: "4815000000030000001" },
    },
  });
}

export function sell(
  shop: Shop,
  change: { number?: number; receipt?: OldReceipt } = {},
): Sold & { id: number } {
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

export function giveBack(shop: Shop, { number, total }: Sold): number {
  const request = shop.request(shop.number(), total, number);
  const document = oldNote(shop.documentId(), total);
  shop.made.receipts += 1;
  const answer = oldAnswer(shop.receipt());
  return shop.add({ type: "credit_note", status: "success", document, request, answer });
}
