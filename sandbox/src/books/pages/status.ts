import { daysBetween } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { ZohoInvoice } from "../invoice.ts";

export type Tone = "good" | "due" | "plain" | "info";

const TONES: Record<string, Tone> = {
  paid: "good",
  approved: "info",
  sent: "info",
  viewed: "info",
  unpaid: "due",
  overdue: "due",
  partially_paid: "due",
  open: "info",
  closed: "good",
  draft: "plain",
  void: "plain",
  accepted: "good",
};

/** Books says how late an invoice is, not only that it is. */
export function statusOf(invoice: ZohoInvoice, todayOn: string): { word: string; tone: Tone } {
  const late = invoice.due_date ? daysBetween(invoice.due_date, todayOn) : 0;
  const waiting = ["sent", "viewed", "unpaid", "overdue"].includes(invoice.status);
  if (waiting && late > 0) return { word: `Overdue by ${late} ${late === 1 ? "day" : "days"}`, tone: "due" };
  const word = invoice.status.replaceAll("_", " ") || "no status";
  return { word: word.charAt(0).toUpperCase() + word.slice(1), tone: TONES[invoice.status] ?? "plain" };
}

export function statusTag(status: { word: string; tone: Tone }): Html {
  return html`<span class="status status-${status.tone}">${status.word}</span>`;
}
