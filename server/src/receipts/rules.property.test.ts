import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { previewCase } from "./preview.ts";

/** Documents add up by construction; integers only, so that a float in the rules has nothing to agree with. */
const RUNS = { numRuns: 200, seed: 20261121 };

const TAXES = {
  vat: { percentage: 18n, fields: { tax_id: "vat", tax_percentage: 18 } },
  exempt: { percentage: 0n, fields: { tax_id: "exempt", tax_percentage: 0 } },
  none: { percentage: 0n, fields: {} },
} as const;

const lineArbitrary = fc.record({
  /** In thousandths. */
  quantity: fc.oneof(
    fc.bigInt(1n, 40n).map((whole) => whole * 1000n),
    fc.bigInt(1n, 50_000n),
  ),
  /** In ten-thousandths. */
  rate: fc.oneof(
    fc.bigInt(0n, 9_000n).map((whole) => whole * 10_000n),
    fc.bigInt(0n, 90_000_000n),
  ),
  tax: fc.constantFrom("vat", "vat", "exempt", "none"),
  discount: fc.oneof(
    fc.constant(null),
    fc.record({ percentHundredths: fc.bigInt(0n, 10_000n), asPercent: fc.boolean() }),
  ),
  name: fc.string({ unit: "binary", maxLength: 240 }).map((text) => `x${text}`),
  unit: fc.constantFrom("", "kg", "a unit with quite a long name 😀"),
  service: fc.boolean(),
  item: fc.constantFrom("", "1", "2"),
  statesTax: fc.boolean(),
});
type Line = typeof lineArbitrary extends fc.Arbitrary<infer T> ? T : never;

const documentArbitrary = fc.record({
  precision: fc.constantFrom(0, 2),
  currency: fc.constantFrom(
    { code: "RWF", rate: "1" },
    { code: "USD", rate: "1432.123456789012345678" },
    { code: "UGX", rate: "0.3871" },
  ),
  inclusive: fc.boolean(),
  lines: fc.array(lineArbitrary, { minLength: 0, maxLength: 12 }),
  shipping: fc.option(fc.record({ net: fc.bigInt(1n, 90_000n), tax: fc.constantFrom("vat", "exempt") })),
  roundoffHundredths: fc.bigInt(-99n, 99n),
  /** Of the most that may be allocated, in percent. */
  unitsOff: fc.integer({ min: -100, max: 100 }),
  arithmetic: fc.constantFrom("natural", "exact"),
});
type Document = typeof documentArbitrary extends fc.Arbitrary<infer T> ? T : never;

interface WireLine {
  [field: string]: string;
}
interface Wire extends WireLine {}

describe("a document that adds up", () => {
  it("is never refused, and the receipt is for its total to the cent", () => {
    holds((built, wire) => {
      expect(wire.header.totAmt).toBe(inFrancs(built.total, built.rate));
      expect(wire.header.totTaxblAmt).toBe(wire.header.totAmt);
      expect(wire.header.totItemCnt).toBe(String(wire.lines.length));
      expect(wire.lines.map((line) => line.itemSeq)).toEqual(wire.lines.map((_, index) => String(index + 1)));
    });
  });

  it("has header amounts that are the sums of the lines, by class", () => {
    holds((_, { header, lines }) => {
      const sumOf = (field: string, taxClass?: string) =>
        lines
          .filter((line) => taxClass === undefined || line.taxTyCd === taxClass)
          .reduce((sum, line) => sum + cents(line[field]), 0n);
      for (const letter of ["A", "B", "C", "D"]) {
        expect(cents(header[`taxblAmt${letter}`])).toBe(sumOf("taxblAmt", letter));
        expect(cents(header[`taxAmt${letter}`])).toBe(sumOf("taxAmt", letter));
      }
      expect(cents(header.totAmt)).toBe(sumOf("totAmt"));
      expect(cents(header.totTaxAmt)).toBe(sumOf("taxAmt"));
    });
  });

  it("has VAT inside every line's own amount: 18/118 for class B, none for the others", () => {
    holds((_, { lines }) => {
      for (const line of lines) {
        expect(line.taxblAmt).toBe(line.totAmt);
        const vat = line.taxTyCd === "B" ? halfUp(cents(line.totAmt) * 18n, 118n) : 0n;
        expect(cents(line.taxAmt)).toBe(vat);
      }
    });
  });

  it("has prices, discounts and amounts that agree in the device's arithmetic", () => {
    holds((built, { lines }) => {
      for (const line of lines) {
        const [quantity, price, supply] = [cents(line.qty), cents(line.prc), cents(line.splyAmt)];
        const [percent, discount] = [cents(line.dcRt), cents(line.dcAmt)];
        expect(supply - discount).toBe(cents(line.totAmt));
        expect(percent === 0n).toBe(discount === 0n);
        expect(percent).toBeLessThanOrEqual(10_000n);
        const off = price * quantity - supply * 100n;
        if (built.arithmetic === "exact") {
          expect(off).toBe(0n);
          expect(discount).toBe(halfUp(supply * percent, 10_000n));
        } else {
          expect(2n * (off < 0n ? -off : off)).toBeLessThanOrEqual(quantity);
        }
      }
    });
  });

  it("has no negative amount, no text too long, no blank at an end, no control character", () => {
    const lengths = { itemNm: 200, custNm: 60, remark: 400, regrNm: 60, trdeNm: 20, adrs: 200 };
    holds((_, { header, lines, text }) => {
      for (const object of [header, ...lines]) {
        for (const [field, limit] of Object.entries(lengths)) {
          const value = object[field];
          if (value === undefined) continue;
          expect(value.length).toBeLessThanOrEqual(limit);
          expect(value).toBe(value.trim());
          expect(value).not.toMatch(/\p{Cc}|\s\s/u);
          expect(value.isWellFormed()).toBe(true);
        }
      }
      expect(text).not.toMatch(/:-/);
    });
  });

  it("is the same bytes every time, every number a plain literal of at most two decimals", () => {
    holds((built, { text }) => {
      expect(requestOf(built)).toBe(text);
      for (const { source } of numbersOf(text)) expect(source).toMatch(/^(0|[1-9]\d*)(\.\d?[1-9])?$/);
      expect(JSON.stringify(parseRaw(text))).toBe(text);
    });
  });
});

