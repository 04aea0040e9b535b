import type { Delivery } from "../zoho/deliveries.ts";
import { parseDocument } from "../zoho/documents.ts";
import type { BooksZoho } from "./zoho-view.ts";

export type WebhookView = Omit<Delivery, "organizationId" | "documentId"> & { document: string };

const SHOWN_MAX = 20;

/** The newest first. */
export function webhookViews(zoho: BooksZoho): WebhookView[] {
  const latest = zoho.deliveries.list().slice(-SHOWN_MAX).toReversed();
  return latest.map(({ organizationId: _, documentId, ...delivery }) => ({
    ...delivery,
    document: numberOf(zoho, documentId),
  }));
}

function numberOf({ invoices, creditnotes }: BooksZoho, id: string): string {
  const text = invoices.get(id) ?? creditnotes.get(id);
  if (text === undefined) return id;
  const { invoice_number, creditnote_number } = parseDocument(text);
  return String(invoice_number ?? creditnote_number ?? id);
}
