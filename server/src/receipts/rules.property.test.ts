import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decimalText,
  halfUp,
  unitsOf,
  type WellFormed,
  wellFormedDocument,
} from "../../test/examples/well-formed-document.ts";
import { parseExactJson } from "../fiscal/exact-json.ts";
import { previewCase } from "./preview.ts";

const RUNS = { numRuns: 150, seed: 20261121 };

const business = {
  tin: "102345678",
  name: "Kivu Traders of the northern lake",
  baseCurrency: "RWF",
  branch: { id: "00", vatRegistered: true, initialisedOn: "2026-01-01" },
  user: { number: "1", name: " Aline\tUwase " },
  taxMappings: [
    { taxId: "exempt", taxClass: "A" },
    { taxId: null, taxClass: "D" },
  ],
  defaultItemClasses: { goods: "5059690800", service: "8111150000" },
  shippingItem: { itemClass: "7810180000" },
};

describe("a document that adds up", () => {
  it("is never refused, and the receipt is for its total to the cent", () => {
    forEvery((given, { header, lines }) => {
      expect(cents(header.totAmt)).toBe(inFrancs(given.total, given.rate));
      expect(header.totTaxblAmt).toBe(header.totAmt);
      expect(header.totItemCnt).toBe(String(lines.length));
      expect(lines.map((line) => line.itemSeq)).toEqual(lines.map((_, index) => String(index + 1)));
    });
  });

  it("has header amounts that are the sums of the lines, by class", () => {
    forEvery((_, { header, lines }) => {
      const sumOf = (field: string, taxClass?: string) =>
        lines
          .filter((line) => taxClass === undefined || line.taxTyCd === taxClass)
          .reduce((sum, line) => sum + cents(line[field]), 0n);
      for (const taxClass of ["A", "B", "C", "D"]) {
        expect(cents(header[`taxblAmt${taxClass}`])).toBe(sumOf("taxblAmt", taxClass));
        expect(cents(header[`taxAmt${taxClass}`])).toBe(sumOf("taxAmt", taxClass));
      }
      expect(cents(header.totAmt)).toBe(sumOf("totAmt"));
      expect(cents(header.totTaxAmt)).toBe(sumOf("taxAmt"));
    });
  });

  it("has VAT inside every line's own amount: 18/118 of class B, none of the others", () => {
    forEvery((_, { lines }) => {
      for (const line of lines) {
        expect(line.taxblAmt).toBe(line.totAmt);
        const inside = line.taxTyCd === "B" ? halfUp(cents(line.totAmt) * 18n, 118n) : 0n;
        expect(cents(line.taxAmt)).toBe(inside);
      }
    });
  });

  it("has price, quantity, discount and amount that agree as the device's arithmetic asks", () => {
    forEvery(({ arithmetic }, { lines }) => {
      for (const line of lines) {
        const [quantity, supply] = [cents(line.qty), cents(line.splyAmt)];
        const [percent, discount] = [cents(line.dcRt), cents(line.dcAmt)];
        const off = absolute(cents(line.prc) * quantity - supply * 100n);
        expect(supply - discount).toBe(cents(line.totAmt));
        expect(percent === 0n).toBe(discount === 0n);
        expect(percent).toBeLessThanOrEqual(10_000n);
        if (arithmetic === "natural") expect(2n * off).toBeLessThanOrEqual(quantity);
        else expect([off, discount]).toEqual([0n, halfUp(supply * percent, 10_000n)]);
      }
    });
  });

  it("has no negative amount, no text too long, no control character, no blank at an end", () => {
    const lengths = { itemNm: 200, custNm: 60, remark: 400, regrNm: 60, trdeNm: 20 };
    forEvery((_, { header, lines, text }) => {
      expect(text).not.toMatch(/:-/);
      for (const [field, length] of Object.entries(lengths)) {
        for (const value of [header, ...lines].flatMap((object) => object[field] ?? [])) {
          expect(value.length).toBeLessThanOrEqual(length);
          expect(value).toBe(value.trim());
          expect(value).not.toMatch(/\p{Cc}|\s\s/u);
          expect(value.isWellFormed()).toBe(true);
        }
      }
    });
  });

  it("is the same bytes every time, every number a plain literal of at most two decimals", () => {
    forEvery((given, { text }) => {
      expect(requestOf(given)).toBe(text);
      const outsideTexts = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
      for (const [number] of outsideTexts.matchAll(/[^[\]{}:,"a-z]+/g)) {
        expect(number).toMatch(/^(0|[1-9]\d*)(\.\d?[1-9])?$/);
      }
    });
  });
});

describe("a document that does not add up", () => {
  it("is refused when one amount is off by more than a unit per line", () => {
    const fields = fc.constantFrom("total", "item_total", "shipping_charge_exclusive_of_tax");
    const extra = fc.bigInt(1n, 500n);
    fc.assert(
      fc.property(wellFormedDocument, fields, extra, fc.boolean(), (given, field, more, upwards) => {
        const by = 2n * BigInt(given.document.line_items.length + 1) + more;
        const wrong = moved(given, field, upwards ? by : -by);
        if (wrong === null) return;
        expect(previewCase(caseOf(wrong), never)).toMatchObject({ ok: false });
      }),
      RUNS,
    );
  });

  it("never becomes a receipt for another total, whatever its numbers are", () => {
    const ofDocument = ["total", "discount_total", "adjustment", "shipping_charge", "shipping_charge_tax"];
    const ofLine = ["quantity", "rate", "item_total", "discount", "discount_amount", "tax_percentage"];
    const edit = fc.record({
      field: fc.constantFrom(...ofDocument, ...ofLine),
      value: fc.constantFrom("0", "-1", "0.005", "0.01", "0.50", "17.99", "100000000000000", "", "x"),
    });
    const edits = fc.array(edit, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(wellFormedDocument, edits, fc.boolean(), (given, changes, beforeTax) => {
        const document = {
          ...given.document,
          discount_type: "entity_level",
          is_discount_before_tax: beforeTax,
        };
        const [first, ...others] = document.line_items;
        for (const { field, value } of changes) {
          if (ofDocument.includes(field)) Object.assign(document, { [field]: value });
          else document.line_items = [{ ...first, [field]: value }, ...others];
        }
        const result = previewCase(caseOf({ ...given, document }), never);
        if (!result.ok) return;
        const total = String(parsed(JSON.stringify(document)).total);
        expect(cents(read(result.requestText).header.totAmt)).toBe(inFrancs(total, given.rate));
      }),
      RUNS,
    );
  });
});

interface Texts {
  [field: string]: string | undefined;
}
interface Wire {
  header: Texts;
  lines: Texts[];
  text: string;
}

function forEvery(check: (given: WellFormed, wire: Wire) => void): void {
  fc.assert(
    fc.property(wellFormedDocument, (given) => check(given, read(requestOf(given)))),
    RUNS,
  );
}

function requestOf(given: WellFormed): string {
  const result = previewCase(caseOf(given), never);
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`);
  return result.requestText;
}

function caseOf({ document, arithmetic }: WellFormed): string {
  const branch = { ...business.branch, lineArithmetic: arithmetic };
  return JSON.stringify({ business: { ...business, branch }, document, now: "2026-11-21T07:30:00Z" });
}

function read(text: string): Wire {
  const { itemList, receipt, ...header } = parsed(text);
  return { header: { ...header, ...(receipt as Texts) } as Texts, lines: itemList as Texts[], text };
}

/** With numbers as their literal text. */
function parsed(text: string): Record<string, unknown> {
  return parseExactJson(text) as Record<string, unknown>;
}

/** The document with one amount moved by so many smallest units; null when it has no such amount or not enough. */
function moved(given: WellFormed, field: string, by: bigint): WellFormed | null {
  const [first, ...others] = given.document.line_items;
  const holder = field === "item_total" ? first : given.document;
  const before = parsed(JSON.stringify(holder))[field];
  const units = typeof before === "string" ? unitsOf(before, given.precision) + by : -1n;
  if (units < 0n) return null;
  const changed = { ...holder, [field]: decimalText(units, given.precision) };
  const document =
    field === "item_total"
      ? { ...given.document, line_items: [changed, ...others] }
      : { ...given.document, ...changed };
  return { ...given, document };
}

function cents(text: string | undefined): bigint {
  return unitsOf(text ?? "", 2);
}

function inFrancs(total: string, rate: string): bigint {
  return halfUp(unitsOf(total, 2) * unitsOf(rate, 18), 10n ** 18n);
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function never(): Date {
  throw new Error("the case has its own now");
}
