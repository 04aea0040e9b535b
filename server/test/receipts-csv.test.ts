import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededBusiness, seedMillion } from "../../sandbox/src/bench/seed-million.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { storeDocuments, storedDocument } from "./stored-documents.ts";

let stage: Stage;
let shop: Business;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open();
});
afterAll(() => stage.close());

/** RFC 4180, as any reader would. */
function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? "");
    if (end === "\r\n") rows.push([]);
  }
  expect(rows.pop()).toEqual([]);
  const [head = [], ...lines] = rows;
  expect(new Set(lines.map(({ length }) => length))).toEqual(new Set(lines.length > 0 ? [head.length] : []));
  return lines.map((line) => Object.fromEntries(head.map((name, index) => [name, line[index] ?? ""])));
}

async function receiptsOf(business: Business, query = "") {
  const answer = await business.api.bytes(`/receipts.csv${query}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const text = answer.bytes.toString("utf8");
  expect(text.startsWith("\uFEFF")).toBe(true);
  return parseCsv(text.slice(1));
}

describe("receipts.csv", () => {
  it("says of a receipt what an accountant files by", async () => {
    const own = await stage.open();
    const { receipt } = await own.fiscalise(own.put());
    const [row] = await receiptsOf(own);
    const [date, time] = receipt?.issuedAt.split(" ") ?? [];
    expect(row).toMatchObject({
      "Issued on": date?.split("/").reverse().join("-"),
      Time: time,
      Counter: receipt?.counter,
      Label: "NS",
      Total: "11800",
      VAT: "1800",
      "Taxable A": "0",
      "Taxable B": "11800",
      "Tax B": "1800",
      "Invoice number": "1",
      "SDC ID": receipt?.sdcId,
      MRC: receipt?.mrcNumber,
      Signature: receipt?.signature,
      Source: "device",
    });
  });

  it("says in words who a receipt's data comes from", async () => {
    const own = await stage.open();
    const sources = ["device", "adopted", "imported"] as const;
    const stored = sources.map((source, index) =>
      storedDocument({ source, publishedAt: `2026110112000${index}` }),
    );
    await storeDocuments(stage, own, stored);
    const said = (await receiptsOf(own)).map(({ Source }) => Source);
    expect(said).toEqual(["device", "entered by hand", "imported"]);
  });

  it("parses back to what was stored, and starts no formula in a spreadsheet", async () => {
    const names = ['Uwera "Best" Ltd', "a, b", "two\r\nlines", "Café Ñandú", null];
    const hostile = ["=1+1", "+250788", "@SUM(A1)", "-1+1", "\tx", "=cmd|' /C calc'!A0"];
    const stored = [...names, ...hostile].map((buyerName, index) =>
      storedDocument({ buyerName, publishedAt: `20261101${String(100_000 + index)}` }),
    );
    await storeDocuments(stage, shop, stored);
    const rows = await receiptsOf(shop);
    expect(rows.map((row) => row.Buyer)).toEqual([
      ...names.map((name) => name ?? ""),
      ...hostile.map((name) => `'${name}`),
    ]);
    expect(rows.map((row) => row.Document)).toEqual(stored.map(({ documentNumber }) => documentNumber));
  });

  it("keeps to the days asked for, in the order issued, with a refund's amounts negative", async () => {
    const own = await stage.open();
    const at = (publishedAt: string, label: "NS" | "NR" = "NS") => storedDocument({ publishedAt, label });
    await storeDocuments(stage, own, [
      at("20261101000000"),
      at("20261031235959"),
      at("20261102120000", "NR"),
      at("20261102235959"),
      at("20261103000000"),
    ]);
    const stamps = async (query: string) =>
      (await receiptsOf(own, query)).map(
        (row) => `${row["Issued on"]} ${row.Time} ${row.Total} ${row["Tax B"]}`,
      );
    const [first, second] = ["2026-11-01 00:00:00 118 18.00", "2026-11-02 12:00:00 -118 -18.00"];
    const third = "2026-11-02 23:59:59 118 18.00";
    expect(await stamps("?from=2026-11-01&to=2026-11-02")).toEqual([first, second, third]);
    expect(await stamps("?to=2026-11-01")).toEqual(["2026-10-31 23:59:59 118 18.00", first]);
    expect(await stamps("?from=2026-11-03")).toHaveLength(1);
    expect(await stamps("?from=2027-01-01")).toEqual([]);
  });
});

describe("a search of receipts", () => {
  it("finds by document, buyer and the receipt's own number, in the list and in the export", async () => {
    const own = await stage.open();
    const sold = [await own.fiscalise(own.put()), await own.fiscalise(own.put())];
    const second = sold[1];
    const [counter = ""] = second?.receipt?.counter.split(" ") ?? [];
    for (const search of [second?.documentNumber ?? "", counter]) {
      const found = await receiptsOf(own, `?search=${encodeURIComponent(search)}`);
      expect(found.map((row) => row.Document)).toEqual([second?.documentNumber]);
      const listed = await own.api.get(`/submissions?search=${encodeURIComponent(search)}`);
      expect(listed.body).toMatchObject({ items: [{ id: second?.id }] });
    }
    expect(await receiptsOf(own, "?search=nobody")).toEqual([]);
    expect(await receiptsOf(own, `?search=${encodeURIComponent("7/7")}`)).toEqual([]);
  });

  it("shows how many copies of a receipt were made", async () => {
    const own = await stage.open();
    const { receipt } = await own.fiscalise(own.put());
    for (let copies = 0; copies < 3; copies += 1) {
      const listed = await own.api.get("/submissions");
      expect(listed.body).toMatchObject({ items: [{ receipt: { copies } }] });
      await own.api.post(`/receipts/${receipt?.id}/copies`);
    }
    expect((await own.audit()).filter(({ action }) => action === "receipt-copied")).toHaveLength(3);
  });
});

describe("50,000 receipts", () => {
  it("stream within a small heap while they are read", async () => {
    const size = { businesses: 2, receipts: 56_000, bigShare: 0.1 };
    await seedMillion(stage.database.urls.owner, { size });
    const { id, adminId } = seededBusiness(2);
    const token = stage.token({ id, adminId, userId: adminId });
    const collect = garbageCollector();
    const atRest = heap();
    const answer = await fetch(`${stage.url()}/api/v1/receipts.csv`, {
      headers: { authorization: `Bearer ${token}` },
    });
    let [lines, bytes, peak, sampledAt] = [0, 0, 0, 0];
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.length;
      for (const byte of chunk) if (byte === 10) lines += 1;
      if (lines - sampledAt < 5_000) continue;
      sampledAt = lines;
      peak = Math.max(peak, heap() - atRest);
    }
    expect(lines).toBeGreaterThan(50_000);
    expect(bytes).toBeGreaterThan(6_000_000);
    expect(peak).toBeLessThan(10_000_000);

    function heap(): number {
      collect();
      return process.memoryUsage().heapUsed;
    }
  }, 120_000);
});

function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
