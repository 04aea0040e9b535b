import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { revokeGrants } from "../src/businesses/books/revoke-grants.ts";
import { openDatabase } from "../src/db/with-business.ts";
import { createSecrets } from "../src/secrets.ts";
import { createZohoHttp } from "../src/zoho/http.ts";
import { createOauthClient } from "../src/zoho/oauth-client.ts";
import { call, createApi, problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { pairUntilCode, redeem, WIDGET_ORIGIN } from "./pair.ts";
import { until } from "./until.ts";
import { codeFrom, connectBooks, followToZoho, PUBLIC_URL, readHandover } from "./zoho-consent.ts";

let stage: Stage;
let now = () => new Date();
/** What the job of every minute does; no worker of the stage is in its way. */
let runRevocations: () => Promise<{ revoked: number; left: number }>;
const failed: string[] = [];
const closings: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  stage = await startStage({ clock: () => now(), answerWithinMs: 50 });
  const database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 2 });
  closings.push(database.close);
  const oauth = createOauthClient(createZohoHttp(), {
    clientId: "sandbox.fiscalise",
    clientSecret: stage.secrets.zohoClientSecret,
    otherSecrets: {},
    redirectUri: `${PUBLIC_URL}/api/v1/zoho/callback`,
  });
  const key = new Uint8Array(Buffer.from(stage.secrets.encryptionKey, "base64"));
  const secrets = createSecrets([{ id: "dev", key }]);
  const onFailed = ({ businessId }: { businessId: string }) => failed.push(businessId);
  runRevocations = () => revokeGrants({ ...database, oauth, secrets, clock: () => now(), onFailed });
});
afterAll(async () => {
  for (const close of closings) await close();
  await stage.close();
});

const confirm = ({ api }: Pick<Business, "api">, code: string) =>
  api.post("/zoho/connection/confirm", { code });
const consentOf = async ({ api }: Business) => (await api.get("/zoho/connection/consent")).body;
const connectionOf = async ({ id }: Business) =>
  (await stage.database.owner`select * from zoho_connections where business_id = ${id}`)[0] ?? {};
const revocationsOf = async ({ id }: Business) =>
  stage.database.owner`select * from zoho_revocations where business_id = ${id}`;
const auditOf = async (shop: Business) => (await shop.audit()).map(({ action }) => action);

/** The admin's address here becomes the one they have at Zoho. */
const isSamePerson = ({ adminId }: Business, { zohoUserId }: Business) =>
  stage.database.owner`
    update users set email = ${`admin${Number(zohoUserId) - 7_000}@example.rw`} where id = ${adminId}`;
const linkedIn = async ({ id }: Business) => [
  ...(await stage.database.owner`
    select id, zoho_user_id from users where business_id = ${id} and zoho_user_id is not null`),
];

