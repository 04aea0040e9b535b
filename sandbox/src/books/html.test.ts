import { describe, expect, it } from "vitest";
import { html } from "./html.ts";
import { ZohoInvoiceSchema } from "./invoice.ts";
import { invoiceList } from "./pages/invoice-list.ts";
import { paper } from "./pages/paper.ts";

const HOSTILE = `"><img src=x onerror='alert(1)'>&`;
const ESCAPED = "&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;";

describe("html", () => {
  it("escapes every value, in lists and attributes too", () => {
    const { markup } = html`<ul title="${HOSTILE}">${[HOSTILE, html`<li>${HOSTILE}</li>`]}</ul>`;
    expect(markup).toBe(`<ul title="${ESCAPED}">${ESCAPED}<li>${ESCAPED}</li></ul>`);
  });

  it("writes nothing for what is not there, and zero as zero", () => {
    expect(html`${null}${undefined}${false}${""}${0}`.markup).toBe("0");
  });

  it("lets no text of a document become markup on the pages", () => {
    const invoice = ZohoInvoiceSchema.parse({
      invoice_id: HOSTILE,
      invoice_number: HOSTILE,
      reference_number: HOSTILE,
      customer_name: HOSTILE,
      currency_code: HOSTILE,
      status: HOSTILE,
      date: HOSTILE,
      due_date: HOSTILE,
      notes: HOSTILE,
      terms: HOSTILE,
      billing_address: { address: HOSTILE },
      custom_fields: [{ label: HOSTILE, value: HOSTILE }],
      taxes: [{ tax_name: HOSTILE, tax_amount: 1 }],
      documents: [{ file_name: HOSTILE }],
      line_items: [
        { name: HOSTILE, description: HOSTILE, unit: HOSTILE, tax_name: HOSTILE, discount: `${HOSTILE}%` },
        { line_item_category: "header", name: HOSTILE },
      ],
    });
    const todayOn = "2026-11-23";
    const pages = [
      invoiceList({ root: "/org/60", invoices: [invoice], todayOn }),
      paper(invoice, { organisationName: HOSTILE, todayOn }),
    ];
    for (const { markup } of pages) expect(markup.toLowerCase()).not.toContain("<img");
  });

  it("draws a document of which nothing is as it should be", () => {
    const odd = {
      invoice_id: 7,
      line_items: "none",
      custom_fields: null,
      taxes: {},
      total: "abc",
      billing_address: 1,
    };
    const invoice = ZohoInvoiceSchema.parse(odd);
    expect(paper(invoice, { organisationName: "X", todayOn: "2026-11-23" }).markup).toContain("INVOICE");
  });
});
