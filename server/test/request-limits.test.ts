import type { Pairing } from "@fiscalise/shared/api/pairings.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLimitStore } from "../src/db/request-limits.ts";
import { createRequestLimits, LIMITS, type RunSql } from "../src/request-limits.ts";
import { call, createApi, problemOf, type Reply } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { fromAddress, newPerson, PASSWORD, sessionOf } from "./people.ts";
import { payloadOf, sign, webhookOf } from "./webhook.ts";

/** A hundredth of the usual limits: 6 requests a user, 24 a business, 30 an address. */
const FACTOR = 0.01;
const OF_USER = LIMITS.user.points * FACTOR;
const OF_BUSINESS = LIMITS.business.points * FACTOR;
const OF_ADDRESS = LIMITS.address.points * FACTOR;
const OF_DELIVERIES = LIMITS.deliveries.points * FACTOR;

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({
    env: { REQUEST_LIMITS_FACTOR: String(FACTOR), TRUSTED_PROXIES: "127.0.0.1/32" },
  });
});
afterAll(() => stage.close());

let addresses = 0;
const newAddress = () => {
  addresses += 1;
  return `203.0.113.${addresses}`;
};

type Asker = (address?: string) => Promise<Reply>;
const asker = (business: Business, role: "business_admin" | "business_user"): Asker => {
  const api = createApi(stage.url, stage.token(business, role));
  return (address = newAddress()) => api.get("/auth/me", fromAddress(address));
};

/** Sends what Zoho would, from one address unless told. The organisation's grant is lost: nothing is read there. */
async function delivererOf(business: Business, zoho: string): Promise<Asker> {
  await stage.database.owner`
    insert into zoho_connections (business_id, organization_id, organization_name, base_currency, accounts_url, api_url, scopes,
      refresh_token, status)
    values (${business.id}, ${business.organizationId}, 'Shop', 'RWF', 'https://a.example', 'https://b.example', 'all', 'x', 'lost')`;
  const [{ token, secret }, body] = [await webhookOf(stage, business), payloadOf("1")];
  const headers = { "content-type": "application/json", "x-zoho-webhook-signature": sign(secret, body) };
  const url = `${stage.url()}/api/v1/webhooks/zoho/${token}`;
  return (address = zoho) =>
    call(url, { method: "POST", headers: { ...headers, ...fromAddress(address) }, body });
}

async function repeat(times: number, ask: () => Promise<Reply>): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < times; index += 1) statuses.push((await ask()).status);
  return statuses;
}

describe("above its limit", () => {
  it("a user is told how long to wait, and nobody else is", async () => {
    const [shop, other] = [await stage.open({ connected: false }), await stage.open({ connected: false })];
    const admin = asker(shop, "business_admin");
    expect(await repeat(OF_USER, admin)).toEqual(Array.from({ length: OF_USER }, () => 200));
    const refused = await admin();
    expect(problemOf(refused)).toMatchObject({ status: 429, code: "too-many-requests" });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await asker(shop, "business_user")()).status).toBe(200);
    expect((await asker(other, "business_admin")()).status).toBe(200);
  });

  it("a business waits as a whole, and no other does", async () => {
    const [shop, other] = [await stage.open({ connected: false }), await stage.open({ connected: false })];
    const { owner } = stage.database;
    const people = await owner<{ id: string }[]>`
      insert into users (business_id, number, name, email, role)
      select ${shop.id}, n, 'Person ' || n, 'person' || n || '@example.rw', 'business_user'
      from generate_series(10, 15) n returning id`;
    await owner`
      insert into sessions (id, business_id, user_id, expires_at)
      select id, business_id, id, now() + interval '1 hour' from users where id in ${owner(people.map(({ id }) => id))}`;
    const askers = people.map(({ id }) => asker({ ...shop, userId: id }, "business_user"));
    const statuses: number[] = [];
    for (const ask of askers) statuses.push(...(await repeat(OF_USER - 1, ask)));
    expect(statuses.filter((status) => status === 200)).toHaveLength(OF_BUSINESS);
    expect(statuses.filter((status) => status === 429)).toHaveLength(statuses.length - OF_BUSINESS);
    expect((await asker(other, "business_admin")()).status).toBe(200);
  });

  it("a business's webhooks wait, from whatever address, and neither its people nor another's webhooks do", async () => {
    const [zoho, shop] = [newAddress(), await stage.open({ connected: false })];
    const noisy = await delivererOf(shop, zoho);
    const taken = Array.from({ length: OF_DELIVERIES }, () => 202);
    expect(await repeat(OF_DELIVERIES, noisy)).toEqual(taken);
    for (const refused of [await noisy(), await noisy(newAddress())]) {
      expect(problemOf(refused)).toMatchObject({ status: 429, code: "too-many-requests" });
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect((await asker(shop, "business_admin")()).status).toBe(200);
    for (const _ of [1, 2]) {
      const other = await delivererOf(await stage.open({ connected: false }), zoho);
      expect(await repeat(OF_DELIVERIES, other)).toEqual(taken);
    }
  });

  it("an address waits, whoever asks from it, known or not", async () => {
    const address = newAddress();
    const nobody = createApi(stage.url, null);
    const ask = () => nobody.get("/auth/me", fromAddress(address));
    const askNowhere = () => nobody.get("/no/such/route", fromAddress(address));
    const half = OF_ADDRESS / 2;
    expect(await repeat(half, ask)).toEqual(Array.from({ length: half }, () => 401));
    expect(await repeat(half, askNowhere)).toEqual(Array.from({ length: half }, () => 404));
    for (const reply of [await ask(), await askNowhere()]) {
      expect(problemOf(reply)).toMatchObject({ status: 429, code: "too-many-requests" });
      expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    const shop = await stage.open({ connected: false });
    expect((await asker(shop, "business_admin")(address)).status).toBe(429);
    expect((await asker(shop, "business_admin")()).status).toBe(200);
  });
});

