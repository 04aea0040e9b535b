import { createHash } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { json } from "node:stream/consumers";
import type { SessionAnswer } from "@fiscalise/shared/api/auth.ts";
import type { OneTimeCode, User } from "@fiscalise/shared/api/users.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApi, problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const USERS = "/businesses/me/users";
const PASSWORD = "two hills and a lake";
const nobody = () => createApi(stage.url, null);
const listed = async (shop: Business) => ((await shop.api.get(USERS)).body as { items: User[] }).items;
let made = 0;

async function invite(shop: Business, role: User["role"] = "business_user") {
  made += 1;
  const person = { name: "Claudine Mukamana", email: `Claudine${made}@Example.rw`, role };
  const answer = await shop.api.post(USERS, person);
  expect(answer.status).toBe(201);
  return answer.body as { user: User; invitation: OneTimeCode };
}

async function accept(code: string) {
  const answer = await nobody().post("/auth/accept", { code, password: PASSWORD });
  return { ...answer, session: answer.body as SessionAnswer };
}

/** Invited, accepted and signed in. */
async function join(shop: Business, role: User["role"] = "business_user") {
  const { user, invitation } = await invite(shop, role);
  const { session } = await accept(invitation.code);
  return { user, session, api: createApi(stage.url, session.accessToken) };
}

const change = (shop: Business, userId: string, body: object) => shop.api.patch(`${USERS}/${userId}`, body);

describe("the people of a business", () => {
  it("are listed with who was invited and who is in", async () => {
    const shop = await stage.open();
    const { user } = await invite(shop);
    const { user: joined } = await join(shop, "business_admin");
    expect(await listed(shop)).toMatchObject([
      { number: 1, role: "business_admin" },
      { number: 2, role: "business_user" },
      { id: user.id, number: 3, status: "invited", email: user.email.toLowerCase() },
      { id: joined.id, number: 4, status: "active", role: "business_admin" },
    ]);
  });

  it("are an admin's to see and change", async () => {
    const shop = await stage.open();
    const user = createApi(stage.url, stage.token(shop, "business_user"));
    const calls = (api: Business["api"]) => [
      api.get(USERS),
      api.post(USERS, { name: "X", email: "x@example.rw", role: "business_admin" }),
      api.patch(`${USERS}/${shop.userId}`, { role: "business_admin" }),
      api.post(`${USERS}/${shop.userId}/invitations`),
    ];
    for (const answer of await Promise.all(calls(user))) expect(problemOf(answer).code).toBe("forbidden");
    for (const answer of await Promise.all(calls(nobody()))) expect(answer.status).toBe(401);
    expect((await shop.audit()).filter(({ action }) => action === "access-refused")).toHaveLength(4);
    expect(await listed(shop)).toHaveLength(2);
  });

  it("of another business are nobody here", async () => {
    const [shop, other] = [await stage.open(), await stage.open()];
    for (const id of [other.userId, other.adminId, crypto.randomUUID(), "x"]) {
      expect(problemOf(await change(shop, id, { status: "inactive" })).code).toBe("not-found");
      expect(problemOf(await shop.api.post(`${USERS}/${id}/invitations`)).code).toBe("not-found");
    }
    expect((await shop.audit()).filter(({ action }) => action === "access-refused")).toHaveLength(8);
    expect((await listed(other)).map(({ status }) => status)).not.toContain("inactive");
  });
});

