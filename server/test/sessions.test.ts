import { randomUUID } from "node:crypto";
import { SessionSchema } from "@fiscalise/shared/api/auth.ts";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { newOneTimeCode, sha256Of } from "../src/opaque-token.ts";
import { createApi, problemOf, type Reply } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { apiOf, giveCode, newPerson, PASSWORD, sessionOf, setPassword, signIn, WRONG } from "./people.ts";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const STRONG = "seven boats at dawn";

let stage: Stage;
/** How far the servers' clock is ahead of the machine's. */
let ahead = 0;
beforeAll(async () => {
  stage = await startStage({ clock: () => new Date(Date.now() + ahead) });
});
afterEach(() => {
  ahead = 0;
});
afterAll(() => stage.close());

const nobody = () => createApi(stage.url, null);
const refresh = (refreshToken: string) => nobody().post("/auth/refresh", { refreshToken });
const signOut = (refreshToken: string) => nobody().post("/auth/logout", { refreshToken });
const accept = (code: string, password = STRONG) => nobody().post("/auth/accept", { code, password });
const withoutId = (reply: Reply) => ({ ...problemOf(reply), requestId: null });
const deactivate = (userId: string) =>
  stage.database.owner`update users set status = 'inactive' where id = ${userId}`;
const setStatus = (businessId: string, status: "active" | "inactive") =>
  stage.database.owner`update businesses set status = ${status} where id = ${businessId}`;

/** Each with its reason. */
const refusalsIn = async (shop: Business) =>
  (await shop.audit()).map(({ action, subject, detail }) => [action, subject, detail.code]);

describe("signing in", () => {
  it("answers a session that opens the business, and is audited", async () => {
    const { shop, id, email, signIn: enter } = await newPerson(stage);
    const session = sessionOf(await enter());
    expect(SessionSchema.parse(session).user).toMatchObject({ id, email, business: { id: shop.id } });
    const api = apiOf(stage, session);
    expect((await api.get("/auth/me")).body).toEqual(session.user);
    expect((await api.get("/invoices/1/progress")).status).toBe(200);
    expect(await shop.audit()).toContainEqual(
      expect.objectContaining({ actor: "user:1", action: "signed-in", subject: `user:${id}` }),
    );
  });

  it("takes the address in any case, and the password in any keyboard's characters", async () => {
    const { id, email } = await newPerson(stage);
    await setPassword(stage, id, { password: "trois collines é" });
    const entry = { email: email.toUpperCase(), password: "trois collines é".normalize("NFD") };
    expect((await signIn(stage.url(), entry)).status).toBe(200);
  });

  it("says the same of a wrong password, an unknown address and whoever may not sign in", async () => {
    const [known, gone, invited] = [await newPerson(stage), await newPerson(stage), await newPerson(stage)];
    await deactivate(gone.id);
    await stage.database.owner`update users set password_hash = null where id = ${invited.id}`;
    const entry = { email: known.email, password: PASSWORD };
    const refused = [
      await known.signIn(WRONG),
      await gone.signIn(),
      await invited.signIn(),
      await signIn(stage.url(), { ...entry, email: "nobody@example.rw" }),
      await signIn(stage.url(), { ...entry, businessTin: gone.shop.tin }),
      await signIn(stage.url(), { ...entry, businessTin: "123456789" }),
    ];
    for (const answer of refused) expect(withoutId(answer)).toEqual(withoutId(refused[0] as Reply));
    expect(withoutId(refused[0] as Reply)).toMatchObject({ status: 401, code: "credentials-wrong" });
    expect(await known.shop.audit()).toContainEqual(
      expect.objectContaining({ action: "sign-in-refused", subject: `user:${known.id}` }),
    );
  });

  it("asks which business when one address has several, and names only those the password opens", async () => {
    const email = `several.${randomUUID()}@example.rw`;
    const shops = [await newPerson(stage), await newPerson(stage), await newPerson(stage)] as const;
    for (const { id } of shops) await setPassword(stage, id, { email });
    const [first, second, third] = shops.map(({ shop }) => shop);
    await setPassword(stage, shops[2].id, { password: STRONG });

    const asked = await signIn(stage.url(), { email, password: PASSWORD });
    const { choices, ...problem } = problemOf(asked);
    expect(problem).toMatchObject({ status: 409, code: "business-ambiguous" });
    expect(choices?.map(({ tin }) => tin).sort()).toEqual([first?.tin, second?.tin]);

    const chosen = await signIn(stage.url(), { email, password: PASSWORD, businessTin: second?.tin });
    expect(sessionOf(chosen).user.business?.id).toBe(second?.id);
    const other = await signIn(stage.url(), { email, password: PASSWORD, businessTin: third?.tin });
    expect(problemOf(other).code).toBe("credentials-wrong");
    const only = await signIn(stage.url(), { email, password: STRONG });
    expect(sessionOf(only).user.business?.id).toBe(third?.id);
  });

  it("lets a super admin in, who has no business", async () => {
    const [id, email] = [randomUUID(), "grace@example.com"];
    await stage.database.owner`
      insert into users (id, number, name, email, role) values (${id}, 1, 'Grace', ${email}, 'super_admin')`;
    await setPassword(stage, id);
    expect(problemOf(await signIn(stage.url(), { email, password: WRONG })).code).toBe("credentials-wrong");
    const session = sessionOf(await signIn(stage.url(), { email, password: PASSWORD }));
    expect(session.user).toMatchObject({ id, role: "super_admin", business: null });
    const api = apiOf(stage, session);
    expect((await api.get("/auth/me")).status).toBe(200);
    expect(problemOf(await api.get("/invoices/1/progress"))).toMatchObject({
      status: 403,
      code: "forbidden",
    });
    const next = sessionOf(await refresh(session.refreshToken));
    expect((await signOut(next.refreshToken)).status).toBe(204);
    expect((await apiOf(stage, next).get("/auth/me")).status).toBe(401);
  });

  it("lets in a super admin and a user of a business who share address and password, however many others have the address", async () => {
    const { owner } = stage.database;
    const { id: userId, shop, email } = await newPerson(stage);
    const [id, older] = [randomUUID(), "2020-01-01"];
    await owner`insert into users (id, number, name, email, role) values (${id}, 2, 'Both', ${email}, 'super_admin')`;
    await setPassword(stage, id);
    await owner`
      with others as (
        insert into businesses (name, tin, jurisdiction)
        select 'Other', (555000000 + n)::text, 'RW' from generate_series(1, 12) n returning id)
      insert into users (business_id, number, name, email, role, password_hash, created_at)
      select id, 1, 'Other', ${email}, 'business_user', 'another''s', ${older} from others`;
    const enter = (businessTin: string | null) =>
      signIn(stage.url(), { email, password: PASSWORD, businessTin });
    const session = sessionOf(await enter(null));
    expect(session.user).toMatchObject({ id, role: "super_admin", business: null });
    expect(sessionOf(await enter(shop.tin)).user.id).toBe(userId);
    const wrong = await signIn(stage.url(), { email, password: WRONG, businessTin: null });
    expect(problemOf(wrong).code).toBe("credentials-wrong");
  });
});