describe("a document that does not add up", () => {
  it("is refused when one amount is off by more than a unit per line", () => {
    const fields = ["total", "item_total", "shipping"] as const;
    const change = fc.record({
      field: fc.constantFrom(...fields),
      extra: fc.bigInt(0n, 500n),
      up: fc.boolean(),
    });
    fc.assert(
      fc.property(documentArbitrary, change, (document, { field, extra, up }) => {
        const built = build(document);
        const by = 2n * BigInt(document.lines.length + 2) + 1n + extra;
        const off = corrupted(built, field, up ? by : -by);
        fc.pre(off !== null);
        expect(previewCase(textOf(off ?? built), never)).toMatchObject({ ok: false });
      }),
      RUNS,
    );
  });

  it("never becomes a receipt for another total, whatever numbers it holds", () => {
    const odd = fc.constantFrom("0", "-1", "0.005", "0.01", "1e3", "99999999999", "1e14", "", "x", "17.99");
    const fields = [
      "total",
      "discount_total",
      "adjustment",
      "shipping_charge",
      "shipping_charge_tax",
      "balance",
    ];
    const lineFields = ["quantity", "rate", "item_total", "discount", "tax_percentage", "discount_amount"];
    const edits = fc.array(fc.record({ field: fc.constantFrom(...fields, ...lineFields), value: odd }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(documentArbitrary, edits, fc.boolean(), (given, changes, beforeTax) => {
        const built = build(given);
        const document: Record<string, unknown> = {
          ...built.document,
          discount_type: "entity_level",
          is_discount_before_tax: beforeTax,
        };
        const [first, ...others] = built.document.line_items;
        for (const { field, value } of changes) {
          if (fields.includes(field)) document[field] = value;
          else document.line_items = [{ ...first, [field]: value }, ...others];
        }
        const result = previewCase(textOf({ ...built, document }), never);
        if (!result.ok) return;
        const { header } = wireOf(result.requestText);
        expect(header.totAmt).toBe(inFrancs(String(document.total), built.rate));
      }),
      RUNS,
    );
  });
});

function holds(check: (built: Built, wire: { header: Wire; lines: WireLine[]; text: string }) => void): void {
  fc.assert(
    fc.property(documentArbitrary, (document) => {
      const built = build(document);
      const text = requestOf(built);
      check(built, { ...wireOf(text), text });
    }),
    RUNS,
  );
}

interface Built {
  document: { total: string; line_items: Record<string, unknown>[] } & Record<string, unknown>;
  total: string;
  rate: string;
  precision: number;
  arithmetic: string;
}

function build(given: Document): Built {
  const { precision } = given;
  const lines = [paidLine, ...given.lines].map((line) => priced(line, precision));
  const shipping = given.shipping && shippingFields(given.shipping, precision);
  const roundoff = precision === 0 ? 0n : given.roundoffHundredths;
  const sum = lines.reduce((all, { gross }) => all + gross, (shipping?.gross ?? 0n) + roundoff);
  const count = BigInt(lines.length + (shipping ? 1 : 0));
  const total = decimalText(sum + (count * BigInt(given.unitsOff)) / 100n, precision);
  return {
    document: {
      invoice_number: "INV-1",
      status: "sent",
      date: "2026-11-20",
      customer_name: given.lines[0]?.name ?? "",
      currency_code: given.currency.code,
      exchange_rate: literal(given.currency.rate),
      price_precision: precision,
      is_inclusive_tax: given.inclusive,
      discount_type: "item_level",
      roundoff_value: literal(decimalText(roundoff, precision)),
      total,
      line_items: lines.map(({ fields }) => fields),
      ...shipping?.fields,
    },
    total,
    rate: given.currency.rate,
    precision,
    arithmetic: given.arithmetic,
  };
}

/** Large enough to take every unit of an allocation. */
const paidLine: Line = {
  quantity: 3000n,
  rate: 77_777_700n,
  tax: "vat",
  discount: null,
  name: "Coffee",
  unit: "",
  service: false,
  item: "1",
  statesTax: true,
};

function priced(line: Line, precision: number) {
  const scale = 10n ** BigInt(7 - precision);
  const list = halfUp(line.quantity * line.rate, scale);
  const off = line.discount ? halfUp(list * line.discount.percentHundredths, 10_000n) : 0n;
  const net = list - off;
  const { percentage, fields } = TAXES[line.tax];
  const tax = halfUp(net * percentage, 100n);
  const amount = (units: bigint) => literal(decimalText(units, precision));
  const percent = line.discount && `${decimalText(line.discount.percentHundredths, 2)}%`;
  return {
    gross: net + tax,
    fields: {
      item_id: line.item,
      name: line.name,
      product_type: line.service ? "service" : "goods",
      unit: line.unit,
      quantity: literal(decimalText(line.quantity, 3)),
      rate: literal(decimalText(line.rate, 4)),
      ...(line.discount && {
        discount: line.discount.asPercent ? percent : amount(off),
        discount_amount: amount(off),
      }),
      item_total: amount(net),
      ...fields,
      line_item_taxes: line.statesTax ? [{ tax_amount: amount(tax) }] : [],
    },
  };
}

function shippingFields({ net, tax }: { net: bigint; tax: "vat" | "exempt" }, precision: number) {
  const { percentage, fields } = TAXES[tax];
  const taxAmount = halfUp(net * percentage, 100n);
  const charge = literal(decimalText(net, precision));
  return {
    gross: net + taxAmount,
    fields: {
      shipping_charge: charge,
      shipping_charge_exclusive_of_tax: charge,
      shipping_charge_tax: literal(decimalText(taxAmount, precision)),
      shipping_charge_tax_id: fields.tax_id,
      shipping_charge_tax_percentage: String(percentage),
    },
  };
}

/** Null when the field has no such amount to change. */
function corrupted(built: Built, field: "total" | "item_total" | "shipping", by: bigint): Built | null {
  const document: Record<string, unknown> = { ...built.document };
  const moved = (value: unknown) => {
    const units = scaled(String(JSON.parse(JSON.stringify(value))), built.precision) + by;
    return units < 0n ? null : literal(decimalText(units, built.precision));
  };
  const [first, ...others] = built.document.line_items;
  const changed = {
    total: document.total,
    item_total: first?.item_total,
    shipping: document.shipping_charge_exclusive_of_tax,
  };
  const value = changed[field] === undefined ? null : moved(changed[field]);
  if (value === null) return null;
  if (field === "total") document.total = value;
  if (field === "item_total") document.line_items = [{ ...first, item_total: value }, ...others];
  if (field === "shipping") document.shipping_charge_exclusive_of_tax = value;
  return { ...built, document: document as Built["document"] };
}

const business = {
  tin: "102345678",
  name: "Kivu Traders of the northern lake",
  address: null,
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

function textOf({ document, arithmetic }: Pick<Built, "arithmetic"> & { document: object }): string {
  const branch = { ...business.branch, lineArithmetic: arithmetic };
  return JSON.stringify({ business: { ...business, branch }, document, now: "2026-11-21T07:30:00Z" });
}

function requestOf(built: Built): string {
  const result = previewCase(textOf(built), never);
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`);
  return result.requestText;
}

function never(): Date {
  throw new Error("the case has its own now");
}