describe("a consent for the organisation", () => {
  it("binds nothing until the window that began it shows the code", async () => {
    const shop = await stage.open({ connected: false });
    expect(await consentOf(shop)).toEqual({ status: "expired", problem: null });
    const back = await followToZoho(stage, shop);
    expect(await consentOf(shop)).toEqual({ status: "pending", problem: null });
    const code = await codeFrom(back);
    await stage.database.owner.begin(async (redeeming) => {
      await redeeming`select from oauth_states where business_id = ${shop.id} for update`;
      expect(await consentOf(shop)).toEqual({ status: "ready", problem: null });
    });
    expect(await connectionOf(shop)).toEqual({});
    expect((await confirm(shop, code.toLowerCase())).body).toMatchObject({ status: "connected" });
    expect(await connectionOf(shop)).toMatchObject({ status: "connected" });
    expect(problemOf(await confirm(shop, code))).toMatchObject({ code: "pairing-expired" });
  });

  it("of somebody who followed a link is nothing to the one who sent it: five guesses end it", async () => {
    const shop = await stage.open({ connected: false });
    await codeFrom(await followToZoho(stage, shop));
    for (let tries = 0; tries < 5; tries++)
      expect(problemOf(await confirm(shop, "0000-0000"))).toMatchObject({ code: "handover-code-wrong" });
    expect(problemOf(await confirm(shop, "0000-0000"))).toMatchObject({ code: "pairing-expired" });
    expect(await connectionOf(shop)).toEqual({});
  });

  it("is the user's own: another admin of the business has no part in it", async () => {
    const shop = await stage.open({ connected: false });
    const code = await codeFrom(await followToZoho(stage, shop));
    await stage.database.owner`update users set role = 'business_admin' where id = ${shop.userId}`;
    const other = createApi(stage.url, stage.token({ ...shop, adminId: shop.userId }));
    expect(problemOf(await confirm({ api: other }, code))).toMatchObject({ code: "pairing-expired" });
    expect((await confirm(shop, code)).status).toBe(200);
  });

  it("tells its code to the page that began it and to no other", async () => {
    const shop = await stage.open({ connected: false });
    const toldTo = async (origin: string) => {
      const back = await followToZoho(stage, shop, {}, { origin });
      return readHandover(await (await fetch(back)).text()).pageOrigin;
    };
    expect(await toldTo(WIDGET_ORIGIN)).toBe(WIDGET_ORIGIN);
    expect(await toldTo("https://evil.example")).toBeNull();
  });

  it("says to the window that began it why there is none", async () => {
    const [shop, other] = [await stage.open({ connected: false }), await stage.open()];
    await call(await followToZoho(stage, shop, { organizationId: other.organizationId }));
    expect(await consentOf(shop)).toMatchObject({
      status: "refused",
      problem: { code: "organization-not-a-member" },
    });
  });

  it("waits sealed", async () => {
    const shop = await stage.open({ connected: false });
    await codeFrom(await followToZoho(stage, shop));
    const [row] = await stage.database.owner`select * from oauth_states where business_id = ${shop.id}`;
    expect(row?.sealed_grant).toMatch(/^dk1\./);
    expect(JSON.stringify(row)).not.toContain("1000.");
  });

  it("of a Zoho user who is no admin there is refused, and given back", async () => {
    const shop = await stage.open({ connected: false });
    const back = await followToZoho(stage, { ...shop, zohoUserId: shop.zohoMemberId });
    expect(problemOf(await call(back))).toMatchObject({
      code: "zoho-admin-required",
      status: 403,
    });
    expect(await revocationsOf(shop)).toHaveLength(1);
    await runRevocations();
    expect(await revocationsOf(shop)).toEqual([]);
  });

  it("makes the admin known to the sidebar, who signs in with Zoho from then on", async () => {
    const shop = await stage.open();
    await isSamePerson(shop, shop);
    await connectBooks(stage, shop);
    expect(await auditOf(shop)).toContain("user-linked-to-zoho");
    const answer = await redeem(stage, await pairUntilCode(stage, shop.organizationId, shop.zohoUserId));
    expect(answer.body).toMatchObject({ user: { id: shop.adminId, role: "business_admin" } });
  });
});

describe("a consent of somebody else", () => {
  it("connects, and makes nobody's account theirs", async () => {
    const shop = await stage.open();
    expect(await connectionOf(shop)).toMatchObject({ status: "connected" });
    expect(await linkedIn(shop)).toEqual([]);
  });
});

describe("a grant that is ours no more", () => {
  it("is revoked at Zoho after another took its place, which goes on working", async () => {
    const shop = await stage.open();
    await connectBooks(stage, shop);
    expect(await revocationsOf(shop)).toHaveLength(1);
    const done = await runRevocations();
    expect(done.revoked).toBeGreaterThanOrEqual(1);
    expect(await revocationsOf(shop)).toEqual([]);
    expect(await auditOf(shop)).toContain("zoho-grant-revoked");
    await stage.database.owner`
      update zoho_connections set access_token = null where business_id = ${shop.id}`;
    expect((await shop.api.get(`/invoices/${shop.put()}`)).status).toBe(200);
  });

  it("was never confirmed: it is given back once its time is over", async () => {
    const shop = await stage.open({ connected: false });
    await codeFrom(await followToZoho(stage, shop));
    await runRevocations();
    const rows = () => stage.database.owner`select * from oauth_states where business_id = ${shop.id}`;
    expect(await rows()).toHaveLength(1);
    now = () => new Date(Date.now() + 601_000);
    await runRevocations();
    now = () => new Date();
    expect([await rows(), await revocationsOf(shop)]).toEqual([[], []]);
    expect(await auditOf(shop)).toContain("zoho-grant-revoked");
  });

  it("stays for the next run while Zoho does not answer, and is given up after a week", async () => {
    const shop = await stage.open();
    await connectBooks(stage, shop);
    await stage.database.owner`
      update zoho_revocations set accounts_url = 'http://127.0.0.1:1' where business_id = ${shop.id}`;
    await runRevocations();
    expect(await revocationsOf(shop)).toMatchObject([{ tries: 1 }]);
    now = () => new Date(Date.now() + 8 * 86_400_000);
    await runRevocations();
    now = () => new Date();
    expect(await revocationsOf(shop)).toEqual([]);
    expect(await auditOf(shop)).toContain("zoho-grant-not-revoked");
  });
});

