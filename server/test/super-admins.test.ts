import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSuperAdmin } from "../src/admin/create-super-admin.ts";
import { openDatabase } from "../src/db/with-business.ts";
import { type Api, createApi, problemOf } from "./api.ts";
import { PASSWORD, runCommand, runProgram } from "./command-line.ts";
import { type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";

const DIVINE = "divine@provider.example";
const JEAN = "jean@provider.example";
const OTHER_PASSWORD = "nine herons over the marsh";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ env: { REQUEST_LIMITS_FACTOR: "100" } });
});
afterAll(() => stage.close());

const admin = (...words: string[]) => runCommand(stage.database, words);
const anonymous = () => createApi(stage.url, null);
const login = (email: string, password = PASSWORD) => anonymous().post("/auth/login", { email, password });
const eventsSince = (id: number) => stage.database.owner`
  select actor, action, subject, result, detail, address, hash is not null as sealed from audit_events
  where business_id is null and action like 'super-admin-%' and id > ${id} order by id`;
const lastEvent = async () => {
  const [last] = await stage.database.owner`select coalesce(max(id), 0)::int as id from audit_events`;
  return Number(last?.id);
};

async function signIn(email: string): Promise<{ api: Api; refreshToken: string }> {
  const { status, body } = await login(email);
  expect(status).toBe(200);
  const { accessToken, refreshToken } = body as { accessToken: string; refreshToken: string };
  return { api: createApi(stage.url, accessToken), refreshToken };
}

/** Nothing of this session opens anything any more. */
async function expectEnded({ api, refreshToken }: { api: Api; refreshToken: string }): Promise<void> {
  expect((await api.get("/businesses")).status).toBe(401);
  expect((await anonymous().post("/auth/refresh", { refreshToken })).status).toBe(401);
}

/** Divine and Jean are there, and nobody else is active. */
let ids: Record<string, string>;
beforeEach(async () => {
  await stage.database.owner`update users set status = 'inactive' where business_id is null`;
  const made = [];
  for (const [email, name] of [
    [DIVINE, "Divine Mukamana"],
    [JEAN, "Jean Bosco"],
  ] as const)
    made.push(await createSuperAdmin(stage.database.urls.owner, { email, name, password: PASSWORD }));
  ids = Object.fromEntries(made.map(({ email, id }) => [email, id]));
});

const active = async () =>
  (
    await stage.database
      .owner`select email from users where business_id is null and status = 'active' order by 1`
  ).map(({ email }) => email);

describe("list-super-admins", () => {
  it("says who there is, who was ended, and when each last signed in", async () => {
    await signIn(JEAN);
    const said = await admin("list-super-admins", "--json");
    expect(said).toMatchObject({ exitCode: 0, complaints: "" });
    const items = JSON.parse(said.out).items.filter(({ id }: { id: string }) =>
      Object.values(ids).includes(id),
    );
    expect(items).toMatchObject([
      { name: "Divine Mukamana", email: DIVINE, status: "active", lastSignInAt: null },
      { name: "Jean Bosco", email: JEAN, status: "active", lastSignInAt: expect.stringMatching(/^20\d\d-/) },
    ]);
    expect(said.out).not.toContain("argon2");
    await admin("end-super-admin", DIVINE);
    const { out } = await admin("list-super-admins");
    expect(out).toMatch(/^number +status +email +lastSignInAt +name$/m);
    expect(out).toMatch(new RegExp(`^${items[0].number} +inactive +${DIVINE} +- +Divine Mukamana$`, "m"));
  });
});

