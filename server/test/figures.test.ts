import { StatsSchema } from "@fiscalise/shared/api/figures.ts";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { viewStats } from "../src/businesses/view-stats.ts";
import { businessId, type Database, openDatabase } from "../src/db/with-business.ts";
import { createApi, problemOf } from "./api.ts";
import { today } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { type StoredDocument, storeDocuments, storedDocument } from "./stored-documents.ts";

let stage: Stage;
let shop: Business;
let database: Database;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open();
  database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 1 });
});
afterAll(async () => {
  await database.close();
  await stage.close();
});

const stats = async (business: Business) => {
  const answer = await business.api.get("/businesses/me/stats");
  expect(answer.status).toBe(200);
  return StatsSchema.parse(answer.body);
};
const kindsOf = async (business: Business) => (await stats(business)).attention.map(({ kind }) => kind);

function statsAt(business: Business, at: Date) {
  const origin = { address: null, requestId: business.adminId };
  const actor = {
    businessId: businessId(business.id),
    userId: business.adminId,
    role: "business_user" as const,
    origin,
  };
  return viewStats({ withBusiness: database.withBusiness, clock: () => at }, { actor });
}

async function forget(business: Business): Promise<void> {
  await stage.database.owner`delete from receipts where business_id = ${business.id}`;
  await stage.database.owner`delete from submissions where business_id = ${business.id}`;
}

const cents = (text: string) => {
  const [, sign = "", whole = "0", fraction = ""] = text.match(/^(-?)(\d+)(?:\.(\d+))?$/) ?? [];
  return BigInt(`${sign}${whole}${fraction.padEnd(2, "0")}`);
};

function expected(documents: readonly StoredDocument[], covers: (day: string) => boolean) {
  const within = documents.filter(({ publishedAt }) =>
    covers(publishedAt?.replace(/^(....)(..)(..).*/, "$1-$2-$3") ?? ""),
  );
  const summed = (amount: "total" | "vat") =>
    within.reduce((sum, { label, ...row }) => sum + cents(row[amount]) * (label === "NR" ? -1n : 1n), 0n);
  return { receipts: within.length, total: summed("total"), vat: summed("vat") };
}
const inCents = ({ receipts, total, vat }: { receipts: number; total: string; vat: string }) => ({
  receipts,
  total: cents(total),
  vat: cents(vat),
});