describe("a grant that cannot be read", () => {
  it("stays and is told; its business's others and the other businesses' are revoked", async () => {
    const shops = [await stage.open(), await stage.open()];
    for (const shop of shops) await connectBooks(stage, shop);
    // Looked at in this order: the broken one comes first.
    const [broken, fine] = shops.sort((a, b) => (a.id < b.id ? -1 : 1)) as [Business, Business];
    await connectBooks(stage, broken);
    await stage.database.owner`
      update zoho_revocations set refresh_token = 'unreadable' where id =
        (select id from zoho_revocations where business_id = ${broken.id} order by created_at limit 1)`;
    await runRevocations();
    expect(await revocationsOf(broken)).toMatchObject([{ refresh_token: "unreadable" }]);
    expect(await revocationsOf(fine)).toEqual([]);
    expect(failed).toEqual([broken.id]);
    await stage.database.owner`delete from zoho_revocations where business_id = ${broken.id}`;
  });
});

describe("letting the organisation go", () => {
  it("gives the grant back, keeps receipts and what is queued, and is audited", async () => {
    const shop = await stage.open();
    const signed = await shop.fiscalise(shop.put());
    const held = Promise.withResolvers<void>();
    shop.device.behave({ kind: "held", until: held.promise, times: 1 });
    await shop.fiscalise(shop.put(), {}, ["queued", "sending"]);
    const { id } = await shop.fiscalise(shop.put(), {}, ["queued"]);
    expect((await shop.api.del("/zoho/connection")).status).toBe(204);
    expect(await connectionOf(shop)).toMatchObject({
      status: "disconnected",
      refresh_token: null,
      access_token: null,
    });
    expect(await auditOf(shop)).toContain("zoho-disconnected");
    held.resolve();
    expect((await shop.reaches(id, "fiscalised")).receipt).not.toBeNull();
    expect((await shop.api.get(`/receipts/${signed.receipt?.id}`)).status).toBe(200);
    expect(problemOf(await shop.api.get(`/invoices/${shop.put()}`))).toMatchObject({
      code: "zoho-not-connected",
    });
    expect((await shop.api.get("/businesses/me/zoho-config")).body).toMatchObject({ organization: null });
    expect(problemOf(await shop.api.del("/zoho/connection"))).toMatchObject({
      code: "zoho-not-connected",
      status: 409,
    });
    await runRevocations();
    expect(await revocationsOf(shop)).toEqual([]);
  });

  it("while a token is being renewed is not undone by the answer", async () => {
    const shop = await stage.open();
    const zohoId = shop.put();
    await stage.database.owner`
      update zoho_connections set access_token = null where business_id = ${shop.id}`;
    stage.zoho.behave({ kind: "slow", delayMs: 500, match: "/oauth/v2/token", times: 1 });
    const looked = shop.api.get(`/invoices/${zohoId}`);
    await until("Zoho is being asked", async () => (await connectionOf(shop)).refreshing_until !== null);
    expect((await shop.api.del("/zoho/connection")).status).toBe(204);
    await looked;
    expect(await connectionOf(shop)).toMatchObject({ status: "disconnected", access_token: null });
  });

  it("leaves it free for another business, and lets nobody in by it meanwhile", async () => {
    const [one, two] = [await stage.open(), await stage.open({ connected: false })];
    await one.api.del("/zoho/connection");
    await expect(pairUntilCode(stage, one.organizationId, one.zohoUserId)).rejects.toThrow(
      "organization-not-connected",
    );
    await connectBooks(stage, { ...two, zohoUserId: one.zohoUserId });
    expect(await connectionOf(two)).toMatchObject({ organization_id: one.organizationId });
    const code = await codeFrom(await followToZoho(stage, one));
    expect(problemOf(await confirm(one, code))).toMatchObject({ code: "organization-taken" });
  });

  it("may be taken back: connected again, the same people are known", async () => {
    const shop = await stage.open();
    await isSamePerson(shop, shop);
    await connectBooks(stage, shop);
    await shop.api.del("/zoho/connection");
    await connectBooks(stage, shop);
    const answer = await redeem(stage, await pairUntilCode(stage, shop.organizationId, shop.zohoUserId));
    expect(answer.body).toMatchObject({ user: { id: shop.adminId } });
  });

  it("for another organisation forgets who its users are at Zoho", async () => {
    const shop = await stage.open();
    const other = await stage.open({ connected: false });
    await isSamePerson(shop, shop);
    await connectBooks(stage, shop);
    await isSamePerson(shop, other);
    await connectBooks(stage, { ...shop, zohoUserId: other.zohoUserId });
    expect(await linkedIn(shop)).toEqual([{ id: shop.adminId, zoho_user_id: other.zohoUserId }]);
    expect(await auditOf(shop)).toContain("users-of-zoho-forgotten");
  });
});

describe("a page for Zoho's marketplace", () => {
  it.each(["connect", "revoke"])(
    "/%s says what to do, in the person's language, and shows nothing it was sent",
    async (path) => {
      const answer = await fetch(`${stage.url()}/${path}?org=<script>x</script>`, {
        headers: { "accept-language": "fr" },
      });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
      const html = await answer.text();
      expect(html).toContain('<html lang="fr">');
      expect(html).not.toContain("x</script>");
    },
  );
});
