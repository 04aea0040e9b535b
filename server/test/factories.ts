import { invoiceText } from "../../sandbox/src/zoho/invoice-builder.ts";
import { VAT } from "../../sandbox/src/zoho/invoice-parts.ts";
import type { InvoiceLine, InvoiceSpec } from "../../sandbox/src/zoho/invoice-spec.ts";

let made = 0;

/** Kigali's calendar day, which is what the rules compare with. */
export function today(offsetDays = 0): string {
  return new Date(Date.now() + 2 * 3_600_000 + offsetDays * 86_400_000).toISOString().slice(0, 10);
}

export function line(change: Partial<InvoiceLine> = {}): InvoiceLine {
  return { name: "Paper A4", quantity: "2", rate: "5000", tax: VAT, unit: "box", ...change };
}

/** An invoice every rule accepts: 2 × 5,000 + 18 % = 11,800 RWF. */
export function invoice(change: Partial<InvoiceSpec> = {}): { id: string; text: string } {
  made += 1;
  const id = `48150000000${String(process.pid).padStart(7, "0")}${String(made).padStart(5, "0")}`;
  const spec = {
    id,
    number: `INV-${String(made).padStart(6, "0")}`,
    date: today(),
    lines: [line()],
    ...change,
  };
  return { id: spec.id, text: invoiceText(spec) };
}

/** A line that makes the device misbehave once (docs/sandbox.md). */
export function sentinel(text: string): Partial<InvoiceSpec> {
  return { lines: [line({ name: `Cable [[${text}]]` })] };
}
