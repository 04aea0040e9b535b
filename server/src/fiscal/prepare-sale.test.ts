import { describe, expect, it } from "vitest";
import { previewCase } from "../receipts/preview.ts";

/** What the golden examples would be too long or too alike for. */
const line = {
  name: "Coffee",
  quantity: 1,
  rate: "33.33",
  item_total: "33.33",
  tax_id: "vat",
  tax_percentage: 18,
};
const document = {
  status: "sent",
  date: "2026-11-20",
  currency_code: "RWF",
  line_items: [line],
  total: "39.33",
};

function problemsOf(changes: object, lineArithmetic = "natural"): { code: string; lines: unknown[] }[] {
  const business = {
    tin: "102345678",
    name: "Kivu Traders Ltd",
    baseCurrency: "RWF",
    branch: { id: "00", vatRegistered: true, initialisedOn: "2026-01-01", lineArithmetic },
    user: { number: "1", name: "Aline Uwase" },
    defaultItemClasses: { goods: "5059690800" },
    shippingItem: { itemClass: "7810180000" },
  };
  const result = previewCase(JSON.stringify({ business, document: { ...document, ...changes } }), () => {
    return new Date("2026-11-21T07:30:00Z");
  });
  if (result.ok) return [];
  if (!("problems" in result)) throw new Error(JSON.stringify(result.caseErrors));
  return result.problems.map(({ code, lines }) => ({ code, lines }));
}

const times = (count: number, of: object, unitTotal: bigint) => ({
  line_items: Array.from({ length: count }, () => of),
  total: `${(unitTotal * BigInt(count)) / 100n}.${String((unitTotal * BigInt(count)) % 100n).padStart(2, "0")}`,
});

describe("too-large", () => {
  it("takes 999 lines and no more", () => {
    expect(problemsOf(times(999, line, 3933n))).toEqual([]);
    expect(problemsOf(times(1000, line, 3933n))).toEqual([{ code: "too-large", lines: [] }]);
  });

  it("counts the lines of the wire, where a line may be split in two", () => {
    const splitLine = { ...line, quantity: 2, rate: "16.665" };
    expect(problemsOf(times(499, splitLine, 3933n), "exact")).toEqual([]);
    expect(problemsOf(times(500, splitLine, 3933n), "exact")).toEqual([{ code: "too-large", lines: [] }]);
    expect(problemsOf(times(500, splitLine, 3933n), "natural")).toEqual([]);
  });

  it("counts the document's lines even when no amount is known", () => {
    const codes = problemsOf({ ...times(1000, line, 3933n), price_precision: 3 }).map(({ code }) => code);
    expect(codes).toEqual(["precision-unsupported", "too-large"]);
  });

  it("is judged beside a wrong tax amount", () => {
    const wrong = { ...line, quantity: "100000000000", line_item_taxes: [{ tax_amount: "7.00" }] };
    expect(problemsOf({ line_items: [wrong], total: "40.33" })).toEqual([
      { code: "too-large", lines: [1] },
      { code: "tax-amount-mismatch", lines: [1] },
    ]);
  });
});

describe("precision-unsupported", () => {
  it.each([
    "total",
    "balance",
    "discount_total",
    "adjustment",
    "roundoff_value",
    "shipping_charge",
    "shipping_charge_exclusive_of_tax",
    "shipping_charge_inclusive_of_tax",
    "shipping_charge_tax",
  ])("is judged on %s", (field) => {
    expect(problemsOf({ [field]: "0.001" })).toContainEqual({ code: "precision-unsupported", lines: [] });
    expect(problemsOf({ [field]: "0.010" }).map(({ code }) => code)).not.toContain("precision-unsupported");
  });

  it.each([
    ["item_total", { item_total: "33.331" }],
    ["discount_amount", { discount_amount: "0.001" }],
    ["tax_amount", { line_item_taxes: [{ tax_amount: "6" }, { tax_amount: "0.001" }] }],
  ])("names the line of the %s", (_, changes) => {
    const lines = [line, { ...line, ...changes }];
    expect(problemsOf({ line_items: lines })).toContainEqual({ code: "precision-unsupported", lines: [2] });
  });
});
