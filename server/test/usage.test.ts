import { type Health, HealthSchema, UsageListSchema, UsageSchema } from "@fiscalise/shared/api/watching.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { measureUsage } from "../src/businesses/provider/measure-usage.ts";
import { viewUsage } from "../src/businesses/provider/view-usage.ts";
import { businessId, type Database, openDatabase } from "../src/db/with-business.ts";
import { problemOf } from "./api.ts";
import { putNote } from "./credit-notes.ts";
import { today } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { storeDocuments, storedDocument } from "./stored-documents.ts";
import { addSuperAdmin, type SuperAdminOfStage } from "./super-admin.ts";

let stage: Stage;
let database: Database;
let provider: SuperAdminOfStage;
beforeAll(async () => {
  stage = await startStage();
  database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 5 });
  provider = await addSuperAdmin(stage);
});
afterAll(async () => {
  await database.close();
  await stage.close();
});

const usageAt = (business: Business, at: string, month: string | null = null) =>
  viewUsage({ ...database, clock: () => new Date(at) }, { businessId: businessId(business.id), month });
const measureAt = (at: string) => measureUsage({ ...database, clock: () => new Date(at) });
const daysOf = ({ id }: Business) => stage.database.owner`
  select day::text, device_calls, device_ms::int, stored_bytes::int from usage_days where business_id = ${id} order by day`;

/** As if its one document had been tried at these moments, for so long each. */
async function tried(business: Business, attempts: readonly [startedAt: string, ms: number | null][]) {
  const document = storedDocument({ state: "unknown", createdAt: attempts[0]?.[0] ?? "" });
  await storeDocuments(stage, business, [document]);
  for (const [index, [startedAt, ms]] of attempts.entries()) {
    await stage.database.owner`
      insert into attempts (business_id, submission_id, number, invoice_number, request_sha256, worker, started_at, finished_at)
      values (${business.id}, ${document.id}, ${100 + index}, 1, 'x', 'x', ${startedAt}::timestamptz,
        ${startedAt}::timestamptz + make_interval(secs => ${ms === null ? null : ms / 1_000}::float8))`;
  }
}

describe("a business's usage", () => {
  it("counts its own receipts, device calls and calls to Zoho, over HTTP", async () => {
    const [shop, other] = [await stage.open(), await stage.open()];
    const invoice = shop.put();
    await shop.fiscalise(invoice);
    await shop.fiscalise(shop.put());
    const note = putNote(stage, shop, { invoices: [invoice], total: "11800" });
    const refund = await shop.api.post(`/credit-notes/${note}/fiscalise`, { refundReason: "06" });
    expect(refund.status, refund.text).toBe(200);
    const usage = UsageSchema.parse((await shop.api.get("/businesses/me/usage")).body);
    expect(usage).toMatchObject({
      businessId: shop.id,
      month: today().slice(0, 7),
      receipts: { sales: 2, refunds: 1 },
      device: { calls: 3 },
      storage: { bytes: 0, measuredOn: null },
    });
    expect(usage.device.seconds).toBeGreaterThan(0);
    expect(await usageAt(other, new Date().toISOString())).toMatchObject({
      receipts: { sales: 0, refunds: 0 },
      device: { calls: 0, seconds: 0 },
    });
  });

  it("says of Zoho what the month's days come to, against the plan", async () => {
    const shop = await stage.open({ connected: false });
    const { owner } = stage.database;
    await owner`insert into zoho_usage (business_id, day, calls, refused, day_limit_reached_at) values
      (${shop.id}, '2026-02-01', 40, 1, null), (${shop.id}, '2026-02-28', 900, 5, now()), (${shop.id}, '2026-03-01', 7, 0, null)`;
    await owner`insert into zoho_automation (business_id, daily_calls_max) values (${shop.id}, 1000)`;
    expect((await usageAt(shop, "2026-03-15T00:00:00Z", "2026-02")).zoho).toEqual({
      calls: 940,
      refused: 6,
      busiestDay: 900,
      daysUsedUp: 1,
      dailyCallsMax: 1000,
    });
  });

  it("measures finished days once, by Kigali's midnight, and answers the same before and after", async () => {
    const shop = await stage.open({ connected: false });
    await tried(shop, [
      ["2026-03-30T21:59:59.500Z", 700],
      ["2026-03-30T22:00:00Z", 1_000],
      ["2026-03-31T21:59:59Z", null],
      ["2026-03-31T22:00:00Z", 250],
      ["2026-04-02T10:00:00Z", 4_000],
    ]);
    const night = "2026-04-02T01:17:00Z";
    const march = { calls: 3, seconds: 1.7 };
    const april = { calls: 2, seconds: 4.25 };
    expect((await usageAt(shop, night, "2026-03")).device).toEqual(march);
    await measureAt(night);
    expect(await daysOf(shop)).toMatchObject([
      { day: "2026-03-30", device_calls: 1, device_ms: 700 },
      { day: "2026-03-31", device_calls: 2, device_ms: 1_000 },
      { day: "2026-04-01", device_calls: 1, device_ms: 250 },
    ]);
    await measureAt(night);
    for (const [month, device] of [
      ["2026-03", march],
      ["2026-04", april],
    ] as const)
      expect((await usageAt(shop, night, month)).device).toEqual(device);
    await measureAt("2026-04-06T01:17:00Z");
    expect((await daysOf(shop)).map(({ day }) => day)).toEqual([
      "2026-03-30",
      "2026-03-31",
      "2026-04-01",
      "2026-04-02",
      "2026-04-05",
    ]);
    expect((await usageAt(shop, "2026-04-07T00:00:00Z")).device).toEqual(april);
  });

  it("knows what is stored as of the last night, of every month up to then", async () => {
    const shop = await stage.open({ connected: false });
    await tried(shop, [["2026-01-31T10:00:00Z", 1]]);
    await tried(shop, [["2026-02-01T10:00:00Z", 1]]);
    await measureAt("2026-02-03T01:17:00Z");
    const [first = 0, second = 0] = (await daysOf(shop)).map(({ stored_bytes: bytes }) => Number(bytes));
    expect(first).toBeGreaterThan(50);
    expect(second).toBeGreaterThan(50);
    const at = "2026-02-03T12:00:00Z";
    expect((await usageAt(shop, at, "2026-01")).storage).toEqual({ bytes: first, measuredOn: "2026-01-31" });
    expect((await usageAt(shop, at, "2026-02")).storage).toEqual({
      bytes: first + second,
      measuredOn: "2026-02-02",
    });
  });

  it("of one that cannot be measured keeps no other from it", async () => {
    const [broken, fine] = [await stage.open({ connected: false }), await stage.open({ connected: false })];
    for (const shop of [broken, fine]) await tried(shop, [["2026-01-10T10:00:00Z", 1]]);
    await stage.database
      .owner`insert into attempts (business_id, submission_id, number, invoice_number, request_sha256,
      worker, started_at, finished_at) select business_id, id, 1, 1, 'x', 'x', '2026-01-10', 'infinity'
      from submissions where business_id = ${broken.id}`;
    await expect(measureAt("2026-01-12T01:17:00Z")).rejects.toMatchObject({ code: "unavailable" });
    expect(await daysOf(broken)).toEqual([]);
    expect(await daysOf(fine)).toHaveLength(2);
    await stage.database.owner`delete from attempts where finished_at = 'infinity'`;
  });
});

