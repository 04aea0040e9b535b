import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { businessId, type Database, openDatabase } from "../src/db/with-business.ts";
import { receiptsZip } from "../src/http/receipts-zip.ts";
import { bundleReceipts } from "../src/receipts/bundle-receipts.ts";
import { createApi, problemOf } from "./api.ts";
import { today } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { storeDocuments, storedDocument } from "./stored-documents.ts";
import { until } from "./until.ts";

let stage: Stage;
let shop: Business;
let database: Database;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open();
  database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 2 });
});
afterAll(async () => {
  await database.close();
  await stage.close();
});

const zipOf = async (business: Business, query: string) => {
  const answer = await business.api.bytes(`/receipts.zip${query}`);
  expect(answer.status).toBe(200);
  return { ...answer, files: unzipSync(answer.bytes) };
};
/** As a server makes it, with what is drawn in the caller's hand. */
const bundleOf = (business: Business, day: string, onRender = () => {}) =>
  bundleReceipts(
    {
      withBusiness: database.withBusiness,
      limits: { take: async () => {} },
      renderPdf: async () => {
        onRender();
        return new Uint8Array(1_000);
      },
    },
    {
      actor: {
        businessId: businessId(business.id),
        userId: business.adminId,
        role: "business_user",
        origin: { address: null, requestId: business.adminId },
      },
      from: day,
      to: day,
    },
  );
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe("receipts.zip", () => {
  it("holds each receipt's own PDF under a name that says which, and the list of just these", async () => {
    const sold = [];
    for (let index = 0; index < 3; index += 1) sold.push(await shop.fiscalise(shop.put()));
    const query = `?from=${today()}&to=${today()}`;
    const { files, headers, bytes } = await zipOf(shop, query);
    expect(headers.get("content-type")).toBe("application/zip");
    expect(headers.get("content-disposition")).toBe(
      `attachment; filename="receipts-${today()}-${today()}.zip"`,
    );
    const named = sold.map(({ receipt, documentNumber }) => {
      const counter = receipt?.counter.replace("/", "-").replace(" ", "-");
      return `${today()}_${counter}_${documentNumber}.pdf`;
    });
    expect(Object.keys(files).toSorted()).toEqual([...named, `receipts-${today()}-${today()}.csv`]);
    for (const [index, { receipt }] of sold.entries()) {
      const single = await shop.api.bytes(`/receipts/${receipt?.id}/pdf`);
      expect(Buffer.from(files[named[index] ?? ""] ?? []).equals(single.bytes)).toBe(true);
    }
    const list = await shop.api.bytes(`/receipts.csv${query}`);
    expect(Buffer.from(files[`receipts-${today()}-${today()}.csv`] ?? []).equals(list.bytes)).toBe(true);
    expect((await zipOf(shop, query)).bytes.equals(bytes)).toBe(true);
  });

  it("keeps to its days and its business", async () => {
    const own = await stage.open();
    const none = await zipOf(own, `?from=${today()}&to=${today()}`);
    expect(Object.keys(none.files)).toEqual([`receipts-${today()}-${today()}.csv`]);
    expect(text(Object.values(none.files)[0]).split("\r\n")).toHaveLength(2);
    await own.fiscalise(own.put());
    expect(Object.keys((await zipOf(own, "?from=2026-01-01&to=2026-01-31")).files)).toHaveLength(1);
    expect(Object.keys((await zipOf(own, `?from=${today()}&to=${today()}`)).files)).toHaveLength(2);
  });

  it("refuses more than 5,000 receipts before it renders one", async () => {
    const own = await stage.open();
    const at = (publishedAt: string) => storedDocument({ publishedAt });
    await storeDocuments(stage, own, [
      ...Array.from({ length: 5_000 }, () => at("20261101120000")),
      at("20261102120000"),
    ]);
    const problem = problemOf(await own.api.get("/receipts.zip?from=2026-11-01&to=2026-11-02"));
    expect(problem).toMatchObject({ status: 422, code: "export-too-large" });
  });

  it.each(["", "?from=2026-11-01", "?from=2026-11-02&to=2026-11-01", "?from=x&to=y"])(
    "wants a whole period: %s",
    async (query) => {
      expect(problemOf(await shop.api.get(`/receipts.zip${query}`)).code).toBe("input-invalid");
    },
  );

  it("is for the business's own people", async () => {
    const query = "/receipts.zip?from=2026-11-01&to=2026-11-02";
    expect((await createApi(stage.url, null).get(query)).status).toBe(401);
  });
});

it("is one at a time for a business, over all servers, and the next may begin once its reader has gone", async () => {
  const [own, other] = [await stage.open(), await stage.open()];
  await own.fiscalise(own.put());
  await own.fiscalise(own.put());
  const bundle = await bundleOf(own, today());
  await bundle.next();
  const query = `?from=${today()}&to=${today()}`;
  const refused = await own.api.get(`/receipts.zip${query}`);
  expect(problemOf(refused)).toMatchObject({ status: 429, code: "already-under-way" });
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(60);
  await zipOf(other, query);
  await bundle.return(undefined);
  expect(Object.keys((await zipOf(own, query)).files)).toHaveLength(3);
});

describe("a reader who leaves", () => {
  it("before the first byte keeps no other from reading", async () => {
    const { owner } = stage.database;
    const left = new AbortController();
    const days = `from=${today()}&to=${today()}`;
    let reading: Promise<unknown> = Promise.resolve();
    await owner.begin(async (tx) => {
      await tx`
        insert into leases (business_id, work, holder, ends_at) values (${shop.id}, 'bundle', ${shop.id}, now())
        on conflict (business_id, work) do update set holder = excluded.holder`;
      reading = fetch(`${stage.url()}/api/v1/receipts.zip?${days}`, {
        headers: { authorization: `Bearer ${stage.token(shop)}` },
        signal: left.signal,
      }).catch((error: Error) => error.name);
      await until("the server waits for the lease", async () => {
        const [waiting] = await owner`
          select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%insert into leases%'`;
        return waiting !== undefined;
      });
      left.abort();
      expect(await reading).toBe("AbortError");
    });
    await until("the lease has ended", async () => {
      const [lease] = await owner`
        select ends_at <= clock_timestamp() as ended from leases where business_id = ${shop.id} and holder <> ${shop.id}`;
      return lease?.ended;
    });
  });

  it("ends the rendering", async () => {
    const own = await stage.open();
    await storeDocuments(
      stage,
      own,
      Array.from({ length: 50 }, () => storedDocument({ publishedAt: "20261101120000" })),
    );
    // The printed form of rows made up for lists is not drawn: what matters is how many are begun.
    await stage.database.owner`
      update receipts r set seller = (select seller from receipts where business_id = ${shop.id} limit 1)
      where business_id = ${own.id}`;
    await stage.database.owner`
      update submissions s set request_text = sold.request_text, sale = sold.sale
      from (select request_text, sale from submissions where business_id = ${shop.id} limit 1) sold
      where business_id = ${own.id}`;
    let begun = 0;
    const bundle = await bundleOf(own, "2026-11-01", () => {
      begun += 1;
    });
    const zip = receiptsZip(bundle, { from: "2026-11-01", to: "2026-11-01" });
    await zip.next();
    await zip.return(undefined);
    expect(begun).toBeGreaterThan(0);
    expect(begun).toBeLessThanOrEqual(3);
  });
});
