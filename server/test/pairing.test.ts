import { randomUUID } from "node:crypto";
import type { SessionAnswer } from "@fiscalise/shared/api/auth.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, createApi, problemOf } from "./api.ts";
import { type Business, type BusinessOptions, type Stage, startStage } from "./harness.ts";
import {
  beginPairing,
  consentAtZoho,
  openEnrolling,
  pairUntilCode,
  poll,
  redeem,
  usersIn,
  WIDGET_ORIGIN,
} from "./pair.ts";
import { readHandover } from "./zoho-consent.ts";

let stage: Stage;
let now = () => new Date();
beforeAll(async () => {
  stage = await startStage({ clock: () => now() });
});
afterAll(() => stage.close());

const enrolling = (options: BusinessOptions = {}) => openEnrolling(stage, options);
const usersOf = (shop: Business) => usersIn(stage, shop);
const pairingRow = async (id: string) =>
  (await stage.database.owner`select * from pairings where id = ${id}`)[0] ?? {};
const asked = async (url: string) => problemOf(await call(url));

describe("signing in with Zoho from the widget", () => {
  it("opens a session of a new user where the business enrols members", async () => {
    const shop = await enrolling();
    const paired = await pairUntilCode(stage, shop.organizationId, shop.zohoMemberId);
    const answer = await redeem(stage, paired);
    expect(answer.status).toBe(200);
    const { accessToken, refreshToken, user } = answer.body as SessionAnswer;
    expect(user).toMatchObject({ role: "business_user", business: { id: shop.id } });
    expect((await createApi(stage.url, accessToken).get("/auth/me")).body).toMatchObject({ id: user.id });
    const refreshed = await createApi(stage.url, null).post("/auth/refresh", { refreshToken });
    expect(refreshed.status).toBe(200);
    expect((await shop.audit()).filter(({ actor }) => actor === "user:3")).toMatchObject([
      { actor: "user:3", action: "user-enrolled", detail: { by: "zoho", role: "business_user" } },
      { actor: "user:3", action: "signed-in", detail: { by: "zoho" } },
    ]);
  });

  it("finds the same user again, whatever their address has become", async () => {
    const shop = await enrolling();
    await redeem(stage, await pairUntilCode(stage, shop.organizationId, shop.zohoMemberId));
    await stage.database.owner`
      update users set email = 'other@example.rw' where business_id = ${shop.id} and number = 3`;
    const again = await redeem(stage, await pairUntilCode(stage, shop.organizationId, shop.zohoMemberId));
    expect((again.body as SessionAnswer).user.email).toBe("other@example.rw");
    expect(await usersOf(shop)).toHaveLength(3);
  });

  it("enrols one person once, however many windows they sign in from at once", async () => {
    const shop = await enrolling();
    const backs = await Promise.all(
      [1, 2, 3].map(async () => {
        const begun = await beginPairing(stage, shop.organizationId);
        return consentAtZoho(stage, begun, shop.zohoMemberId);
      }),
    );
    const answers = await Promise.all(backs.map((back) => fetch(back)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await usersOf(shop)).toHaveLength(3);
  });

  it("links whom the business invited under the same address, with the role they were given", async () => {
    const shop = await stage.open();
    const email = `member${Number(shop.zohoMemberId) - 9_000}@example.rw`;
    const invitation = { name: "Chantal", email, role: "business_admin" };
    await shop.api.post("/businesses/me/users", invitation);
    const answer = await redeem(stage, await pairUntilCode(stage, shop.organizationId, shop.zohoMemberId));
    expect((answer.body as SessionAnswer).user).toMatchObject({ email, role: "business_admin" });
    expect((await shop.audit()).map(({ action }) => action)).toContain("user-linked-to-zoho");
    const open = await stage.database.owner`
      select from one_time_codes where business_id = ${shop.id} and used_at is null and revoked_at is null`;
    expect(open).toHaveLength(0);
  });

  it("asks Zoho for the least that says who somebody is, and for nothing that lasts", async () => {
    const shop = await stage.open();
    const { zohoUrl } = await beginPairing(stage, shop.organizationId);
    expect(zohoUrl.searchParams.get("scope")).toBe("ZohoBooks.settings.READ");
    expect(zohoUrl.searchParams.get("access_type")).toBe("online");
    expect(zohoUrl.searchParams.get("prompt")).toBe("consent");
  });

  it("keeps hashes only", async () => {
    const shop = await enrolling();
    const paired = await pairUntilCode(stage, shop.organizationId, shop.zohoMemberId);
    const row = JSON.stringify(await pairingRow(paired.pairingId));
    const state = paired.zohoUrl.searchParams.get("state")?.split(".")[1] ?? "";
    for (const secret of [paired.pollToken, paired.code, state]) expect(row).not.toContain(secret);
  });
});

describe("the window that consented", () => {
  it("tells the code to the page that began it and to no other, and shows it with a warning", async () => {
    const shop = await enrolling();
    const begun = await beginPairing(stage, shop.organizationId);
    const answer = await fetch(await consentAtZoho(stage, begun, shop.zohoMemberId));
    expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:/);
    expect(answer.headers.get("cross-origin-opener-policy")).toBe("unsafe-none");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const html = await answer.text();
    expect(readHandover(html)).toMatchObject({
      code: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/),
      pageOrigin: WIDGET_ORIGIN,
    });
    expect(html).toContain("give the code to nobody");
    expect(html).toContain(`gives the code to the page <strong>${WIDGET_ORIGIN}</strong>`);
  });

  it.each([
    ["https://a1b2.zappsusercontent.com", "https://a1b2.zappsusercontent.com"],
    ["https://evil.example", null],
    ["https://zappsusercontent.com.evil.example", null],
    ["null", null],
    [null, null],
  ])("of a sign-in begun at %s may tell %s", async (from, told) => {
    const shop = await enrolling();
    const begun = await beginPairing(stage, shop.organizationId, from);
    const answer = await fetch(await consentAtZoho(stage, begun, shop.zohoMemberId));
    expect(readHandover(await answer.text()).pageOrigin).toBe(told);
  });

  it("speaks the person's language", async () => {
    const shop = await enrolling();
    const begun = await beginPairing(stage, shop.organizationId);
    const back = await consentAtZoho(stage, begun, shop.zohoMemberId);
    const answer = await fetch(back, { headers: { "accept-language": "rw" } });
    expect(await answer.text()).toContain('<html lang="rw">');
  });

  it("of somebody refused says why in a sentence, to a browser as a page", async () => {
    const shop = await stage.open();
    const begun = await beginPairing(stage, shop.organizationId);
    const back = await consentAtZoho(stage, begun, shop.zohoMemberId);
    const answer = await fetch(back, { headers: { accept: "text/html", "accept-language": "fr" } });
    expect(answer.status).toBe(403);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await answer.text()).toContain("Demandez à votre administrateur de vous inviter");
  });
});

