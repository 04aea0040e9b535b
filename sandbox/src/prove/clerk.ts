import { setTimeout as pause } from "node:timers/promises";
import { parseDocument } from "../zoho/documents.ts";
import { zohoTime } from "../zoho/zoho-time.ts";
import type { PlannedDocument } from "./plan-documents.ts";
import { isAnswering, type Stage } from "./stage.ts";

const BETWEEN_NOTE_AND_INVOICE_MS = 300;

/** Puts into Zoho what nobody will click; the organisation's workflow tells us of it, or should. */
export async function book(stage: Stage, document: PlannedDocument): Promise<void> {
  const { business, manner, text, note } = document;
  const { invoices, creditnotes } = booksOf(stage, business);
  // A dead server is a manner of its own.
  await isAnswering(toldServer(stage, business));
  const isNoteFirst = manner === "webhook of the credit note first";
  if (note && isNoteFirst) {
    creditnotes.put(modifiedNow(note.text));
    await pause(BETWEEN_NOTE_AND_INVOICE_MS);
  }
  if (manner === "webhook while the server is dead") toldServer(stage, business).process.kill();
  invoices.put(modifiedNow(text));
  if (note && !isNoteFirst) creditnotes.put(modifiedNow(note.text));
}

/** The server that made the organisation's webhooks is the one they lead to. */
export function toldServer({ servers }: Stage, business: number) {
  const server = servers[business % servers.length];
  if (!server) throw new Error("bug: a stage without servers");
  return server;
}

export function booksOf({ businesses, zoho }: Stage, index: number) {
  const business = businesses[index];
  if (!business) throw new Error(`bug: no business ${index}`);
  return zoho.forOrganization(business.organizationId);
}

function modifiedNow(text: string): string {
  const time = zohoTime(new Date());
  return JSON.stringify({ ...parseDocument(text), created_time: time, last_modified_time: time });
}