describe("end-super-admin", () => {
  it("ends sign-in and every session at once, keeps nothing to sign in with, and is audited", async () => {
    const before = await lastEvent();
    const sessions = [await signIn(JEAN), await signIn(JEAN)];
    const kept = await signIn(DIVINE);
    const said = await admin("end-super-admin", "Jean@Provider.example", "--json");
    expect(said).toMatchObject({ exitCode: 0, complaints: "" });
    expect(JSON.parse(said.out)).toMatchObject({ id: ids[JEAN], email: JEAN, status: "inactive" });
    for (const session of sessions) await expectEnded(session);
    expect(problemOf(await login(JEAN)).code).toBe("credentials-wrong");
    expect((await kept.api.get("/businesses")).status).toBe(200);
    const [row] = await stage.database
      .owner`select status, password_hash from users where id = ${String(ids[JEAN])}`;
    expect(row).toEqual({ status: "inactive", password_hash: null });
    const left = await stage.database.owner`
      select distinct end_reason from sessions where user_id = ${String(ids[JEAN])}`;
    expect([...left]).toEqual([{ end_reason: "deactivated" }]);
    expect([...(await eventsSince(before))]).toMatchObject([
      {
        ...{ actor: "system", action: "super-admin-ended", subject: `user:${ids[JEAN]}`, result: "done" },
        sealed: true,
      },
    ]);
  });

  it("is no longer obeyed on the command line either", async () => {
    expect(await admin("businesses", "list", "--as", JEAN)).toMatchObject({ exitCode: 0 });
    await admin("end-super-admin", JEAN);
    const said = await admin("businesses", "list", "--as", JEAN, "--json");
    expect(said).toMatchObject({ exitCode: 1, out: "" });
    expect(JSON.parse(said.complaints).error.code).toBe("forbidden");
  });

  it("refuses the last one, and changes nothing", async () => {
    await admin("end-super-admin", JEAN);
    const [session, before] = [await signIn(DIVINE), await lastEvent()];
    const said = await admin("end-super-admin", DIVINE);
    expect(said).toMatchObject({ exitCode: 1, out: "" });
    expect(said.complaints).toContain(`${DIVINE} is the last active super admin`);
    const asJson = await admin("end-super-admin", DIVINE, "--json");
    expect(JSON.parse(asJson.complaints).error.code).toBe("last-admin");
    expect((await session.api.get("/businesses")).status).toBe(200);
    expect(await eventsSince(before)).toHaveLength(0);
  });

  it("leaves one when two are ended at once", async () => {
    const { owner } = stage.database;
    const both = await owner.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(hashtext('fiscalise-super-admins'))`;
      const ends = [admin("end-super-admin", DIVINE), admin("end-super-admin", JEAN)];
      await until("both wait for their turn", async () => {
        const [waiting] = await sql`select count(*)::int as count from pg_locks
          where locktype = 'advisory' and not granted
            and database = (select oid from pg_database where datname = current_database())`;
        return waiting?.count === 2;
      });
      return { ends };
    });
    const said = await Promise.all(both.ends);
    expect(said.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1]);
    expect(said.map(({ complaints }) => complaints).join("")).toContain("is the last active super admin");
    expect(await active()).toHaveLength(1);
  });

  it("does not know who is not there, was ended before, or is a business's", async () => {
    await admin("end-super-admin", JEAN);
    const shop = await stage.open({ connected: false });
    const [user] = await stage.database.owner`select email from users where id = ${shop.adminId}`;
    for (const email of ["nobody@provider.example", JEAN, String(user?.email)])
      for (const words of [["end-super-admin"], ["reset-super-admin"]]) {
        const said = await admin(...words, email, "--json");
        expect(said).toMatchObject({ exitCode: 1, out: "" });
        expect(JSON.parse(said.complaints).error).toMatchObject({
          code: "not-found",
          remedy: expect.stringContaining("list-super-admins"),
        });
      }
  });

  it("frees the address for a person who comes back, as somebody of another number", async () => {
    await admin("end-super-admin", JEAN);
    const said = await admin("create-super-admin", "--email", JEAN, "--name", "Jean Bosco", "--json");
    expect(said).toMatchObject({ exitCode: 0, complaints: "" });
    expect(JSON.parse(said.out).id).not.toBe(ids[JEAN]);
    expect((await login(JEAN)).status).toBe(200);
  });
});

describe("reset-super-admin", () => {
  it("sets another password from standard input, ends every session, and is audited", async () => {
    const before = await lastEvent();
    const session = await signIn(JEAN);
    const said = await runProgram("admin-main", ["reset-super-admin", JEAN, "--json"], {
      stdin: `${OTHER_PASSWORD}\n`,
      env: { OWNER_DATABASE_URL: stage.database.urls.owner },
    });
    expect(said).toMatchObject({ exitCode: 0, complaints: "" });
    expect(said.out).not.toContain(OTHER_PASSWORD);
    expect(JSON.parse(said.out)).toMatchObject({ id: ids[JEAN], email: JEAN, status: "active" });
    await expectEnded(session);
    expect(problemOf(await login(JEAN)).code).toBe("credentials-wrong");
    expect((await login(JEAN, OTHER_PASSWORD)).status).toBe(200);
    expect((await login(DIVINE)).status).toBe(200);
    const events = await eventsSince(before);
    expect([...events]).toMatchObject([
      { action: "super-admin-password-reset", subject: `user:${ids[JEAN]}`, sealed: true },
    ]);
    expect(JSON.stringify(events)).not.toContain("argon2");
  });

  it("refuses what is easy to guess of this person, and changes nothing", async () => {
    const session = await signIn(JEAN);
    for (const [weak, code, exitCode] of [
      ["tiny7", "password-weak", 1],
      ["Jean Bosco 2026", "password-weak", 1],
      ["a".repeat(2_000), "input-invalid", 2],
    ] as const) {
      const said = await runCommand(stage.database, ["reset-super-admin", JEAN, "--json"], {
        readPassword: async () => weak,
      });
      expect(said).toMatchObject({ exitCode, out: "" });
      expect(JSON.parse(said.complaints).error.code).toBe(code);
      expect(said.complaints).not.toContain(weak);
    }
    expect((await session.api.get("/businesses")).status).toBe(200);
    expect((await login(JEAN)).status).toBe(200);
  });

  it("does not bring back who was ended while the password was typed", async () => {
    const said = await runCommand(stage.database, ["reset-super-admin", JEAN, "--json"], {
      readPassword: async () => {
        expect(await admin("end-super-admin", JEAN)).toMatchObject({ exitCode: 0 });
        return OTHER_PASSWORD;
      },
    });
    expect(said).toMatchObject({ exitCode: 1, out: "" });
    expect(problemOf(await login(JEAN, OTHER_PASSWORD)).code).toBe("credentials-wrong");
  });
});

describe("the login of the servers", () => {
  it.each([["list-super-admins"], ["end-super-admin", JEAN], ["reset-super-admin", JEAN]])(
    "may not %s",
    async (...words) => {
      const ownerUrl = stage.database.urls.app;
      const said = await runCommand(stage.database, [...words, "--json"], { ownerUrl });
      expect(said).toMatchObject({ exitCode: 1, out: "" });
      expect(JSON.parse(said.complaints).error).toMatchObject({
        code: "forbidden",
        message: expect.stringContaining("OWNER_DATABASE_URL"),
      });
      expect(await active()).toEqual([DIVINE, JEAN]);
    },
  );

  it("ends none in its own transaction, and brings none back", async () => {
    const [divine, jean] = [String(ids[DIVINE]), String(ids[JEAN])];
    await admin("end-super-admin", JEAN);
    const app = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 1 });
    const set = (id: string, status: string) =>
      app.withSuperAdmin(
        id,
        async (tx) => (await tx.sql.execute(`update users set status = '${status}'`)).count,
      );
    try {
      await expect(set(divine, "inactive")).rejects.toMatchObject({
        cause: {
          message: 'new row violates row-level security policy "ends_no_super_admin" for table "users"',
        },
      });
      expect(await set(jean, "active")).toBe(0);
      expect(await active()).toEqual([DIVINE]);
    } finally {
      await app.close();
    }
  });
});