describe("an invitation", () => {
  it("is shown once, good once, for 7 days, and is kept as a hash", async () => {
    const shop = await stage.open();
    const { user, invitation } = await invite(shop);
    const days = (Date.parse(invitation.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.99);
    expect(days).toBeLessThanOrEqual(7);
    const rows = await stage.database.owner`select * from one_time_codes where business_id = ${shop.id}`;
    expect(JSON.stringify(rows)).not.toContain(invitation.code);
    expect((await accept(invitation.code)).session.user).toMatchObject({
      id: user.id,
      role: "business_user",
    });
    expect(problemOf(await accept(invitation.code)).code).toBe("code-invalid");
    expect((await shop.audit()).find(({ action }) => action === "user-invited")).toMatchObject({
      actor: "user:1",
      subject: `user:${user.id}`,
      detail: { role: "business_user", number: 3 },
    });
    expect(JSON.stringify(await shop.audit())).not.toContain(invitation.code);
  });

  it("made again ends the older one, and lets somebody in who forgot the password", async () => {
    const shop = await stage.open();
    const { user, invitation } = await invite(shop);
    const second = (await shop.api.post(`${USERS}/${user.id}/invitations`)).body as OneTimeCode;
    expect(problemOf(await accept(invitation.code)).code).toBe("code-invalid");
    expect((await accept(second.code)).status).toBe(200);
    const third = (await shop.api.post(`${USERS}/${user.id}/invitations`)).body as OneTimeCode;
    expect((await accept(third.code)).status).toBe(200);
  });

  it("of an address the business has is refused, in any case; another business may have it", async () => {
    const [shop, other] = [await stage.open(), await stage.open()];
    const person = { name: "Aline", email: "ALINE@example.rw", role: "business_user" };
    expect(problemOf(await shop.api.post(USERS, person))).toMatchObject({ status: 409, code: "email-taken" });
    const { user } = await invite(shop);
    expect((await other.api.post(USERS, { ...person, email: user.email })).status).toBe(201);
    const numbers = (await listed(shop)).map(({ number }) => number);
    expect(numbers).toEqual([1, 2, 3]);
  });

  it.each([
    ["of a super admin", { role: "super_admin" }],
    ["without an address", { email: "nobody" }],
    ["with a number of its own", { number: 1 }],
  ])("%s is refused", async (_what, wrong) => {
    const shop = await stage.open();
    const person = { name: "X", email: "x@example.rw", role: "business_user", ...wrong };
    expect(problemOf(await shop.api.post(USERS, person)).code).toBe("input-invalid");
  });
});

/** Begins a request whose body stays away until the guard has let its sender in; `send` is the rest of it. */
async function beginSlowly(
  { userId, token }: { userId: string; token: string },
  { method, path, type, body }: { method: string; path: string; type: string; body: Buffer },
) {
  const asked = request(`${stage.url()}/api/v1${path}`, {
    method,
    agent: false,
    headers: { authorization: `Bearer ${token}`, "content-type": type, "content-length": body.length },
  });
  asked.write(body.subarray(0, 1));
  // What is counted last before the role is looked at.
  const counted = `user:${createHash("sha256").update(userId).digest("base64url")}`;
  await until("the guard let it in", async () => {
    const rows = await stage.database.owner`select from rate_limits where key = ${counted}`;
    return rows.length === 1;
  });
  return async () => {
    asked.end(body.subarray(1));
    const [response] = (await once(asked, "response")) as [IncomingMessage];
    return { status: response.statusCode, body: await json(response) };
  };
}

describe("a request whose body comes slowly", () => {
  const another = { name: "X", email: "x@example.rw", role: "business_admin" };
  const invitation = {
    method: "POST",
    path: USERS,
    type: "application/json",
    body: Buffer.from(JSON.stringify(another)),
  };
  const logo = {
    method: "PUT",
    path: "/businesses/me/logo",
    type: "image/png",
    body: Buffer.alloc(2_000),
  };

  it.each([
    [
      "who invites, deactivated",
      { status: "inactive" },
      invitation,
      { status: 401, code: "unauthenticated" },
    ],
    ["who uploads, deactivated", { status: "inactive" }, logo, { status: 401, code: "unauthenticated" }],
    [
      "who invites, made a user",
      { role: "business_user" },
      invitation,
      { status: 401, code: "unauthenticated" },
    ],
  ])("does nothing for an admin %s meanwhile", async (_what, made, asked, refusal) => {
    const shop = await stage.open({ connected: false });
    const { user, session } = await join(shop, "business_admin");
    const send = await beginSlowly({ userId: user.id, token: session.accessToken }, asked);
    expect((await change(shop, user.id, made)).status).toBe(200);
    expect((await send()).body).toMatchObject(refusal);
    expect(await listed(shop)).toHaveLength(3);
    expect((await shop.audit()).map(({ action }) => action)).not.toContain("logo-changed");
  });

  // Neither is looked at once the sender may not: what is wrong with it would be told first.
  it.each([
    ["an empty invitation", { ...invitation, body: Buffer.from("{}") }],
    ["no picture", logo],
  ])(
    "does nothing in a business deactivated meanwhile, nor by a role taken away in the database itself: %s",
    async (_what, asked) => {
      const { owner } = stage.database;
      const [closed, demoted] = [
        await stage.open({ connected: false }),
        await stage.open({ connected: false }),
      ];
      const [first, second] = await Promise.all(
        [closed, demoted].map((shop) =>
          beginSlowly({ userId: shop.adminId, token: stage.token(shop) }, asked),
        ),
      );
      await owner`update businesses set status = 'inactive' where id = ${closed.id}`;
      await owner`update users set role = 'business_user' where id = ${demoted.adminId}`;
      expect((await first?.())?.body).toMatchObject({ status: 403, code: "business-inactive" });
      expect((await second?.())?.body).toMatchObject({ status: 403, code: "forbidden" });
      expect((await demoted.audit()).map(({ action }) => action)).toContain("access-refused");
    },
  );

  it("is done for who is an admin still", async () => {
    const shop = await stage.open({ connected: false });
    const send = await beginSlowly({ userId: shop.adminId, token: stage.token(shop) }, invitation);
    expect(await send()).toMatchObject({ status: 201, body: { user: { email: another.email } } });
  });
});

describe("a change of a user", () => {
  it("counts at once: another role or deactivation ends the sessions", async () => {
    const shop = await stage.open();
    const { user, session, api } = await join(shop, "business_admin");
    expect((await api.get(USERS)).status).toBe(200);
    expect((await change(shop, user.id, { name: "Claudine M." })).body).toMatchObject({
      name: "Claudine M.",
    });
    expect((await api.get(USERS)).status).toBe(200);
    expect((await change(shop, user.id, { role: "business_user" })).body).toMatchObject({
      role: "business_user",
    });
    expect((await api.get(USERS)).status).toBe(401);
    const refreshed = await nobody().post("/auth/refresh", { refreshToken: session.refreshToken });
    expect(refreshed.status).toBe(401);
    expect((await shop.audit()).findLast(({ action }) => action === "user-changed")).toMatchObject({
      action: "user-changed",
      subject: `user:${user.id}`,
      detail: { role: "business_user", "previous-role": "business_admin", renamed: false },
    });
  });

  it("that deactivates ends codes too, and can be taken back", async () => {
    const shop = await stage.open();
    const { user, invitation } = await invite(shop);
    expect((await change(shop, user.id, { status: "inactive" })).body).toMatchObject({ status: "inactive" });
    expect(problemOf(await accept(invitation.code)).code).toBe("code-invalid");
    const again = await shop.api.post(`${USERS}/${user.id}/invitations`);
    expect(problemOf(again).code).toBe("action-not-allowed");
    await change(shop, user.id, { status: "active" });
    expect(problemOf(await accept(invitation.code)).code).toBe("code-invalid");
    const { code } = (await shop.api.post(`${USERS}/${user.id}/invitations`)).body as OneTimeCode;
    expect((await accept(code)).status).toBe(200);
  });

  it("cannot take away the last admin who is in", async () => {
    const shop = await stage.open();
    const { user, api } = await join(shop, "business_admin");
    await invite(shop, "business_admin");
    expect((await api.patch(`${USERS}/${shop.adminId}`, { status: "inactive" })).status).toBe(200);
    for (const body of [{ role: "business_user" }, { status: "inactive" }]) {
      const answer = await api.patch(`${USERS}/${user.id}`, body);
      expect(problemOf(answer)).toMatchObject({ status: 409, code: "last-admin" });
    }
    expect((await api.get(USERS)).status).toBe(200);
  });

  it("by two admins of each other at once leaves one", async () => {
    for (let round = 0; round < 5; round += 1) {
      const shop = await stage.open({ setUp: false });
      const [one, two] = [await join(shop, "business_admin"), await join(shop, "business_admin")];
      await change(shop, shop.adminId, { status: "inactive" });
      const both = await Promise.all([
        one.api.patch(`${USERS}/${two.user.id}`, { role: "business_user" }),
        two.api.patch(`${USERS}/${one.user.id}`, { status: "inactive" }),
      ]);
      const statuses = both.map(({ status }) => status).sort();
      // The other was an admin when asked and none any more when it was its turn.
      expect(statuses[0]).toBe(200);
      expect([403, 401]).toContain(statuses[1]);
      const left = await stage.database.owner`
        select from users where business_id = ${shop.id} and role = 'business_admin' and status = 'active'`;
      expect(left).toHaveLength(1);
    }
  });
});