it("strangers do not keep those behind the same address from beginning, renewing or ending a session", async () => {
  const [person, shared] = [await newPerson(stage), fromAddress(newAddress())];
  const session = sessionOf(await person.signIn(PASSWORD, newAddress()));
  const nobody = createApi(stage.url, null);
  const show = (path: string, refreshToken: string) => nobody.post(path, { refreshToken }, shared);
  const guess = () => nobody.post("/auth/login", { email: "nobody@example.rw", password: "x" }, shared);
  expect(await repeat(3, guess)).toContain(429);
  for (const path of ["/auth/refresh", "/auth/logout"])
    expect(problemOf(await show(path, "nobody's")).code).toBe("too-many-requests");
  const begun = await nobody.post(
    "/widget/pairings",
    { zohoOrganizationId: person.shop.organizationId },
    fromAddress(newAddress()),
  );
  const { pairingId, pollToken } = begun.body as Pairing;
  const pair = async (verb: "poll" | "redeem", held: string) => {
    const code = verb === "redeem" ? { code: "K7QF-2M9X" } : {};
    const path = `/widget/pairings/${pairingId}/${verb}`;
    return (await nobody.post(path, { pollToken: held, ...code }, shared)).status;
  };
  const other = "x3nM0W5m0Yt1b6c2l4o8Zr9qK7uV-Jd5sHfGaPwEiTc";
  expect([await pair("poll", other), await pair("redeem", other)]).toEqual([429, 429]);
  expect([await pair("poll", pollToken), await pair("redeem", pollToken)]).toEqual([200, 422]);
  const renewed = sessionOf(await show("/auth/refresh", session.refreshToken));
  expect((await show("/auth/logout", renewed.refreshToken)).status).toBe(204);
});

it("two servers together never let more through than the limit, and seldom ask the database", async () => {
  const store = openLimitStore({ url: stage.database.urls.app, prepare: true });
  let statements = 0;
  const counting: RunSql = (text, values) => {
    if (/insert|update/i.test(text)) statements += 1;
    return store.run(text, values);
  };
  const servers = [
    createRequestLimits(counting, { factor: 1, zohoPerMinute: 95 }),
    createRequestLimits(counting, { factor: 1, zohoPerMinute: 95 }),
  ];
  const [{ points }, tries] = [LIMITS.user, 800];
  const asked = Array.from({ length: tries }, (_, index) => servers[index % 2]?.take("user", "somebody"));
  const outcomes = await Promise.allSettled(asked);
  const through = outcomes.filter(({ status }) => status === "fulfilled").length;
  expect(through).toBeLessThanOrEqual(points);
  // What a server has taken and not used up.
  expect(through).toBeGreaterThanOrEqual(points - points / 30);
  expect(statements).toBeLessThanOrEqual(70);
  await store.close();
});

it("a refusal is held for half a second: who waits for each and asks on has two of them a second", async () => {
  const ask = asker(await stage.open({ connected: false }), "business_admin");
  await repeat(OF_USER, ask);
  const begun = performance.now();
  expect((await ask()).status).toBe(429);
  expect(performance.now() - begun).toBeGreaterThan(490);
});
