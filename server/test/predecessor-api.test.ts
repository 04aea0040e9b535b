import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ANSWER_AFTER_MS } from "../src/http/predecessor/old-webhooks.ts";
import { call, type Reply } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { addSuperAdmin, type SuperAdminOfStage } from "./super-admin.ts";
import { until } from "./until.ts";

let stage: Stage;
let shop: Business;
let provider: SuperAdminOfStage;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open({ settings: { autoFiscalise: "on-sent" } });
  provider = await addSuperAdmin(stage);
});
afterAll(() => stage.close());

const details = (business: Business) => ({
  ...{ name: "Shop Ltd", tin: business.tin, email: "shop@example.rw", phone: "+250 788 300 100" },
  ...{ address: "KN 5 Rd 12, Kigali", language: "en" },
});
const switchTo = (business: Business, predecessorApi?: boolean) =>
  provider.api.put(`/businesses/${business.id}`, {
    ...details(business),
    ...(predecessorApi !== undefined && { predecessorApi }),
  });

/** As the predecessor's customers' workflows post it: unsigned, with the seller's TIN in a custom field. */
const post = (tin: string, zohoId: string, url = stage.url()) =>
  call(`${url}/api/v1/predecessor/webhooks/zoho/invoice`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      invoice: { invoice_id: zohoId, status: "paid", total: 1, custom_field_hash: { cf_tin: tin } },
    }),
  });

/** How long it took tells as much as what it says. */
async function answerOf(asked: Promise<Reply>) {
  const began = performance.now();
  const { status, text } = await asked;
  return { status, text, isAsLate: performance.now() - began > ANSWER_AFTER_MS };
}
const ALIKE = { status: 202, text: "", isAsLate: true };

const readings = (zohoId: string) => stage.zoho.calls().filter(({ path }) => path.includes(zohoId));
const signed = (zohoId: string) =>
  until("receipt", async () => {
    const rows = await stage.database.owner`
      select from submissions where zoho_document_id = ${zohoId} and state = 'fiscalised'`;
    return rows.length > 0;
  });

describe("a webhook of the predecessor", () => {
  it("does nothing where it is off, and answers as it does everywhere", async () => {
    const other = await stage.open({ settings: { autoFiscalise: "on-sent" } });
    const zohoId = other.put();
    for (const tin of [other.tin, "111111111", "x"])
      expect(await answerOf(post(tin, zohoId)), tin).toEqual(ALIKE);
    const jobs = await stage.database.owner`
      select from graphile_worker._private_jobs where payload::text like ${`%${zohoId}%`}`;
    expect([jobs.length, readings(zohoId).length]).toEqual([0, 0]);
  });

  it("is switched on by the provider alone, audited and counted; the document is read from Zoho", async () => {
    const on = await switchTo(shop, true);
    expect(on.body).toMatchObject({ predecessorApi: { lastOn: null, calls: {} } });
    expect((await shop.audit()).filter(({ action }) => action === "predecessor-api-on")).toHaveLength(1);
    const zohoId = shop.put();
    const answer = await post(shop.tin, zohoId);
    expect(answer.status).toBe(202);
    expect(answer.headers.get("deprecation")).toMatch(/^@\d+$/);
    expect(answer.headers.get("sunset")).toBe("Thu, 31 Dec 2099 22:00:00 GMT");
    expect(answer.headers.get("link")).toContain('rel="successor-version"');
    await signed(zohoId);
    expect((await switchTo(shop)).body).toMatchObject({
      predecessorApi: { lastOn: expect.any(String), calls: { "invoice-webhook": 1 } },
    });
  });

  it("forged, causes a reading and nothing it says: another's document is not there, a draft is left", async () => {
    const other = await stage.open({ connected: true });
    const [foreign, draft] = [other.put(), shop.put({ status: "draft" })];
    expect(await answerOf(post(shop.tin, foreign))).toEqual(ALIKE);
    expect(await answerOf(post(shop.tin, draft))).toEqual(ALIKE);
    await until("the draft was looked at", async () => {
      const rows = await stage.database.owner`
        select from automated_documents where document_id = ${draft} and state = 'left'`;
      return rows.length > 0;
    });
    const rows = await stage.database.owner`
      select from submissions where zoho_document_id in (${foreign}, ${draft})`;
    expect(rows).toHaveLength(0);
  });

  it("is limited by the TIN it names, known or not", async () => {
    const tight = await startStage({ env: { REQUEST_LIMITS_FACTOR: "0.5" } });
    try {
      const sent = Array.from({ length: 40 }, () => post("222222222", "4815", tight.url()));
      const statuses = (await Promise.all(sent)).map(({ status }) => status);
      const another = await post("333333333", "4815", tight.url());
      expect(statuses.filter((status) => status === 202)).toHaveLength(30);
      expect(statuses.filter((status) => status === 429)).toHaveLength(10);
      expect(another.status).toBe(202);
    } finally {
      await tight.close();
    }
  });

  it("ends with its date", async () => {
    const later = await startStage({ env: { PREDECESSOR_ENDS: "2026-01-01" } });
    try {
      expect((await post(shop.tin, "4815", later.url())).status).toBe(410);
    } finally {
      await later.close();
    }
  });
});

it("a receipt is not read by guessing the name of its old file", async () => {
  const answer = await call(`${stage.url()}/download-pdf/invoice_1_20241125_120000.pdf`);
  expect([answer.status, answer.headers.get("link")]).toEqual([
    410,
    expect.stringContaining('rel="successor-version"'),
  ]);
});