describe("refreshing", () => {
  const begin = async () => {
    const person = await newPerson(stage);
    return { ...person, first: sessionOf(await person.signIn()) };
  };

  it("gives the next token each time, and keeps none in plain", async () => {
    const { first } = await begin();
    const second = sessionOf(await refresh(first.refreshToken));
    const third = sessionOf(await refresh(second.refreshToken));
    const shown = [first, second, third].map(({ refreshToken }) => refreshToken);
    expect(new Set(shown).size).toBe(3);
    expect((await apiOf(stage, third).get("/auth/me")).status).toBe(200);
    const kept = JSON.stringify(await stage.database.owner`select * from refresh_tokens`);
    for (const token of shown) expect(kept).not.toContain(token);
  });

  it("with a token used before ends the whole family, and is audited", async () => {
    const { shop, first } = await begin();
    const second = sessionOf(await refresh(first.refreshToken));
    const third = sessionOf(await refresh(second.refreshToken));
    expect(problemOf(await refresh(first.refreshToken))).toMatchObject({ status: 401 });
    expect((await refresh(third.refreshToken)).status).toBe(401);
    expect((await apiOf(stage, third).get("/auth/me")).status).toBe(401);
    expect((await shop.audit()).map(({ action }) => action)).toContain("refresh-token-reused");
  });

  it("leaves the person's other sessions alone when one family ends", async () => {
    const { first, signIn: enter } = await begin();
    const elsewhere = sessionOf(await enter());
    const second = sessionOf(await refresh(first.refreshToken));
    sessionOf(await refresh(second.refreshToken));
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await refresh(elsewhere.refreshToken)).status).toBe(200);
  });

  it("again within 30 seconds makes up for a lost answer; the lost one ends the family", async () => {
    const { first } = await begin();
    const lost = sessionOf(await refresh(first.refreshToken));
    ahead = 29_000;
    const again = sessionOf(await refresh(first.refreshToken));
    expect((await apiOf(stage, again).get("/auth/me")).status).toBe(200);
    expect((await refresh(lost.refreshToken)).status).toBe(401);
    expect((await refresh(again.refreshToken)).status).toBe(401);
    expect((await apiOf(stage, again).get("/auth/me")).status).toBe(401);
  });

  it("again after 30 seconds ends the family, whether its successor was used or not", async () => {
    const { first } = await begin();
    const second = sessionOf(await refresh(first.refreshToken));
    ahead = 31_000;
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await refresh(second.refreshToken)).status).toBe(401);
  });

  it("with an unknown token is refused", async () => {
    for (const token of ["", "x", "' or true --", sha256Of("x")]) {
      expect(problemOf(await refresh(token)).code).toBe("unauthenticated");
      expect((await signOut(token)).status).toBe(204);
    }
  });

  it("does not keep a session beyond 30 days, nor an access token beyond 15 minutes", async () => {
    const { first } = await begin();
    ahead = 15 * MINUTE;
    expect((await apiOf(stage, first).get("/auth/me")).status).toBe(401);
    ahead = 29 * DAY;
    const second = sessionOf(await refresh(first.refreshToken));
    ahead = 30 * DAY + MINUTE;
    expect((await refresh(second.refreshToken)).status).toBe(401);
  });
});

