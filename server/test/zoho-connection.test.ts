import type { ZohoConfig } from "@fiscalise/shared/api/config.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { BOOKKEEPER } from "./harness-zoho.ts";
import { codeFrom, followToZoho, readHandover } from "./zoho-consent.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const tokenCalls = () => stage.zoho.calls().filter(({ path }) => path === "/oauth/v2/token").length;

async function connectionOf({ id }: Business): Promise<Record<string, unknown>> {
  const [row] = await stage.database.owner`select * from zoho_connections where business_id = ${id}`;
  return row ?? {};
}

async function changed(url: string, change: Record<string, string | null>) {
  const target = new URL(url);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) target.searchParams.delete(name);
    else target.searchParams.set(name, value);
  }
  return problemOf(await call(target.href));
}

describe("connecting an organisation", () => {
  it("binds the one the Zoho user is a member of, and is audited", async () => {
    const shop = await stage.open();
    expect(await connectionOf(shop)).toMatchObject({
      organization_id: shop.organizationId,
      base_currency: "RWF",
      api_url: stage.zoho.apiUrl,
      status: "connected",
    });
    expect((await shop.audit()).findLast(({ action }) => action === "zoho-connected")).toMatchObject({
      actor: "user:1",
      action: "zoho-connected",
      detail: { organizationId: shop.organizationId },
    });
  });

  it("asks for what is read, written back and set up, and keeps what Zoho granted", async () => {
    const shop = await stage.open();
    const { authorizeUrl } = (await shop.api.post("/zoho/connection")).body as { authorizeUrl: string };
    const scopes = new URL(authorizeUrl).searchParams.get("scope")?.split(",") ?? [];
    expect(scopes).toContain("ZohoBooks.creditnotes.UPDATE");
    expect(scopes.filter((scope) => /DELETE|ALL/i.test(scope))).toEqual([]);
    expect(await connectionOf(shop)).toMatchObject({ scopes: scopes.join(",") });
    const { organization } = (await shop.api.get("/businesses/me/zoho-config")).body as ZohoConfig;
    expect(organization).toMatchObject({ status: "connected", missingScopes: [] });
  });

  it("shows what Zoho did not grant", async () => {
    const shop = await stage.open();
    await stage.database.owner`update zoho_connections
      set scopes = 'ZohoBooks.invoices.ALL ZohoBooks.contacts.READ,ZohoBooks.settings.READ'
      where business_id = ${shop.id}`;
    const { organization } = (await shop.api.get("/businesses/me/zoho-config")).body as ZohoConfig;
    expect(organization?.missingScopes).toEqual([
      "ZohoBooks.creditnotes.READ",
      "ZohoBooks.creditnotes.UPDATE",
      "ZohoBooks.creditnotes.CREATE",
      "ZohoBooks.estimates.READ",
      "ZohoBooks.settings.CREATE",
      "ZohoBooks.settings.UPDATE",
    ]);
  });

  it.each([
    ["whose admin was demoted", "update users set role = 'business_user' where id = $1", "forbidden"],
    ["whose admin was deactivated", "update users set status = 'inactive' where id = $1", "forbidden"],
    [
      "that was deactivated",
      "update businesses set status = 'inactive' where id = (select business_id from users where id = $1)",
      "business-inactive",
    ],
  ])("binds none to a business %s meanwhile", async (_what, meanwhile, code) => {
    const shop = await stage.open({ connected: false });
    const back = await followToZoho(stage, shop);
    await stage.database.owner.unsafe(meanwhile, [shop.adminId]);
    expect(await changed(back, {})).toMatchObject({ code, status: 403 });
    expect(await connectionOf(shop)).toEqual({});
  });

  it("takes a state once", async () => {
    const shop = await stage.open({ connected: false });
    const back = await followToZoho(stage, shop);
    expect((await fetch(back)).status).toBe(200);
    expect(await changed(back, {})).toMatchObject({ code: "oauth-state-invalid", status: 400 });
  });

  it("takes a state once even when the exchange fails", async () => {
    const shop = await stage.open({ connected: false });
    const back = await followToZoho(stage, shop);
    const calls = tokenCalls();
    expect(await changed(back, { code: "1000.wrong" })).toMatchObject({ code: "oauth-refused" });
    expect(await changed(back, {})).toMatchObject({ code: "oauth-state-invalid" });
    expect(tokenCalls()).toBe(calls + 1);
    expect(await connectionOf(shop)).toEqual({});
  });

  it.each(["", "x", ".", "7c1f4a52-6d2b-4d0e-9c58-5a0b7a3f1d01.abc", "no-uuid.abc", "%00.x"])(
    "refuses the state %o",
    async (state) => {
      const shop = await stage.open({ connected: false });
      const problem = await changed(await followToZoho(stage, shop), { state });
      expect(problem).toMatchObject({ code: "oauth-state-invalid" });
    },
  );

  it("refuses a state of another business with this one's nonce", async () => {
    const [one, two] = [await stage.open({ connected: false }), await stage.open({ connected: false })];
    const back = await followToZoho(stage, one);
    const state = new URL(back).searchParams.get("state") ?? "";
    expect(await changed(back, { state: state.replace(one.id, two.id) })).toMatchObject({
      code: "oauth-state-invalid",
    });
    expect((await fetch(back)).status).toBe(200);
  });

  it("refuses a state older than 10 minutes", async () => {
    const shop = await stage.open({ connected: false });
    const back = await followToZoho(stage, shop);
    await stage.database.owner`
      update oauth_states set expires_at = expires_at - interval '10 minutes' where business_id = ${shop.id}`;
    expect(await changed(back, {})).toMatchObject({ code: "oauth-state-invalid" });
  });

  it.each([
    "https://accounts.zoho.com.evil.example",
    "https://evil.example",
    "http://accounts.zoho.com",
    "https://accounts.zoho.com@evil.example",
    "http://127.0.0.1:1",
    "https://169.254.169.254",
    "javascript:alert(1)",
    "nonsense",
  ])("sends no secret to the accounts server %s", async (host) => {
    const shop = await stage.open({ connected: false });
    const calls = tokenCalls();
    const problem = await changed(await followToZoho(stage, shop), { "accounts-server": host });
    expect(problem).toMatchObject({ code: "oauth-host-not-allowed", status: 400 });
    expect(tokenCalls()).toBe(calls);
    expect(await connectionOf(shop)).toEqual({});
  });

  it("says so when the admin declines", async () => {
    const shop = await stage.open({ connected: false });
    const back = await followToZoho(stage, shop);
    expect(await changed(back, { code: null, error: "access_denied" })).toMatchObject({
      code: "oauth-refused",
      status: 400,
    });
  });

  it("refuses an organisation the Zoho user is not a member of", async () => {
    const [shop, other] = [await stage.open({ connected: false }), await stage.open()];
    const back = await followToZoho(stage, shop, { organizationId: other.organizationId });
    expect(await changed(back, {})).toMatchObject({ code: "organization-not-a-member", status: 403 });
    expect(await connectionOf(shop)).toEqual({});
  });

  it("never binds one organisation to two businesses", async () => {
    const [one, two] = [await stage.open(), await stage.open({ connected: false })];
    const back = await followToZoho(stage, { ...two, zohoUserId: one.zohoUserId });
    const answer = await call(back);
    const { code } = readHandover(answer.text);
    const confirmed = await two.api.post("/zoho/connection/confirm", { code });
    expect(problemOf(confirmed)).toMatchObject({ code: "organization-taken", status: 409 });
    for (const told of [one.id, one.tin, one.organizationId]) expect(confirmed.text).not.toContain(told);
    expect(await connectionOf(two)).toEqual({});
    expect(await connectionOf(one)).toMatchObject({ organization_id: one.organizationId });
  });

  it("of a user of several asks which one, with the same code", async () => {
    const [shop, other] = [await stage.open({ connected: false }), await stage.open()];
    const code = await codeFrom(await followToZoho(stage, { ...shop, zohoUserId: BOOKKEEPER.id }));
    const [first, second] = BOOKKEEPER.organizationIds;
    const asked = await shop.api.post("/zoho/connection/confirm", { code });
    expect(asked.body).toMatchObject({ status: "choose", organizations: [{ id: first }, { id: second }] });
    expect(await connectionOf(shop)).toEqual({});
    const foreign = { code, organizationId: other.organizationId };
    expect(problemOf(await shop.api.post("/zoho/connection/confirm", foreign))).toMatchObject({
      code: "organization-not-a-member",
    });
    const chosen = await shop.api.post("/zoho/connection/confirm", { code, organizationId: second });
    expect(chosen.body).toEqual({ status: "connected", organizations: [] });
    expect(await connectionOf(shop)).toMatchObject({ organization_id: second });
  });

  it("takes the organisation the admin began with, whatever the callback says", async () => {
    const [shop, other] = [await stage.open({ connected: false }), await stage.open()];
    const back = new URL(await followToZoho(stage, shop, { organizationId: shop.organizationId }));
    back.searchParams.set("organization_id", other.organizationId);
    await shop.api.post("/zoho/connection/confirm", { code: await codeFrom(back.href) });
    expect(await connectionOf(shop)).toMatchObject({ organization_id: shop.organizationId });
  });

  it("is for admins", async () => {
    const shop = await stage.open({ connected: false });
    const answer = await call(`${stage.url()}/api/v1/zoho/connection`, {
      method: "POST",
      headers: { authorization: `Bearer ${stage.token(shop, "business_user")}` },
    });
    expect(problemOf(answer)).toMatchObject({ code: "forbidden", status: 403 });
  });
});
