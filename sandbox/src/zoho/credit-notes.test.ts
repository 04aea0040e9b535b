import { afterEach, describe, expect, it } from "vitest";
import { type CreditNoteSpec, creditNoteText } from "./credit-note-builder.ts";
import { demoDocuments } from "./demo-documents.ts";
import { parseDocument } from "./documents.ts";
import { invoiceText } from "./invoice-builder.ts";
import { VAT } from "./invoice-parts.ts";
import { getBooks } from "./zoho-call.ts";
import { createZohoFixture } from "./zoho-fixture.ts";

const { start, closeAll } = createZohoFixture();
afterEach(closeAll);

const INVOICE = invoiceText({
  id: "50",
  number: "INV-50",
  date: "2026-03-01",
  discount: { value: "10%", beforeTax: true },
  shipping: { charge: "1000", tax: VAT },
  lines: [
    { name: "Chair", quantity: "3", rate: "100.10", tax: VAT, header: "Furniture" },
    { name: "Desk", rate: "500", tax: VAT },
  ],
});

function note(spec: Partial<CreditNoteSpec> = {}) {
  return creditNoteText(INVOICE, { id: "60", number: "CN-60", date: "2026-03-05", ...spec });
}

describe("a credit note", () => {
  it("of the whole invoice has its amounts and lines, and says where it was used", () => {
    const text = note({ applied: "original" });
    expect(JSON.parse(text)).toMatchObject({
      creditnote_number: "CN-60",
      status: "closed",
      total: JSON.parse(INVOICE).total,
      balance: 0,
      line_items: [{ line_item_category: "header" }, { line_item_id: "60002" }, { line_item_id: "60003" }],
      invoices_credited: [{ invoice_id: "50", invoice_number: "INV-50", invoice_date: "2026-03-01" }],
    });
    expect(parseDocument(text)).not.toHaveProperty("invoice_id");
    expect(JSON.parse(note())).toMatchObject({ status: "open", invoices_credited: [] });
  });

  it("of some lines adds up, with the lines' share of the discount and without shipping", () => {
    const part = JSON.parse(note({ lines: [{ index: 0, quantity: "1" }] }));
    expect(part).toMatchObject({
      line_items: [{ name: "Chair", quantity: 1, item_total: 100.1 }],
      sub_total: 100.1,
      discount_total: 10.01,
      tax_total: 16.22,
      total: 106.31,
      shipping_charge: 0,
    });
    expect(() => note({ lines: [{ index: 2 }] })).toThrow("no line 2");
  });

  it("used on several invoices keeps what is left as its balance", () => {
    const credit = { invoiceNumber: "INV", invoiceDate: "2026-03-01" };
    const applied = [
      { ...credit, invoiceId: "50", amount: "100.00" },
      { ...credit, invoiceId: "51", amount: "50.50" },
    ];
    const { total, balance, invoices_credited } = JSON.parse(note({ applied, status: "open" }));
    expect(balance).toBeCloseTo(total - 150.5, 2);
    expect(invoices_credited).toMatchObject([{ invoice_id: "50" }, { amount_applied: 50.5 }]);
  });

  it("is listed and read with its own scope, and filtered", async () => {
    const zoho = await start({ documents: demoDocuments() });
    const { accessToken } = zoho.grant({ scopes: ["ZohoBooks.creditnotes.READ"] });
    const get = (path: string) => getBooks(zoho, path, accessToken);
    const all = await get("/creditnotes");
    expect(all.body.creditnotes).toHaveLength(4);
    expect(all.text).not.toContain("line_items");
    expect((await get("/creditnotes?status=draft")).body).toMatchObject({
      creditnotes: [{ creditnote_number: "CN-000104" }],
      page_context: { report_name: "Credit Notes" },
    });
    const [id = ""] = zoho.creditnotes.ids();
    expect((await get(`/creditnotes/${id}`)).text).toContain(zoho.creditnotes.get(id));
    expect(await get("/creditnotes/1")).toMatchObject({ status: 404, body: { code: 1002 } });
    expect((await get("/invoices")).body.code).toBe(57);
  });

  it("is voided from code, unless its credit is in use", async () => {
    const zoho = await start();
    zoho.creditnotes.put(note({ applied: "original" }));
    zoho.creditnotes.put(note({ id: "61" }));
    zoho.setStatus("creditnotes", "61", { status: "void" });
    expect(zoho.creditnotes.get("61")).toContain('"status":"void"');
    expect(() => zoho.setStatus("creditnotes", "60", { status: "void" })).toThrow("take it back");
    expect(() => zoho.setStatus("creditnotes", "61", { status: "lost" })).toThrow("no status");
  });
});