describe("a session ends at once", () => {
  it("by signing out, with its access token and its whole family", async () => {
    const { signIn: enter } = await newPerson(stage);
    const [first, elsewhere] = [sessionOf(await enter()), sessionOf(await enter())];
    const second = sessionOf(await refresh(first.refreshToken));
    expect((await signOut(second.refreshToken)).status).toBe(204);
    for (const { accessToken } of [first, second])
      expect((await apiOf(stage, { accessToken }).get("/auth/me")).status).toBe(401);
    expect((await refresh(second.refreshToken)).status).toBe(401);
    expect((await signOut(second.refreshToken)).status).toBe(204);
    expect((await apiOf(stage, elsewhere).get("/auth/me")).status).toBe(200);
  });

  it("by a changed password, but for the one that changed it", async () => {
    const { id, shop, signIn: enter } = await newPerson(stage);
    const [own, other] = [sessionOf(await enter()), sessionOf(await enter())];
    const change = (currentPassword: string, newPassword: string) =>
      apiOf(stage, own).post("/auth/password", { currentPassword, newPassword });
    expect(problemOf(await change(WRONG, STRONG))).toMatchObject({ status: 422, code: "password-wrong" });
    expect(problemOf(await change(PASSWORD, "password"))).toMatchObject({ code: "password-weak" });
    expect((await apiOf(stage, other).get("/auth/me")).status).toBe(200);
    expect((await change(PASSWORD, STRONG)).status).toBe(204);
    expect((await apiOf(stage, other).get("/auth/me")).status).toBe(401);
    expect((await refresh(other.refreshToken)).status).toBe(401);
    expect((await apiOf(stage, own).get("/auth/me")).status).toBe(200);
    expect((await refresh(own.refreshToken)).status).toBe(200);
    expect(await refusalsIn(shop)).toContainEqual([
      "password-change-refused",
      `user:${id}`,
      "password-wrong",
    ]);
    expect((await enter(PASSWORD)).status).toBe(401);
    expect((await enter(STRONG)).status).toBe(200);
  });

  it("when its user is deactivated, everywhere", async () => {
    const { id, shop, signIn: enter } = await newPerson(stage);
    const session = sessionOf(await enter());
    const api = apiOf(stage, session);
    await deactivate(id);
    const answers = [
      await api.get("/auth/me"),
      await api.get("/invoices/1/progress"),
      await api.post("/zoho/connection", {}),
      await api.post("/auth/password", { currentPassword: PASSWORD, newPassword: STRONG }),
      await refresh(session.refreshToken),
      await enter(),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401]);
    expect((await createApi(stage.url, stage.token(shop, "business_user")).get("/auth/me")).status).toBe(200);
  });

  it("when its business is: nothing of the business opens until it is active again", async () => {
    const { shop, signIn: enter } = await newPerson(stage);
    const session = sessionOf(await enter());
    const api = apiOf(stage, session);
    const code = newOneTimeCode();
    await giveCode(stage, shop, { code, expiresAt: new Date(Date.now() + DAY) });
    await setStatus(shop.id, "inactive");
    const answers = [
      await api.get("/invoices/1/progress"),
      await api.post("/zoho/connection", {}),
      await refresh(session.refreshToken),
      await enter(),
      await accept(code),
    ];
    for (const answer of answers)
      expect(problemOf(answer)).toMatchObject({ status: 403, code: "business-inactive" });
    const refused = await refusalsIn(shop);
    for (const [action, userId] of [
      ["sign-in-refused", shop.adminId],
      ["refresh-refused", shop.adminId],
      ["code-refused", shop.userId],
    ])
      expect(refused).toContainEqual([action, `user:${userId}`, "business-inactive"]);
    expect((await enter(WRONG)).status).toBe(401);
    expect((await api.get("/auth/me")).body).toMatchObject({ business: { status: "inactive" } });
    await setStatus(shop.id, "active");
    expect((await api.get("/invoices/1/progress")).status).toBe(200);
    expect((await refresh(session.refreshToken)).status).toBe(200);
    expect((await accept(code)).status).toBe(200);
  });
});