describe("the window that began it", () => {
  it("learns when the code waits, and that it is too late", async () => {
    const shop = await enrolling();
    const begun = await beginPairing(stage, shop.organizationId);
    expect(await poll(stage, begun)).toEqual({ status: "pending", problem: null });
    await fetch(await consentAtZoho(stage, begun, shop.zohoMemberId));
    expect(await poll(stage, begun)).toEqual({ status: "ready", problem: null });
    now = () => new Date(Date.now() + 601_000);
    expect(await poll(stage, begun)).toEqual({ status: "expired", problem: null });
    now = () => new Date();
  });

  it("learns that the person declined at Zoho", async () => {
    const shop = await enrolling();
    const begun = await beginPairing(stage, shop.organizationId);
    const back = await consentAtZoho(stage, begun, shop.zohoMemberId, "reject");
    expect(await asked(back)).toMatchObject({ code: "oauth-refused" });
    expect(await poll(stage, begun)).toMatchObject({ status: "refused", problem: { code: "oauth-refused" } });
  });

  it("alone can complete it: the code without its poll token is worth nothing", async () => {
    const shop = await enrolling();
    const paired = await pairUntilCode(stage, shop.organizationId, shop.zohoMemberId);
    const other = await beginPairing(stage, shop.organizationId);
    for (const wrong of [
      { ...paired, pollToken: other.pollToken },
      { ...paired, pairingId: randomUUID() },
    ]) {
      expect(problemOf(await redeem(stage, wrong))).toMatchObject({ code: "pairing-expired", status: 410 });
    }
    expect(await poll(stage, { ...paired, pollToken: "x" })).toEqual({ status: "expired", problem: null });
    expect(problemOf(await redeem(stage, { ...other, code: paired.code }))).toMatchObject({
      code: "handover-code-wrong",
    });
    expect((await redeem(stage, paired)).status).toBe(200);
  });

  it("alone can complete it: whoever sent somebody a link of his own gets in with no code of his", async () => {
    const shop = await enrolling();
    const begun = await beginPairing(stage, shop.organizationId);
    await fetch(await consentAtZoho(stage, begun, shop.zohoMemberId));
    for (const code of ["0000-0000", "x", "K7QF-2M9X", "AAAA-AAAA", "1111-1111"])
      expect(problemOf(await redeem(stage, { ...begun, code }))).toMatchObject({
        code: "handover-code-wrong",
      });
    expect(problemOf(await redeem(stage, { ...begun, code: "K7QF-2M9X" }))).toMatchObject({
      code: "pairing-expired",
    });
    expect(await poll(stage, begun)).toMatchObject({ status: "expired" });
  });

  it("may try before the consent without losing a try", async () => {
    const shop = await enrolling();
    const begun = await beginPairing(stage, shop.organizationId);
    for (let tries = 0; tries < 6; tries++)
      expect(problemOf(await redeem(stage, { ...begun, code: "K7QF-2M9X" })).code).toBe(
        "handover-code-wrong",
      );
    const answer = await fetch(await consentAtZoho(stage, begun, shop.zohoMemberId));
    const { code } = readHandover(await answer.text());
    expect((await redeem(stage, { ...begun, code })).status).toBe(200);
  });

  it("takes the code as people type it, and once", async () => {
    const shop = await enrolling();
    const paired = await pairUntilCode(stage, shop.organizationId, shop.zohoMemberId);
    const code = ` ${paired.code.toLowerCase().replace("-", " ")} `.replaceAll("0", "o").replaceAll("1", "l");
    const answers = await Promise.all([1, 2, 3].map(() => redeem(stage, { ...paired, code })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410, 410]);
  });

  it("has 10 minutes", async () => {
    const shop = await enrolling();
    const paired = await pairUntilCode(stage, shop.organizationId, shop.zohoMemberId);
    now = () => new Date(Date.now() + 601_000);
    expect(problemOf(await redeem(stage, paired))).toMatchObject({ code: "pairing-expired" });
    now = () => new Date();
    const late = await beginPairing(stage, shop.organizationId);
    const back = await consentAtZoho(stage, late, shop.zohoMemberId);
    now = () => new Date(Date.now() + 601_000);
    expect(await asked(back)).toMatchObject({ code: "oauth-state-invalid" });
    now = () => new Date();
  });
});
