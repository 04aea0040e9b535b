import { describe, expect, it } from "vitest";
import { readText } from "./books-document.ts";
import { html } from "./html.ts";
import { documentList } from "./pages/document-list.ts";
import { documentPage } from "./pages/document-page.ts";
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

  it.each(["invoices", "creditnotes", "estimates"] as const)(
    "lets no text of a document become markup on the pages of %s",
    (kind) => {
      const text = JSON.stringify({
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
        creditnote_id: HOSTILE,
        creditnote_number: HOSTILE,
        documents: [{ document_id: HOSTILE, file_name: HOSTILE }],
        invoices_credited: [{ invoice_id: HOSTILE, invoice_number: HOSTILE }],
        line_items: [
          { name: HOSTILE, description: HOSTILE, unit: HOSTILE, tax_name: HOSTILE, discount: `${HOSTILE}%` },
          { line_item_category: "header", name: HOSTILE },
        ],
      });
      const todayOn = "2026-11-23";
      const document = readText(kind, text);
      const view = { root: "/org/60", kind, documents: [document], todayOn };
      const comments = [{ by: HOSTILE, at: HOSTILE, text: HOSTILE }];
      const context = { organisationName: HOSTILE, widgetOrigin: "http://localhost:1", comments };
      const pages = [documentList(view), documentPage(view, document, context)];
      for (const { markup } of pages) expect(markup.toLowerCase()).not.toContain("<img");
    },
  );

  it("draws a document of which nothing is as it should be", () => {
    const odd = {
      invoice_id: 7,
      line_items: "none",
      custom_fields: null,
      taxes: {},
      total: "abc",
      billing_address: 1,
    };
    const invoice = readText("invoices", JSON.stringify(odd));
    expect(paper(invoice, { organisationName: "X", todayOn: "2026-11-23" }).markup).toContain("INVOICE");
  });
});
