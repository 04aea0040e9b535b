import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256Of } from "../src/opaque-token.ts";
import { createApi, problemOf, type Reply } from "./api.ts";
import { type Stage, startStage } from "./harness.ts";
import { apiOf, changedMeanwhile, newPerson, PASSWORD, sessionOf } from "./people.ts";
import { until } from "./until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const OTHER = "nine drums behind the market";
const refresh = (refreshToken: string) => createApi(stage.url, null).post("/auth/refresh", { refreshToken });

it("two tabs that refresh one token at once are both answered, and only the last successor stays good", async () => {
  const first = sessionOf(await (await newPerson(stage)).signIn());
  const { owner } = stage.database;
  let asked: Promise<Reply>[] = [];
  await owner.begin(async (sql) => {
    await sql`select from refresh_tokens where sha256 = ${sha256Of(first.refreshToken)} for update`;
    asked = [refresh(first.refreshToken), refresh(first.refreshToken)];
    await until("both wait for the token", async () => {
      const waiting = await owner`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return waiting.length === 2;
    });
  });
  const both = await Promise.all(asked);
  const tokens = both.map((answer) => sha256Of(sessionOf(answer).refreshToken));
  const kept = await owner`
    select (revoked_at is null) as good from refresh_tokens where sha256 in ${owner(tokens)}`;
  expect(kept.map(({ good }) => good).sort()).toEqual([false, true]);
});

describe("a password being looked at", () => {
  it("to be changed does not take back the one that a code has set meanwhile", async () => {
    const { id, signIn: enter } = await newPerson(stage);
    const thief = apiOf(stage, sessionOf(await enter()));
    const entry = { currentPassword: PASSWORD, newPassword: OTHER };
    const changed = await changedMeanwhile(stage, id, {
      begin: () => thief.post("/auth/password", entry),
      change: async (sql) => {
        await sql`update users set password_hash = 'set by the owner' where id = ${id}`;
        await sql`update sessions set ended_at = now(), end_reason = 'password-changed' where user_id = ${id}`;
      },
    });
    expect(problemOf(changed).code).toBe("unauthenticated");
    const [row] = await stage.database.owner`select password_hash from users where id = ${id}`;
    expect(row?.password_hash).toBe("set by the owner");
  });

  it("opens no session of somebody deactivated meanwhile", async () => {
    const { id, signIn: enter } = await newPerson(stage);
    const entered = await changedMeanwhile(stage, id, {
      begin: () => enter(),
      change: (sql) => sql`update users set status = 'inactive' where id = ${id}`,
    });
    expect(problemOf(entered)).toMatchObject({ status: 401, code: "credentials-wrong" });
  });

  it("opens no session when it was changed meanwhile, which ended those there were", async () => {
    const { id, signIn: enter } = await newPerson(stage);
    const entered = await changedMeanwhile(stage, id, {
      begin: () => enter(),
      change: (sql) => sql`update users set password_hash = 'set by the owner' where id = ${id}`,
    });
    expect(problemOf(entered)).toMatchObject({ status: 401, code: "credentials-wrong" });
  });

  it("to be changed is no more the one that its own session has changed meanwhile", async () => {
    const { id, signIn: enter } = await newPerson(stage);
    const own = apiOf(stage, sessionOf(await enter()));
    const changed = await changedMeanwhile(stage, id, {
      begin: () => own.post("/auth/password", { currentPassword: PASSWORD, newPassword: OTHER }),
      change: (sql) => sql`update users set password_hash = 'changed by the same' where id = ${id}`,
    });
    expect(problemOf(changed)).toMatchObject({ status: 422, code: "password-wrong" });
    const [row] = await stage.database.owner`select password_hash from users where id = ${id}`;
    expect(row?.password_hash).toBe("changed by the same");
  });
});
