import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf } from "./api.ts";
import { putNote } from "./credit-notes.ts";
import { line, today } from "./factories.ts";
import { type Business, type BusinessOptions, type Stage, startStage } from "./harness.ts";
import { addSuperAdmin } from "./super-admin.ts";
import { until } from "./until.ts";
import { deliver, notePayloadOf, payloadOf, webhookOf } from "./webhook.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ answerWithinMs: 2_000 });
});
afterAll(() => stage.close());

type Policy = "off" | "on-sent" | "on-approval";
const open = async (autoFiscalise: Policy, options: BusinessOptions = {}) => {
  const shop = await stage.open({ ...options, settings: { autoFiscalise, ...options.settings } });
  const hook = await webhookOf(stage, shop);
  let sent = 0;
  return {
    shop,
    /** Each content is its own delivery. */
    notify: (payload: string) => {
      sent += 1;
      return deliver(stage, hook, payload.replace(/}$/, `,"sent":${sent}}`));
    },
  };
};

interface Row {
  state: string;
  codes: string[];
  document_number: string | null;
  tries: number;
}
async function rowOf(zohoId: string): Promise<Row | undefined> {
  const [row] = await stage.database.owner<Row[]>`
    select state, codes, document_number, tries from automated_documents where document_id = ${zohoId}`;
  return row;
}
const becomes = (zohoId: string, state: string) =>
  until(`${zohoId} is ${state}`, async () => {
    const row = await rowOf(zohoId);
    return row?.state === state && row;
  });
const attention = async (shop: Business) => {
  const { body } = await shop.api.get("/businesses/me/stats");
  return (body as { attention: { kind: string; count: number }[] }).attention;
};
const callsAbout = (zohoId: string) =>
  stage.zoho.calls().filter(({ method, path }) => method === "GET" && path.includes(zohoId)).length;
/** As if the time of every waiting look had come. */
const dueNow = () => stage.database.owner`
  update graphile_worker._private_jobs set run_at = now() where task_id =
    (select id from graphile_worker._private_tasks where identifier = 'look-at-document')`;

/** Its look came due and ended, and no other is to come. */
const lookedAt = (zohoId: string) =>
  until(`${zohoId} was looked at`, async () => {
    await dueNow();
    const jobs = await stage.database.owner`
      select from graphile_worker._private_jobs where payload ->> 'documentId' = ${zohoId}`;
    return jobs.length === 0;
  });
const setPolicy = async (shop: Business, autoFiscalise: Policy) => {
  expect((await shop.api.patch("/businesses/me/config", { policies: { autoFiscalise } })).status).toBe(200);
};

describe("the policy", () => {
  it.each<[Policy, string, boolean]>([
    ["on-sent", "sent", true],
    ["on-sent", "approved", false],
    ["on-approval", "approved", true],
    ["on-approval", "draft", false],
  ])("%s takes an invoice that is %s: %s", async (policy, status, isTaken) => {
    const { shop, notify } = await open(policy);
    const zohoId = shop.put({ status });
    await notify(payloadOf(zohoId));
    await becomes(zohoId, isTaken ? "fiscalised" : "left");
    const rows = await stage.database.owner`select from submissions where zoho_document_id = ${zohoId}`;
    expect(rows).toHaveLength(isTaken ? 1 : 0);
  });

  it("off asks Zoho nothing", async () => {
    const { shop, notify } = await open("off");
    const on = await open("on-sent");
    const [zohoId, after] = [shop.put(), on.shop.put()];
    await notify(payloadOf(zohoId));
    await on.notify(payloadOf(after));
    await becomes(after, "fiscalised");
    expect(callsAbout(zohoId)).toBe(0);
  });
});

