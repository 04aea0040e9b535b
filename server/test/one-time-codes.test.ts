import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { newOneTimeCode, sha256Of } from "../src/opaque-token.ts";
import { createApi, problemOf, type Reply } from "./api.ts";
import { type Stage, startStage } from "./harness.ts";
import { apiOf, changedMeanwhile, giveCode, PASSWORD, sessionOf, signIn } from "./people.ts";

const DAY = 86_400_000;
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

const accept = (code: string, password = STRONG) =>
  createApi(stage.url, null).post("/auth/accept", { code, password });
const withoutId = (reply: Reply) => ({ ...problemOf(reply), requestId: null });
const deactivate = (userId: string) =>
  stage.database.owner`update users set status = 'inactive' where id = ${userId}`;

describe("a one-time code", () => {
  const give = async (code = newOneTimeCode(), expiresAt = new Date(Date.now() + DAY)) => {
    const shop = await stage.open({ connected: false });
    await giveCode(stage, shop, { code, expiresAt });
    return { shop, code };
  };

  it("sets the password and signs in, once", async () => {
    const { shop, code } = await give();
    const session = sessionOf(await accept(code));
    expect(session.user).toMatchObject({ id: shop.userId, business: { id: shop.id } });
    expect((await apiOf(stage, session).get("/auth/me")).status).toBe(200);
    expect(problemOf(await accept(code, PASSWORD))).toMatchObject({ status: 400, code: "code-invalid" });
    expect(await shop.audit()).toContainEqual(
      expect.objectContaining({ action: "code-refused", subject: `user:${shop.userId}` }),
    );
    const entry = { email: session.user.email, businessTin: shop.tin };
    expect((await signIn(stage.url(), { ...entry, password: STRONG })).status).toBe(200);
    expect((await signIn(stage.url(), { ...entry, password: PASSWORD })).status).toBe(401);
    expect(await shop.audit()).toContainEqual(
      expect.objectContaining({ action: "invitation-accepted", subject: `user:${shop.userId}` }),
    );
  });

  it("shown twice at once opens one session", async () => {
    const { shop, code } = await give();
    const answers = await Promise.all(Array.from({ length: 5 }, () => accept(code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
    const live = await stage.database.owner`
      select 1 from sessions where user_id = ${shop.userId} and id <> ${shop.userId} and ended_at is null`;
    expect(live).toHaveLength(1);
  });

  it("ends the sessions of before", async () => {
    const { shop, code } = await give();
    const before = createApi(stage.url, stage.token(shop, "business_user"));
    expect((await before.get("/auth/me")).status).toBe(200);
    sessionOf(await accept(code));
    expect((await before.get("/auth/me")).status).toBe(401);
  });

  it("that is unknown, expired, replaced, or of somebody deactivated is refused alike", async () => {
    const [expired, replaced, gone] = [await give(), await give(), await give()];
    const expiredOne = await give(newOneTimeCode(), new Date(Date.now() - 1));
    await giveCode(stage, replaced.shop, { code: newOneTimeCode(), expiresAt: new Date(Date.now() + DAY) });
    await deactivate(gone.shop.userId);
    const refused = [
      await accept(newOneTimeCode()),
      await accept(""),
      await accept(expiredOne.code),
      await accept(replaced.code),
      await accept(gone.code),
    ];
    for (const answer of refused) expect(withoutId(answer)).toEqual(withoutId(refused[0] as Reply));
    expect(problemOf(refused[0] as Reply)).toMatchObject({ status: 400, code: "code-invalid" });
    ahead = DAY;
    expect(problemOf(await accept(expired.code)).code).toBe("code-invalid");
  });

  it("of somebody deactivated at that moment is refused, and both come to an end", async () => {
    const { shop, code } = await give();
    const accepted = await changedMeanwhile(stage, shop.userId, {
      begin: () => accept(code),
      change: async (sql) => {
        await sql`update users set status = 'inactive' where id = ${shop.userId}`;
        await sql`update one_time_codes set revoked_at = now() where user_id = ${shop.userId}`;
      },
    });
    expect(problemOf(accepted).code).toBe("code-invalid");
    const [user] = await stage.database.owner`select password_hash from users where id = ${shop.userId}`;
    expect(user?.password_hash).toBeNull();
  });

  it("is not used up by a weak password", async () => {
    const { shop, code } = await give();
    for (const weak of ["short", "password123", "aaaaaaaaaaaa", "eric@example.rw", shop.userId.slice(0, 4)]) {
      const answer = await accept(code, weak);
      expect(problemOf(answer), weak).toMatchObject({
        status: 422,
        code: "password-weak",
        fields: [{ path: "password" }],
      });
    }
    expect((await accept(code)).status).toBe(200);
  });

  it("is read as it was typed: blanks, case and look-alikes do not count", async () => {
    const { code } = await give("K7QF2-M9XTA-0H4WD-6ZBN1");
    expect((await accept(" k7qf2 m9xta oh4wd\t6zbni ")).status, code).toBe(200);
  });

  it("is kept as a hash", async () => {
    const { shop, code } = await give();
    const rows = await stage.database.owner`select * from one_time_codes where business_id = ${shop.id}`;
    expect(rows).toMatchObject([{ sha256: sha256Of(code) }]);
    expect(JSON.stringify(rows)).not.toContain(code);
  });
});
