import { parseDocument } from "../zoho/documents.ts";
import { type ZohoInvoice, ZohoInvoiceSchema } from "./invoice.ts";
import type { BooksZoho } from "./zoho-view.ts";

/** What tells the pages of the kinds of document apart. */
export const KINDS = {
  invoices: {
    entity: "invoice",
    word: "Invoice",
    words: "Invoices",
    title: "INVOICE",
    balanceWord: "Balance Due",
    widgetPage: "/app/widget.html",
  },
  creditnotes: {
    entity: "creditnote",
    word: "Credit Note",
    words: "Credit Notes",
    title: "CREDIT NOTE",
    balanceWord: "Credits Remaining",
    widgetPage: "/app/creditnote.html",
  },
  estimates: {
    entity: "estimate",
    word: "Estimate",
    words: "Estimates",
    title: "ESTIMATE",
    balanceWord: "",
    widgetPage: "/app/estimate.html",
  },
} as const;
export type Kind = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as Kind[];

export type BooksDocument = ZohoInvoice & { kind: Kind; id: string; number: string };
export type Comment = { by: string; at: string; text: string };

const SHOWN_MAX = 200;

/** The newest first, as Books lists them. */
export function readDocuments(zoho: BooksZoho, kind: Kind): BooksDocument[] {
  const texts = zoho[kind].list().slice(-SHOWN_MAX);
  return texts
    .map((text) => readText(kind, text))
    .sort((a, b) => b.date.localeCompare(a.date) || b.number.localeCompare(a.number));
}

export function readDocument(zoho: BooksZoho, kind: Kind, id: string): BooksDocument | null {
  const text = zoho[kind].get(id);
  return text === undefined ? null : readText(kind, text);
}

/** The latest first. */
export function commentsOf(zoho: BooksZoho, { kind, id }: BooksDocument): Comment[] {
  const own = zoho.comments
    .list()
    .map(parseDocument)
    .filter((comment) => comment[`${KINDS[kind].entity}_id`] === id);
  return own.toReversed().map(({ commented_by, date, time, description }) => ({
    by: String(commented_by),
    at: `${date} ${time}`,
    text: String(description),
  }));
}

export function readText(kind: Kind, text: string): BooksDocument {
  const document = ZohoInvoiceSchema.parse(JSON.parse(text));
  const { entity } = KINDS[kind];
  return { ...document, kind, id: document[`${entity}_id`], number: document[`${entity}_number`] };
}
