import { randomUUID } from "node:crypto";
import { ItemsReportSchema, SALES_BY, SalesReportSchema } from "@fiscalise/shared/api/reports.ts";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PAYMENT_CODES } from "../src/vsdc/rwanda/codes.ts";
import { problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { REPORTS, sumsOf, xOf } from "./report-steps.ts";
import { storeDocuments, storedDocument } from "./stored-documents.ts";
import { cents, wireSums } from "./wire-sums.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

type WireLine = Record<
  "itemCd" | "taxTyCd" | "itemNm" | "prc" | "qty" | "dcAmt" | "totAmt" | "taxAmt",
  string
>;

/** Any receipts at all: the sums need no sale that a device would sign. */
const amount = fc.integer({ min: 0, max: 10 ** 12 }).map((units) => (units / 100).toFixed(2));
const wireLine = fc.record({
  itemCd: fc.constantFrom("RW2NTXU0000001", "RW2NTXU0000002", "RW3NTXNOX0000003"),
  taxTyCd: fc.constantFrom("A", "B", "C", "D"),
  itemNm: fc.constantFrom("Paper", 'Ink "black", 1 l', "Paper (2.345 kg)"),
  prc: amount,
  qty: amount,
  dcAmt: amount,
  totAmt: amount,
  taxAmt: amount,
});
const wireReceipt = fc.record({
  label: fc.constantFrom("NS" as const, "NR" as const),
  payment: fc.constantFrom(...Object.values(PAYMENT_CODES)),
  lines: fc.array(wireLine, { minLength: 1, maxLength: 6 }),
});

describe("reports of a period", () => {
  it("agree with any receipts to the cent, however they are split, and so does the day's X report", async () => {
    const shop = await stage.open();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(wireReceipt, { maxLength: 12 }), async (made) => {
        run += 1;
        const day = new Date(Date.UTC(2025, 0, run)).toISOString().slice(0, 10);
        const receipts = made.map(({ label, payment, lines }) => ({ label, ...wireOf(payment, lines) }));
        await storeWires(shop, day, receipts);
        const expected = wireSums(receipts);
        const { figures } = await xOf(shop, `?day=${day}`);
        expect(sumsOf(figures)).toEqual(expected);
        const query = `from=${day}&to=${day}`;
        const plu = ItemsReportSchema.parse((await shop.api.get(`${REPORTS}/plu?${query}`)).body);
        expect(plu.items).toEqual(figures.items);
        for (const by of SALES_BY) {
          const answer = await shop.api.get(`${REPORTS}/sales?${query}&by=${by}`);
          const { total, rows } = SalesReportSchema.parse(answer.body);
          expect(total).toEqual(figures.total);
          const gross = rows.reduce((all, { net }) => all + cents(net.gross), 0n);
          const tax = rows.reduce((all, { net }) => all + cents(net.tax), 0n);
          expect([gross, tax], by).toEqual([cents(total.net.gross), cents(total.net.tax)]);
        }
      }),
      { numRuns: 25, seed: 20261128 },
    );
  });
});

describe("counting", () => {
  const wire = wireOf("01", [
    {
      itemCd: "RW2NTXU0000001",
      taxTyCd: "B",
      itemNm: "Paper",
      prc: "118",
      qty: "1",
      dcAmt: "0",
      totAmt: "118.00",
      taxAmt: "18.00",
    },
  ]);
  const DAY = "2025-06-01";
  const of = async (shop: Business) => {
    await storeWires(shop, DAY, [{ label: "NS", ...wire }]);
    return shop;
  };

  it("goes one at a time in a business, and keeps no other business waiting", async () => {
    const [shop, other] = [await of(await stage.open()), await of(await stage.open())];
    const [held, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const counting = stage.database.owner.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`report ${shop.id}`}, 0))`;
      held.resolve();
      await done.promise;
    });
    await held.promise;
    const queries = [`x?day=${DAY}`, `plu?from=${DAY}&to=${DAY}`, `sales?from=${DAY}&to=${DAY}&by=payment`];
    for (const answer of await Promise.all(queries.map((query) => shop.api.get(`${REPORTS}/${query}`)))) {
      expect(problemOf(answer)).toMatchObject({ code: "already-under-way", status: 429 });
      expect(answer.headers.get("retry-after")).toBe("5");
    }
    expect((await xOf(other, `?day=${DAY}`)).figures.total.sales.count).toBe(1);
    done.resolve();
    await counting;
    expect((await xOf(shop, `?day=${DAY}`)).figures.total.sales.count).toBe(1);
  });

  it("is done once for a closed day, until a receipt of it comes after all", async () => {
    const shop = await of(await stage.open());
    const before = await xOf(shop, `?day=${DAY}`);
    expect((await shop.api.post(`${REPORTS}/z`, { day: DAY })).status).toBe(201);
    // Whoever reads the requests again would come to nothing.
    await stage.database
      .owner`update submissions set request_text = '{"itemList":[]}' where business_id = ${shop.id}`;
    expect((await xOf(shop, `?day=${DAY}`)).figures).toEqual(before.figures);
    await storeWires(shop, DAY, [{ label: "NS", ...wire }]);
    expect((await xOf(shop, `?day=${DAY}`)).figures.items).toMatchObject([{ sales: { count: 1 } }]);
  });
});

function wireOf(payment: string, lines: readonly WireLine[]) {
  const total = (values: readonly string[]) => {
    const units = String(values.reduce((all, value) => all + cents(value), 0n)).padStart(3, "0");
    return `${units.slice(0, -2)}.${units.slice(-2)}`;
  };
  const header = ["A", "B", "C", "D"].flatMap((name) => {
    const own = lines.filter(({ taxTyCd }) => taxTyCd === name);
    return [
      `"taxblAmt${name}":${total(own.map(({ totAmt }) => totAmt))}`,
      `"taxAmt${name}":${total(own.map(({ taxAmt }) => taxAmt))}`,
    ];
  });
  const [gross, tax] = [total(lines.map(({ totAmt }) => totAmt)), total(lines.map(({ taxAmt }) => taxAmt))];
  const text = (line: WireLine) =>
    `{${Object.entries(line)
      .map(([name, value]) => `"${name}":${/^[0-9.]+$/.test(value) ? value : JSON.stringify(value)}`)
      .join(",")}}`;
  const requestText = `{"pmtTyCd":"${payment}",${header.join(",")},"totAmt":${gross},"totTaxAmt":${tax},"itemList":[${lines.map(text).join(",")}]}`;
  return { requestText, gross, tax };
}

async function storeWires(
  shop: Business,
  day: string,
  wires: readonly { label: "NS" | "NR"; requestText: string; gross: string; tax: string }[],
): Promise<void> {
  const publishedAt = `${day.replaceAll("-", "")}120000`;
  const documents = wires.map(({ label, gross, tax }) =>
    storedDocument({ id: randomUUID(), label, total: gross, vat: tax, publishedAt }),
  );
  await storeDocuments(stage, shop, documents);
  for (const [index, { requestText }] of wires.entries()) {
    await stage.database.owner`
      update submissions set request_text = ${requestText} where id = ${documents[index]?.id ?? ""}`;
  }
}
