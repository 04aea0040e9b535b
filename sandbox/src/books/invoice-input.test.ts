import { describe, expect, it } from "vitest";
import { judgeInvoice } from "./invoice-input.ts";

const invoice = {
  invoice_number: "INV-1",
  date: "2026-11-23",
  status: "sent",
  customer_name: "Isoko Traders Ltd",
  currency_code: "RWF",
  total: 1180,
  line_items: [{ name: "Rope", quantity: 1, rate: 1000, item_total: 1000 }],
};

describe("judgeInvoice", () => {
  it("accepts an invoice bare and as the API wraps it, with fields it does not know", () => {
    expect(judgeInvoice(JSON.stringify(invoice))).toEqual({ ok: true });
    expect(judgeInvoice(JSON.stringify({ code: 0, invoice: { ...invoice, cf_x: 1 } }))).toEqual({ ok: true });
  });

  it.each([
    [{ total: undefined }, "total is missing."],
    [{ total: "many" }, "total must be a number."],
    [{ customer_name: 5 }, "customer_name must be text."],
    [{ date: "23/11/2026" }, "date must be a day like 2026-11-23."],
    [{ currency_code: "Frw" }, "currency_code must be three capital letters, like RWF."],
    [{ line_items: [{ rate: "abc" }] }, "line_items[0].rate must be a number."],
    [{ invoice_id: "../x" }, "invoice_id may hold letters, digits, _ and - only."],
  ])("says in words what is wrong with %j", (over, sentence) => {
    const judged = judgeInvoice(JSON.stringify({ ...invoice, ...over }));
    expect(judged).toMatchObject({ ok: false, fields: [sentence] });
  });

  it("says where the JSON breaks", () => {
    expect(judgeInvoice('{"a" 1}')).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^This is not JSON: .+/),
    });
  });
});