describe("everybody's usage", () => {
  it("comes a page at a time, each business once, and as CSV", async () => {
    const all = await stage.database.owner`select id from businesses order by id`;
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? "" : `&cursor=${cursor}`;
      const answer = await provider.api.get(`/businesses/usage?month=2026-11&limit=2${after}`);
      const page = UsageListSchema.parse(answer.body);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ businessId: id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(all.map(({ id }) => id));
    const csv = await provider.api.get("/businesses/usage.csv?month=2026-11");
    expect(csv.headers.get("content-disposition")).toContain("usage-2026-11.csv");
    const [head, ...lines] = csv.text.trimEnd().split("\r\n");
    expect(head).toContain("Month,Business,Name,TIN");
    expect(lines.map((line) => line.split(",")[1])).toEqual(seen);
  });

  it.each(["month=2026-13", "month=11-2026", "limit=0", "limit=101", "cursor=x"])(
    "refuses %s",
    async (query) => {
      expect(problemOf(await provider.api.get(`/businesses/usage?${query}`))).toMatchObject({
        status: 400,
        code: "input-invalid",
      });
    },
  );
});

describe("a business's health", () => {
  const health = async ({ id }: Business): Promise<Health> =>
    HealthSchema.parse((await provider.api.get(`/businesses/${id}/health`)).body);

  it("is well once it sells, and says what its device and its organisation came to", async () => {
    const shop = await stage.open();
    await shop.fiscalise(shop.put());
    expect(await health(shop)).toMatchObject({
      businessId: shop.id,
      status: "active",
      isWell: true,
      device: { status: "answering", failingSince: null, lastAnswerAt: expect.any(String) },
      zoho: { grant: "connected", usedUpAt: null },
      backlog: { queued: 0, sending: 0, unknown: 0, receiptMissing: 0, since: null },
      attention: [],
    });
  });

  it("names a silent device, a lost grant, the age of the backlog and what waits for a person", async () => {
    const shop = await stage.open();
    const { owner } = stage.database;
    const at = (hour: number) => `2026-11-20T0${hour}:00:00.000Z`;
    await storeDocuments(stage, shop, [
      storedDocument({ state: "queued", createdAt: at(6) }),
      storedDocument({ state: "receipt-missing", createdAt: at(5) }),
    ]);
    await owner`update branches set failures = 6, failing_since = ${at(7)}, resting_until = now() where business_id = ${shop.id}`;
    await owner`update zoho_connections set status = 'lost' where business_id = ${shop.id}`;
    const seen = await health(shop);
    expect(seen).toMatchObject({
      isWell: false,
      device: { status: "not-answering", failingSince: at(7) },
      zoho: { grant: "lost" },
      backlog: { queued: 1, receiptMissing: 1, since: at(5) },
    });
    expect(seen.attention.map(({ kind }) => kind)).toEqual([
      "receipt-missing",
      "documents-waiting",
      "device-not-answering",
      "zoho-grant-lost",
    ]);
  });
});