describe("figures", () => {
  it("are the exact sums over the receipts of Kigali's day and month, whatever the moment", async () => {
    const moments = [
      ["2026-10-31T21:59:59.999Z", "2026-10-31"],
      ["2026-10-31T22:00:00.000Z", "2026-11-01"],
      ["2026-12-31T22:00:00.000Z", "2027-01-01"],
      ["2027-02-28T12:00:00.000Z", "2027-02-28"],
      ["2028-02-28T22:30:00.000Z", "2028-02-29"],
      ["2026-11-30T10:00:00.000Z", "2026-11-30"],
    ] as const;
    const amount = fc.bigInt({ min: 0n, max: 10n ** 17n - 1n }).map((units) => {
      const digits = units.toString().padStart(3, "0");
      return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...moments),
        fc.array(
          fc.record({
            daysAgo: fc.oneof(fc.integer({ min: -31, max: 65 }), fc.constantFrom(0, 1, 28, 29, 30, 31)),
            time: fc.constantFrom("000000", "235959", "120000"),
            label: fc.constantFrom("NS" as const, "NR" as const),
            total: amount,
            vat: amount,
          }),
          { maxLength: 40 },
        ),
        async ([at, day], rows) => {
          await forget(shop);
          const daysFrom = (count: number) =>
            new Date(Date.parse(`${day}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10);
          const documents = rows.map(({ daysAgo, time, ...row }) =>
            storedDocument({ ...row, publishedAt: `${daysFrom(daysAgo).replaceAll("-", "")}${time}` }),
          );
          await storeDocuments(stage, shop, documents);
          const seen = await statsAt(shop, new Date(at));
          expect(inCents(seen.today)).toEqual(expected(documents, (each) => each === day));
          expect(inCents(seen.month)).toEqual(
            expected(documents, (each) => each.slice(0, 7) === day.slice(0, 7)),
          );
          expect(seen.days.map((each) => each.day)).toEqual(
            Array.from({ length: 30 }, (_, index) => daysFrom(29 - index)),
          );
          for (const each of seen.days) {
            expect(inCents(each), each.day).toEqual(expected(documents, (other) => other === each.day));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("are of one's own business, for every user of it, over HTTP", async () => {
    const [own, other] = [await stage.open(), await stage.open()];
    await own.fiscalise(own.put());
    const fresh = { day: today(), receipts: 1, total: "11800", vat: "1800" };
    const user = createApi(stage.url, stage.token(own, "business_user"));
    for (const api of [own.api, user]) {
      const seen = StatsSchema.parse((await api.get("/businesses/me/stats")).body);
      expect(seen.days.at(-1)).toEqual(fresh);
      expect(seen).toMatchObject({ today: { receipts: 1 }, month: { total: "11800" }, attention: [] });
    }
    expect(await stats(other)).toMatchObject({ today: { receipts: 0, total: "0", vat: "0" }, attention: [] });
    const anonymous = createApi(stage.url, null);
    expect(problemOf(await anonymous.get("/businesses/me/stats")).status).toBe(401);
  });
});

describe("attention", () => {
  it("names what waits for a person, most urgent first, with how many and since when", async () => {
    const busy = await stage.open({ connected: false });
    const at = (hour: number) => `2026-11-20T${String(hour).padStart(2, "0")}:00:00.000Z`;
    await storeDocuments(stage, busy, [
      storedDocument({ state: "receipt-missing" }),
      storedDocument({ state: "receipt-missing" }),
      storedDocument({ state: "unknown", needsAttention: true }),
      storedDocument({ state: "unknown" }),
      storedDocument({ state: "rejected" }),
      storedDocument({ state: "queued", createdAt: at(6) }),
      storedDocument({ state: "queued" }),
    ]);
    const { owner } = stage.database;
    await owner`update submissions set state_since = ${at(8)} where business_id = ${busy.id} and state <> 'unknown'`;
    await owner`update submissions set unknown_since = ${at(9)} where business_id = ${busy.id} and state = 'unknown'`;
    await owner`update branches set failures = 5, resting_until = now() + interval '1 minute', failing_since = ${at(7)}
      where business_id = ${busy.id}`;
    await owner`update businesses set company_confirmed_at = null where id = ${busy.id}`;
    await owner`update branches set initialised_on = null where business_id = ${busy.id}`;
    expect((await stats(busy)).attention).toEqual([
      { kind: "receipt-missing", count: 2, since: at(8) },
      { kind: "rejected", count: 1, since: at(8) },
      { kind: "unknown-long", count: 1, since: at(9) },
      { kind: "documents-waiting", count: 1, since: at(6) },
      { kind: "device-not-answering", count: 1, since: at(7) },
      { kind: "zoho-not-connected", count: 1, since: null },
      { kind: "device-not-set-up", count: 1, since: null },
      { kind: "company-not-confirmed", count: 1, since: null },
    ]);
  });

  it("asks for the item classes that unmapped goods and services fall back on, until one is chosen", async () => {
    const without = await stage.open({ settings: { defaultItemClasses: {} } });
    expect(await kindsOf(without)).toEqual(["default-classes-missing"]);
    expect(
      await kindsOf(await stage.open({ settings: { defaultItemClasses: { goods: "5059690800" } } })),
    ).toEqual([]);
  });

  it("counts a refused document once, and no more when a later submission of it lives", async () => {
    const own = await stage.open();
    const [twice, again, withdrawn] = ["71", "72", "73"];
    await storeDocuments(stage, own, [
      storedDocument({ state: "rejected", zohoDocumentId: twice! }),
      storedDocument({ state: "rejected", zohoDocumentId: twice! }),
      storedDocument({ state: "rejected", zohoDocumentId: again! }),
      storedDocument({ state: "queued", zohoDocumentId: again! }),
      storedDocument({ state: "rejected", zohoDocumentId: withdrawn! }),
      storedDocument({ state: "withdrawn", zohoDocumentId: withdrawn! }),
    ]);
    expect((await stats(own)).attention).toMatchObject([{ kind: "rejected", count: 2 }]);
  });

  it("tells a lost grant, and forgets a device that answers again", async () => {
    const own = await stage.open();
    const { owner } = stage.database;
    await owner`update zoho_connections set status = 'lost' where business_id = ${own.id}`;
    await owner`update branches set failures = 1 where business_id = ${own.id}`;
    expect(await kindsOf(own)).toEqual(["zoho-grant-lost"]);
    await owner`update branches set resting_until = now(), failures = 5 where business_id = ${own.id}`;
    expect(await kindsOf(own)).toEqual(["device-not-answering", "zoho-grant-lost"]);
  });
});
