import { kigaliDay } from "../src/vsdc/kigali-time.ts";
import { CUSTOMERS } from "../src/zoho/demo-parties.ts";
import { invoiceText } from "../src/zoho/invoice-builder.ts";
import { NO_TAX, VAT, VAT_AND_LEVY } from "../src/zoho/invoice-parts.ts";
import type { InvoiceSpec } from "../src/zoho/invoice-spec.ts";

/** Zoho's id of the n-th, from 0 on. */
export const backlogId = (index: number) => `48150000000${String(600_000_000 + index)}`;

/** Before every invoice of the demo. */
export const backlogDay = () => kigaliDay(new Date(), -90);

/** An invoice of that day that every rule accepts. */
export function backlogInvoice(index: number, change: Partial<InvoiceSpec> = {}): string {
  return invoiceText({
    id: backlogId(index),
    number: `OLD-${String(index + 1).padStart(5, "0")}`,
    date: backlogDay(),
    customer: CUSTOMERS.uwera,
    lines: [{ name: "Paper A4", quantity: String(1 + (index % 7)), rate: "5000", unit: "box", tax: VAT }],
    ...change,
  });
}

/** Three that are refused, each for a reason of its own. */
export function refusedInvoices(from: number): string[] {
  const line = { name: "Paper A4", quantity: "1", rate: "5000", unit: "box" };
  return [
    backlogInvoice(from, { lines: [{ ...line, tax: VAT_AND_LEVY }] }),
    backlogInvoice(from + 1, { lines: [{ ...line, tax: NO_TAX }] }),
    backlogInvoice(from + 2, { customer: CUSTOMERS.isoko, customFields: { cf_customer_tin: "101234567" } }),
  ];
}
