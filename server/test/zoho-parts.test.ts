import type { WebhookSecret } from "@fiscalise/shared/api/automation.ts";
import type { ZohoConfig } from "@fiscalise/shared/api/config.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApi, problemOf } from "./api.ts";
import { today } from "./factories.ts";
import { type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";
import { deliver, payloadOf } from "./webhook.ts";
import { connectBooks } from "./zoho-consent.ts";
import { isAllMade, zohoPartsOf } from "./zoho-parts-steps.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const { books, listed, openBare, make, writes, hookOf, automationOf, openSigning } = zohoPartsOf(() => stage);

describe("what automation needs in the organisation", () => {
  it("is made once; asking again changes nothing", async () => {
    const shop = await openBare();
    const before = (await shop.api.get("/businesses/me/zoho-config")).body as ZohoConfig;
    expect(before.automation.parts.some(({ isMade }) => isMade)).toBe(false);
    const made = await make(shop);
    expect(made.parts).toHaveLength(10);
    expect(isAllMade(made)).toBe(true);
    expect(listed(shop, "fields").filter(({ entity }) => entity === "invoice").length).toBeLessThanOrEqual(5);
    expect(listed(shop, "webhooks").map(({ url }) => url)).toEqual([made.webhookUrl, made.webhookUrl]);
    const count = writes(shop);
    expect(isAllMade(await make(shop))).toBe(true);
    expect(writes(shop)).toBe(count);
    const audited = (await shop.audit()).map(({ action }) => action);
    for (const action of ["zoho-parts-made", "webhook-secret-made"])
      expect(audited.filter((each) => each === action)).toHaveLength(1);
    const { body } = await shop.api.get("/businesses/me/config");
    expect(body).toMatchObject({
      customFields: {
        purchaseCode: "cf_purchase_code",
        buyerTin: "cf_customer_tin",
        contactTin: "cf_custtin",
      },
    });
  });

  it("is made again where somebody deleted it, and nothing else is touched", async () => {
    const shop = await openBare();
    await make(shop);
    const [rule] = listed(shop, "workflows");
    const [field] = listed(shop, "fields");
    books(shop).workflows.remove(String(rule?.workflow_id));
    books(shop).fields.remove(String(field?.field_id));
    const count = writes(shop);
    expect(isAllMade(await make(shop))).toBe(true);
    expect(writes(shop)).toBe(count + 2);
  });

  it("is found by its name where it is there already", async () => {
    const shop = await openBare();
    await make(shop);
    await stage.database.owner`update zoho_automation set parts = '{}' where business_id = ${shop.id}`;
    const fields = listed(shop, "fields").length;
    expect(isAllMade(await make(shop))).toBe(true);
    expect(listed(shop, "fields")).toHaveLength(fields);
    expect(listed(shop, "webhooks")).toHaveLength(2);
  });

  it("after a write whose answer was lost is looked up, not made twice", async () => {
    const shop = await openBare();
    stage.zoho.behave({ kind: "http", status: 500, times: 1, match: "POST /books/v3/settings/webhooks" });
    const first = await make(shop);
    stage.zoho.behave("up");
    expect(first.parts.filter(({ isMade }) => !isMade).map(({ part }) => part)).toEqual([
      "webhook-invoice",
      "workflow-invoice",
    ]);
    expect(isAllMade(await make(shop))).toBe(true);
    expect(listed(shop, "webhooks")).toHaveLength(2);
  });

  it("asked for twice at once, by two servers, is made once", async () => {
    const shop = await openBare();
    const second = await stage.addServer();
    stage.zoho.behave({ kind: "slow", delayMs: 100, match: "/settings/" });
    const ask = (url: string) =>
      createApi(() => url, stage.token(shop)).post("/businesses/me/zoho-config/parts");
    const answers = await Promise.all([ask(stage.url()), ask(second.url)]);
    stage.zoho.behave("up");
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused && problemOf(refused)).toMatchObject({ code: "already-under-way" });
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(60);
    expect(listed(shop, "fields")).toHaveLength(6);
    const count = writes(shop);
    expect(isAllMade(await make(shop))).toBe(true);
    expect(writes(shop)).toBe(count);
  });

  it("goes on when whoever was making it died, once their time is over", async () => {
    const shop = await openBare();
    await stage.database.owner`
      insert into leases values (${shop.id}, 'zoho-parts', gen_random_uuid(), now() + interval '1 minute')`;
    expect((await shop.api.post("/businesses/me/zoho-config/parts")).status).toBe(429);
    await stage.database.owner`update leases set ends_at = now() where business_id = ${shop.id}`;
    expect(isAllMade(await make(shop))).toBe(true);
  });

  it("that failed is audited as far as it came, and may be asked for again at once", async () => {
    const shop = await openBare();
    stage.zoho.behave({ kind: "http", status: 400, match: "/settings/webhooks" });
    expect((await shop.api.post("/businesses/me/zoho-config/parts")).status).toBe(503);
    stage.zoho.behave("up");
    expect(isAllMade(await make(shop))).toBe(true);
    const [begun, ended] = (await shop.audit()).filter(({ action }) => action === "zoho-parts-made");
    expect(begun?.detail).toEqual({
      made: "field-purchase-code, field-receipt, field-device, field-verification, field-status, field-contact-tin",
      unfinished: "zoho-unavailable",
    });
    expect(ended?.detail).toEqual({
      made: "webhook-invoice, webhook-credit-note, workflow-invoice, workflow-credit-note",
    });
  });

  it("is for admins of a business that is connected", async () => {
    const shop = await openBare();
    const user = await fetch(`${stage.url()}/api/v1/businesses/me/zoho-config/parts`, {
      method: "POST",
      headers: { authorization: `Bearer ${stage.token(shop, "business_user")}` },
    });
    expect(user.status).toBe(403);
    const other = await openBare({ connected: false });
    expect(problemOf(await other.api.post("/businesses/me/zoho-config/parts"))).toMatchObject({
      code: "zoho-not-connected",
    });
  });

  it("is seen by every user, the webhook's address by admins alone", async () => {
    const shop = await openBare();
    const { webhookUrl, ...shown } = await make(shop);
    const user = createApi(stage.url, stage.token(shop, "business_user"));
    const seen = await user.get("/businesses/me/zoho-config");
    expect((seen.body as ZohoConfig).automation).toMatchObject({ webhookUrl: null, parts: shown.parts });
    const token = webhookUrl?.split("/").at(-1) ?? "";
    expect(token).toMatch(/^.{43}\.[0-9a-f]{12}$/);
    expect(seen.text).not.toContain(token);
    expect((await shop.api.get("/businesses/me/zoho-config")).text).toContain(token);
  });

  it("signs what a webhook made by hand sends; the secret is shown when it is renewed, and never again", async () => {
    const shop = await openBare({ settings: { autoFiscalise: "on-sent" } });
    const { body } = await shop.api.post("/businesses/me/zoho-config/secret");
    const { url, secret } = body as WebhookSecret;
    expect(secret).toMatch(/^[A-Za-z0-9]{48}$/);
    const token = url.split("/").at(-1) ?? "";
    expect((await deliver(stage, { token, secret }, payloadOf(shop.put()))).status).toBe(202);
    const shown = await shop.api.get("/businesses/me/zoho-config");
    expect(shown.text).not.toContain(secret);
    expect((shown.body as ZohoConfig).automation).toMatchObject({
      webhookUrl: url,
      lastDeliveryAt: expect.any(String),
    });
    const [row] = await stage.database
      .owner`select token, secret from zoho_automation where business_id = ${shop.id}`;
    expect(JSON.stringify(row)).not.toContain(secret);
    expect(JSON.stringify(row)).not.toContain(token);
  });
});

