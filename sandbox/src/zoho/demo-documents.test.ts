import { describe, expect, it } from "vitest";
import { type Decimal, parseDecimal, unitsAt } from "../vsdc/decimal.ts";
import { isLiteralObject, isNumberLiteral, type Literal, type LiteralObject } from "../vsdc/literal-json.ts";
import { DEMO_INVOICES, demoDocuments } from "./demo-documents.ts";
import { DOCUMENT_KINDS, type DocumentTexts, ID_FIELDS, parseDocument } from "./documents.ts";
import { ROASTER_INVOICES, roasterDocuments } from "./roaster-documents.ts";

const NOW = new Date("2026-03-01T22:30:00Z");
const invoices = demoDocuments({ now: NOW }).invoices.map(parseDocument);
const roasters = roasterDocuments({ now: NOW });
const all = [...invoices, ...roasters.invoices.map(parseDocument)];
/** These do not add up on purpose. */
const INCONSISTENT = ["totals that do not add up"];

describe("the demo's invoices", () => {
  it.each([...DEMO_INVOICES, ...ROASTER_INVOICES].map(({ about }, index) => [about, index] as const))(
    "%s: adds up, as it should",
    (about, index) => {
      const invoice = all[index] ?? {};
      const money = (field: string) => units(invoice[field]);
      const lines = (invoice.line_items as LiteralObject[]).filter(
        (line) => line.line_item_category !== "header",
      );
      const net = sum(lines.map((line) => units(line.item_total)));
      const tax = sum(
        lines.flatMap((line) => list(line.line_item_taxes).map((entry) => units(entry.tax_amount))),
      );
      const discount = invoice.discount_type === "entity_level" ? money("discount_total") : 0n;
      const extras =
        money("shipping_charge") +
        money("shipping_charge_tax") +
        money("adjustment") +
        money("roundoff_value");
      const total = net - discount + tax + extras;
      if (INCONSISTENT.includes(about)) expect(total).not.toBe(money("total"));
      else expect(total).toBe(money("total"));
      expect(net).toBe(money("sub_total"));
      if (!INCONSISTENT.includes(about))
        expect(money("total") - money("payment_made")).toBe(money("balance"));
      expect(String(invoice.date) <= "2026-03-02").toBe(true);
    },
  );

  it("have distinct ids and numbers, and at least one dated today in Kigali", () => {
    expect(new Set(invoices.map(({ invoice_id }) => invoice_id)).size).toBe(invoices.length);
    expect(new Set(invoices.map(({ invoice_number }) => invoice_number)).size).toBe(invoices.length);
    expect(invoices.some(({ date }) => date === "2026-03-02")).toBe(true);
  });

  it("share no id with those of the second organisation, of whatever kind", () => {
    const first = demoDocuments({ now: NOW });
    const idsOf = (texts: Partial<DocumentTexts>) =>
      DOCUMENT_KINDS.flatMap((kind) =>
        (texts[kind] ?? []).map((text) => parseDocument(text)[ID_FIELDS[kind]]),
      );
    const taken = new Set(idsOf(first));
    expect(idsOf(roasters).filter((id) => taken.has(id))).toEqual([]);
    const lineTaxes = all
      .slice(invoices.length)
      .flatMap(({ line_items }) => list(line_items).map(({ tax_id }) => tax_id));
    expect(lineTaxes.filter((id) => taken.has(id))).toEqual([]);
  });

  it("are net of tax per line where prices include tax", () => {
    const inclusive = invoices.find(({ is_inclusive_tax }) => is_inclusive_tax === true);
    const [line] = (inclusive?.line_items ?? []) as LiteralObject[];
    expect([text(line?.rate), text(line?.quantity), text(line?.item_total)]).toEqual([
      "118000",
      "3",
      "300000.00",
    ]);
  });
});

function list(value: Literal | undefined): LiteralObject[] {
  return Array.isArray(value) ? value.filter(isLiteralObject) : [];
}

function text(value: Literal | undefined): string {
  return isNumberLiteral(value) ? value.rawJSON : String(value);
}

function units(value: Literal | undefined): bigint {
  const decimal: Decimal = parseDecimal(text(value));
  return unitsAt(decimal, 2);
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