describe("a document the automation cannot fiscalise", () => {
  const refused = { lines: [line({ quantity: "0" })] };

  it("is named with every reason, audited once, and judged again when its webhook comes again", async () => {
    const { shop, notify } = await open("on-sent");
    const zohoId = shop.put(refused);
    await notify(payloadOf(zohoId));
    const row = await becomes(zohoId, "refused");
    expect(row.codes).toContain("line-invalid");
    expect(row.document_number).toMatch(/^INV-/);
    expect(await attention(shop)).toContainEqual(
      expect.objectContaining({ kind: "not-fiscalised", count: 1 }),
    );
    await notify(payloadOf(zohoId));
    await until("judged again", async () => callsAbout(zohoId) === 2);
    shop.put({ id: zohoId });
    await notify(payloadOf(zohoId));
    await becomes(zohoId, "fiscalised");
    const told = (await shop.audit()).filter(({ action }) => action === "document-not-fiscalised");
    expect(told).toMatchObject([{ actor: "automation", subject: `invoice:${zohoId}` }]);
    expect((await attention(shop)).map(({ kind }) => kind)).not.toContain("not-fiscalised");
  });

  it("is settled by a person's click", async () => {
    const { shop, notify } = await open("on-sent");
    const zohoId = shop.put(refused);
    await notify(payloadOf(zohoId));
    await becomes(zohoId, "refused");
    shop.put({ id: zohoId });
    await shop.fiscalise(zohoId);
    expect((await attention(shop)).map(({ kind }) => kind)).not.toContain("not-fiscalised");
  });
});

it("begins with the day it is switched on: what is dated before stays as it is", async () => {
  const { shop, notify } = await open("off");
  await setPolicy(shop, "on-sent");
  const [old, fresh] = [shop.put({ date: "2020-01-31" }), shop.put()];
  await notify(payloadOf(old));
  await notify(payloadOf(fresh));
  await becomes(fresh, "fiscalised");
  expect(await rowOf(old)).toMatchObject({ state: "left" });
  const [automation] = await stage.database.owner<{ is_new: boolean }[]>`
    select swept_until > now() - interval '1 minute' as is_new from zoho_automation where business_id = ${shop.id}`;
  expect(automation).toEqual({ is_new: true });
});

it("leaves what a person took back to that person", async () => {
  const { shop, notify } = await open("on-sent");
  const address = (url: string) =>
    stage.database.owner`update branches set base_url = ${url} where business_id = ${shop.id}`;
  await address("http://127.0.0.1:99999");
  const zohoId = shop.put();
  const { id } = await shop.fiscalise(zohoId, {}, ["queued"]);
  await shop.api.post(`/submissions/${id}/withdraw`);
  await shop.reaches(id, "withdrawn");
  await address(shop.device.url);
  await notify(payloadOf(zohoId));
  const after = shop.put();
  await notify(payloadOf(after));
  await becomes(after, "fiscalised");
  const rows = await stage.database.owner`select state from submissions where zoho_document_id = ${zohoId}`;
  expect([...rows]).toEqual([{ state: "withdrawn" }]);
});

describe("a voided invoice", () => {
  it("that is fiscalised is flagged, on Zoho's own word only", async () => {
    const { shop, notify } = await open("off");
    const [zohoId, lied] = [shop.put(), shop.put()];
    await shop.fiscalise(zohoId);
    await shop.fiscalise(lied);
    shop.put({ id: zohoId, status: "void" });
    await notify(payloadOf(zohoId, { status: "void" }));
    await notify(payloadOf(lied, { status: "void" }));
    await becomes(zohoId, "void-after-fiscalisation");
    await becomes(lied, "fiscalised");
    expect(await attention(shop)).toContainEqual(
      expect.objectContaining({ kind: "void-after-fiscalisation", count: 1 }),
    );
    const told = (await shop.audit()).filter(({ action }) => action === "void-after-fiscalisation");
    expect(told).toMatchObject([{ actor: "automation", subject: `invoice:${zohoId}` }]);
  });

  it("that is not fiscalised is left", async () => {
    const { shop, notify } = await open("on-sent");
    const zohoId = shop.put({ status: "void" });
    await notify(payloadOf(zohoId, { status: "void" }));
    await becomes(zohoId, "left");
  });
});

