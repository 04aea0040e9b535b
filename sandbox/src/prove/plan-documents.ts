import { kigaliDay } from "../vsdc/kigali-time.ts";
import { CUSTOMERS, ITEMS } from "../zoho/demo-parties.ts";
import { parseDocument } from "../zoho/documents.ts";
import { invoiceText } from "../zoho/invoice-builder.ts";
import { VAT } from "../zoho/invoice-parts.ts";
import type { InvoiceLine, InvoiceSpec } from "../zoho/invoice-spec.ts";
import type { Dice } from "./dice.ts";
import type { Trouble } from "./troubles.ts";

/** How the person at the screen behaves; of a third of all documents nobody presses anything, Zoho tells of them. */
export const MANNERS = [
  { name: "clicks once", weight: 60 },
  { name: "five clicks at once, both servers", weight: 20 },
  { name: "closes the page, clicks again", weight: 12 },
  { name: "withdraws, clicks again", weight: 5 },
  { name: "withdraws for good", weight: 3 },
  { name: "webhook", weight: 10 },
  { name: "webhook, again until taken", weight: 4 },
  { name: "webhook twice", weight: 6 },
  { name: "webhook twenty times at once", weight: 6 },
  { name: "webhook lost", weight: 8 },
  { name: "webhook lost, a forged one comes", weight: 6 },
  { name: "webhook while the server is dead", weight: 1 },
  { name: "webhook of the credit note first", weight: 9 },
] as const;
export type Manner = (typeof MANNERS)[number]["name"];

export interface PlannedDocument {
  business: number;
  zohoId: string;
  number: string;
  text: string;
  trouble: Trouble;
  manner: Manner;
  /** When it is clicked, or comes to be in Zoho; from the start of the storm. */
  atMs: number;
  /** The purchase code the person types after a refusal, null when they leave it refused. */
  correction: string | null;
  /** The credit note by which the person takes the sale back afterwards; null: it stands. */
  note: { zohoId: string; number: string; text: string } | null;
}

const REFUNDED_SHARE = 0.25;
/** Of those clicked: the automation may be there first. */
const CLICKED_AND_SENT_SHARE = 0.2;

const DOCUMENTS_PER_ITEM = 5;

export function planDocuments(
  dice: Dice,
  {
    documents,
    businesses,
    durationMs,
    troubles,
  }: { documents: number; businesses: number; durationMs: number; troubles: readonly Trouble[] },
): PlannedDocument[] {
  const items = planItems(documents);
  return Array.from({ length: documents }, (_, index) => {
    const trouble = dice.weighted(troubles);
    // Each at least once, however few documents there are.
    const manner = MANNERS[index]?.name ?? dice.weighted(MANNERS).name;
    const noteIsFirst = manner === "webhook of the credit note first";
    const zohoId = `48150000000${String(700_000_000 + index)}`;
    const number = `PRV-${String(index + 1).padStart(5, "0")}`;
    const spec = {
      id: zohoId,
      number,
      date: kigaliDay(new Date()),
      status: isTold(manner) || dice.chance(CLICKED_AND_SENT_SHARE) ? "sent" : "approved",
      ...planSale(dice, { index, trouble, items }),
    };
    const text = invoiceText(spec);
    return {
      business: index % businesses,
      zohoId,
      number,
      text,
      trouble,
      manner,
      // A server that dies late is waited for at the end.
      atMs: Math.floor(
        dice.fraction() * durationMs * (manner === "webhook while the server is dead" ? 0.5 : 1),
      ),
      correction: trouble.refused && dice.chance(0.6) ? purchaseCode("C", index) : null,
      note: noteIsFirst || dice.chance(REFUNDED_SHARE) ? planNote(text, { index, zohoId }) : null,
    };
  });
}

/** Nobody clicks: it is fiscalised by what Zoho tells of it, or by the sweep. */
export function isTold(manner: Manner): boolean {
  return manner.startsWith("webhook");
}

/** Over the whole invoice, applied to it. */
function planNote(invoice: string, { index, zohoId }: { index: number; zohoId: string }) {
  const { date, customer_id, customer_name, currency_code, total } = parseDocument(invoice);
  const id = `48150000000${String(900_000_000 + index)}`;
  const number = `PRC-${String(index + 1).padStart(5, "0")}`;
  const note = { creditnote_id: id, creditnote_number: number, status: "open", date, customer_id };
  const rest = { customer_name, currency_code, total, invoices_credited: [{ invoice_id: zohoId }] };
  return { zohoId: id, number, text: JSON.stringify({ ...note, ...rest, line_items: [] }) };
}

/** Enough items that the devices hear of new ones until the end. */
export function planItems(documents: number): InvoiceLine[] {
  const kinds = Object.values(ITEMS);
  return Array.from({ length: Math.ceil(documents / DOCUMENTS_PER_ITEM) }, (_, index) => {
    const kind = kinds[index % kinds.length];
    if (!kind) throw new Error("bug: no items");
    const itemId = `48150000000${String(800_000_000 + index)}`;
    return { ...kind, itemId, name: `${kind.name} ${index + 1}` };
  });
}

function planSale(
  dice: Dice,
  { index, trouble, items }: { index: number; trouble: Trouble; items: readonly InvoiceLine[] },
): Omit<InvoiceSpec, "id" | "number" | "date"> {
  const lines = Array.from({ length: dice.between(1, 4) }, () => planLine(dice, items));
  if (trouble.sentinel !== undefined) {
    lines.push({ name: `Sundries ${trouble.sentinel}`, quantity: "1", rate: "1180", tax: VAT });
  }
  const withTin = trouble.refused || dice.chance(0.2);
  if (!withTin) return { customer: CUSTOMERS.uwera, inclusive: dice.chance(0.2), lines };
  const code = trouble.refused ? "BADCOD" : purchaseCode("P", index);
  const customFields = { cf_customer_tin: "101234567", cf_purchase_code: code };
  return { customer: CUSTOMERS.isoko, customFields, lines };
}

/** Quantities and prices whose products do not come out even, so that exact devices have something to refuse. */
function planLine(dice: Dice, items: readonly InvoiceLine[]): InvoiceLine {
  const item = dice.pick(items);
  const quantity = dice.pick(["1", "2", "3", "7", "12", "1.75", "2.5", "12.375"]);
  const rate = dice.chance(0.3) ? `${dice.between(100, 90_000)}.${dice.between(10, 99)}` : item.rate;
  return { ...item, quantity, rate, ...(dice.chance(0.15) && { discount: "7.5%" }) };
}

/** Six characters, never twice in a campaign. */
function purchaseCode(first: string, index: number): string {
  return `${first}${index.toString(36).toUpperCase().padStart(5, "0")}`;
}
