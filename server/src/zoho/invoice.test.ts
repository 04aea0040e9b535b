import { describe, expect, it } from "vitest";
import { plain } from "../fiscal/decimal.ts";
import { parseExactJson } from "../fiscal/exact-json.ts";
import { readInvoice } from "./invoice.ts";

const NAMES = { buyerTin: "cf_tin", purchaseCode: "cf_code", contactTin: "cf_custtin" };

function parsed(document: object) {
  const result = readInvoice(parseExactJson(JSON.stringify(document)), NAMES);
  if (result.kind === "unreadable") throw new Error(JSON.stringify(result.fields));
  return result;
}
const read = (document: object) => parsed(document).document;
const silentIn = (document: object) => parsed(document).silent;

const unreadable = (document: object) => {
  const result = readInvoice(parseExactJson(JSON.stringify(document)), NAMES);
  return result.kind === "unreadable" ? result.fields.map(({ path }) => path) : [];
};

describe("readInvoice", () => {
  it.each([[{}], [{ total: null }], [{ total: "" }], [{ total: " " }], [{ total: [] }]])(
    "calls a total missing in %j",
    (document) => {
      expect(read(document).total).toBeNull();
    },
  );

  it.each([[{}], [{ line_items: null }], [{ line_items: "" }], [{ line_items: [] }]])(
    "finds no lines in %j",
    (document) => {
      expect(read(document).lines).toEqual([]);
    },
  );

  it("counts header rows and reads nothing else of them", () => {
    const { lines } = read({
      line_items: [{ line_item_category: "header", tax_percentage: "n/a" }, { name: "Coffee" }],
    });
    expect(lines.map(({ position, name }) => [position, name])).toEqual([[2, "Coffee"]]);
  });

  it("keeps a line without amounts, for the rules to judge", () => {
    const [absent] = read({ line_items: [{ name: "Coffee" }] }).lines;
    const [wrong] = read({
      line_items: [{ name: "Coffee", quantity: "two", rate: true, item_total: {} }],
    }).lines;
    expect(absent).toMatchObject({ quantity: null, rate: null, itemTotal: null });
    expect(wrong).toMatchObject({ quantity: null, rate: null, itemTotal: null });
  });

  it("names the place of an unreadable amount", () => {
    expect(unreadable({ total: "1,000.00" })).toEqual(["total"]);
    expect(unreadable({ line_items: [{}, { discount: "a tenth" }] })).toEqual(["line_items.1.discount"]);
    expect(unreadable({ line_items: [{ line_item_taxes: [{ tax_amount: "x" }] }] })).toEqual([
      "line_items.0.line_item_taxes.0.tax_amount",
    ]);
  });

  it.each([
    ["10.00%", "10", null],
    ["7.5 %", "7.5", null],
    ["500.00", null, "500"],
    [500, null, "500"],
    ["", null, null],
  ])("reads the discount %s", (discount, percent, value) => {
    const [line] = read({ line_items: [{ discount }] }).lines;
    expect(line?.discountPercent && plain(line.discountPercent)).toBe(percent);
    expect(line?.discountValue && plain(line.discountValue)).toBe(value);
  });

  it("adds up the percentages of several taxes on a line, and their amounts", () => {
    const parts = [
      { tax_amount: 15, tax_percentage: 15 },
      { tax_amount: "3.00", tax_percentage: 3 },
    ];
    const [line] = read({ line_items: [{ tax_percentage: 15, line_item_taxes: parts }] }).lines;
    expect(line?.tax.isGroup).toBe(true);
    expect(line && plain(line.tax.percentage)).toBe("18");
    expect(line?.tax.amount && plain(line.tax.amount)).toBe("18");
  });

  it("takes the buyer's TIN from the invoice, else from the contact", () => {
    const contact = { customer_custom_field_hash: { cf_custtin: "111111111" } };
    const listed = { custom_fields: [{ api_name: "cf_other" }, { api_name: "cf_tin", value: 103456789 }] };
    const hashed = { custom_fields: [], custom_field_hash: { cf_tin: "103456789" } };
    expect(read({ ...contact, ...listed }).buyer.tin).toBe("103456789");
    expect(read({ ...contact, ...hashed }).buyer.tin).toBe("103456789");
    expect(read({ ...contact, custom_field_hash: [] }).buyer.tin).toBe("111111111");
    expect(read({ custom_field_hash: "", customer_custom_field_hash: [] }).buyer.tin).toBeNull();
  });

  it("names the fields of the TIN that a document does not list; one without a value is listed", () => {
    const onInvoice = { entity: "invoice", apiName: "cf_tin" };
    const onContact = { entity: "contact", apiName: "cf_custtin" };
    expect(silentIn({})).toEqual([onInvoice, onContact]);
    expect(silentIn({ custom_fields: [{ api_name: "cf_tin", value: "" }] })).toEqual([onContact]);
    expect(silentIn({ custom_field_hash: { cf_tin: "" } })).toEqual([onContact]);
    expect(silentIn({ customer_custom_fields: [{ api_name: "cf_custtin" }] })).toEqual([onInvoice]);
    expect(silentIn({ custom_field_hash: [], customer_custom_field_hash: { cf_custtin: null } })).toEqual([
      onInvoice,
    ]);
  });
});