describe("what was made in an organisation", () => {
  it("is nothing in another one; the policy stays and begins with today", async () => {
    const [shop, other] = [await openSigning(), await openBare({ connected: false })];
    const hook = await hookOf(shop);
    await stage.database.owner`
      update zoho_automation set daily_calls_max = 7, swept_until = '2026-01-01' where business_id = ${shop.id}`;
    expect((await deliver(stage, hook, payloadOf(shop.put()))).status).toBe(202);
    await connectBooks(stage, { ...shop, zohoUserId: other.zohoUserId });
    expect((await deliver(stage, hook, payloadOf(shop.put()))).status).toBe(404);
    expect(await automationOf(shop)).toMatchObject({ webhookUrl: null, checkedAt: null, sweptAt: null });
    const [row] = await stage.database.owner`
      select parts, token, secret, daily_calls_max, swept_until > now() - interval '1 minute' as is_new,
        settings ->> 'autoFiscalise' as policy, settings ->> 'autoFiscaliseFrom' as since
      from zoho_automation join businesses on id = business_id where business_id = ${shop.id}`;
    expect(row).toEqual({
      parts: {},
      token: null,
      secret: null,
      daily_calls_max: null,
      is_new: true,
      policy: "on-sent",
      since: today(),
    });
    const made = await make(shop);
    expect(isAllMade(made)).toBe(true);
    expect(listed(other, "webhooks").map(({ url }) => url)).toEqual([made.webhookUrl, made.webhookUrl]);
    expect(made.webhookUrl).not.toContain(hook.token);
  });

  it("is closed while it is let go, and there again when the same comes back", async () => {
    const shop = await openSigning();
    const hook = await hookOf(shop);
    await shop.api.del("/zoho/connection");
    expect((await deliver(stage, hook, payloadOf(shop.put()))).status).toBe(404);
    const shown = await automationOf(shop);
    expect([shown.webhookUrl, shown.parts.some(({ isMade }) => isMade)]).toEqual([null, false]);
    await connectBooks(stage, shop);
    expect((await deliver(stage, hook, payloadOf(shop.put()))).status).toBe(202);
    const count = writes(shop);
    expect([isAllMade(await automationOf(shop)), isAllMade(await make(shop))]).toEqual([true, true]);
    expect(writes(shop)).toBe(count);
  });

  it("while another is connected is not kept for that one", async () => {
    const [shop, other] = [await openSigning(), await openBare({ connected: false })];
    stage.zoho.behave({ kind: "slow", delayMs: 400, match: "/settings/" });
    const making = shop.api.post("/businesses/me/zoho-config/parts");
    await until("parts are being made", async () => listed(shop, "fields").length > 0);
    await connectBooks(stage, { ...shop, zohoUserId: other.zohoUserId });
    stage.zoho.behave("up");
    expect(problemOf(await making)).toMatchObject({ code: "already-under-way" });
    expect((await automationOf(shop)).parts.filter(({ isMade }) => isMade)).toEqual([]);
    expect(isAllMade(await make(shop))).toBe(true);
    expect(listed(other, "fields")).toHaveLength(6);
  });
});