describe("a credit note", () => {
  it("before its invoice is fiscalised waits, and then asks a person for the reason", async () => {
    const { shop, notify } = await open("on-sent");
    const zohoId = shop.put({ status: "draft" });
    const noteId = putNote(stage, shop, { invoices: [zohoId], total: "11800" });
    await notify(notePayloadOf(noteId));
    expect(await becomes(noteId, "waiting")).toMatchObject({ tries: 1 });
    shop.put({ id: zohoId });
    await shop.fiscalise(zohoId);
    await dueNow();
    await notify(notePayloadOf(noteId));
    expect((await becomes(noteId, "refused")).codes).toEqual(["refund-reason-missing"]);
  });
});

describe("when Zoho or the connection fails", () => {
  it.each([
    [{ kind: "http", status: 500 }, "zoho-unavailable"],
    [{ kind: "garbage" }, "zoho-answer-unreadable"],
  ] as const)(
    "by %o the document waits, visible, and goes by itself later",
    async (fault, code) => {
      const { shop, notify } = await open("on-sent");
      const zohoId = shop.put();
      stage.zoho.behave({ ...fault, match: `/invoices/${zohoId}` });
      await notify(payloadOf(zohoId));
      expect((await becomes(zohoId, "waiting")).codes).toEqual([code]);
      stage.zoho.behave("up");
      await dueNow();
      await notify(payloadOf(zohoId));
      await becomes(zohoId, "fiscalised");
    },
    30_000,
  );

  it("a lost grant keeps the document until the organisation is connected again", async () => {
    const { shop, notify } = await open("on-sent");
    const zohoId = shop.put();
    await stage.database.owner`update zoho_connections set status = 'lost' where business_id = ${shop.id}`;
    await notify(payloadOf(zohoId));
    expect((await becomes(zohoId, "waiting")).codes).toEqual(["zoho-grant-lost"]);
    expect(problemOf(await shop.api.get(`/invoices/${zohoId}`))).toMatchObject({ code: "zoho-grant-lost" });
    await stage.connect(shop);
    await notify(payloadOf(zohoId));
    await becomes(zohoId, "fiscalised");
  });
});

describe("a document that waits", () => {
  const waits = async ({ shop, notify }: Awaited<ReturnType<typeof open>>, zohoId: string) => {
    stage.zoho.behave({ kind: "garbage", match: `/invoices/${zohoId}` });
    await notify(payloadOf(zohoId));
    await becomes(zohoId, "waiting");
    stage.zoho.behave("up");
    return shop;
  };

  it("is kept while the business is inactive, and goes when it is active again", async () => {
    const provider = await addSuperAdmin(stage);
    const opened = await open("on-sent");
    const { shop } = opened;
    const [tried, queued] = [shop.put(), shop.put()];
    await waits(opened, tried);
    await provider.api.put(`/businesses/${shop.id}/deactivate`);
    await stage.database.owner`
      select device_queue.enqueue_document(${shop.id}, 'invoice', ${queued}, false, now())
      from (select set_config('app.business_id', ${shop.id}, true)) s`;
    const asked = callsAbout(tried);
    for (const [zohoId, tries] of [
      [tried, 1],
      [queued, 0],
    ] as const) {
      await lookedAt(zohoId);
      expect(await rowOf(zohoId)).toMatchObject({ state: "waiting", codes: ["business-inactive"], tries });
    }
    expect([callsAbout(tried), callsAbout(queued)]).toEqual([asked, 0]);
    await provider.api.put(`/businesses/${shop.id}/activate`);
    await becomes(tried, "fiscalised");
    await becomes(queued, "fiscalised");
  });

  it("goes by its date when the automation is switched off and on again", async () => {
    const opened = await open("on-sent");
    const { shop } = opened;
    const [old, fresh] = [shop.put({ date: today(-1) }), shop.put()];
    await waits(opened, old);
    await waits(opened, fresh);
    await setPolicy(shop, "off");
    for (const zohoId of [old, fresh]) {
      await lookedAt(zohoId);
      expect(await rowOf(zohoId)).toMatchObject({ state: "waiting" });
    }
    await setPolicy(shop, "on-sent");
    await becomes(fresh, "fiscalised");
    await becomes(old, "left");
  });
});
