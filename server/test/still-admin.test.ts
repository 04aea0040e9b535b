import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { problemOf, type Reply } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { apiOf, newPerson, sessionOf } from "./people.ts";
import { addSuperAdmin, type SuperAdminOfStage } from "./super-admin.ts";
import { until } from "./until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

type Ask = (shop: Business) => Promise<Reply>;
const person = { name: "Claudine Mukamana", email: "claudine@example.rw", role: "business_admin" };
const device = ({ device: { url } }: Business) => ({
  baseUrl: url,
  branchId: "01",
  serial: "another",
  profile: "vsdc-1.0.5",
});
const company = {
  name: "New Ltd",
  email: "a@example.rw",
  phone: "+250 788 300 100",
  address: "KN 5 Rd",
  language: "en",
};

const changes: [string, Ask][] = [
  ["an invitation", ({ api }) => api.post("/businesses/me/users", person)],
  ["a further code", ({ api, userId }) => api.post(`/businesses/me/users/${userId}/invitations`)],
  ["a promotion", ({ api, userId }) => api.patch(`/businesses/me/users/${userId}`, { role: person.role })],
  ["the business's name", (shop) => shop.api.post("/businesses/me/setup/step1", company)],
  ["another device", (shop) => shop.api.put("/businesses/me/vsdc-config", device(shop))],
  ["the device's set-up", (shop) => shop.api.post("/businesses/me/setup/step2", device(shop))],
  ["a webhook's secret", ({ api }) => api.post("/businesses/me/zoho-config/secret")],
  ["the parts in Zoho", ({ api }) => api.post("/businesses/me/zoho-config/parts")],
  ["the classes of taxes", ({ api }) => api.patch("/businesses/me/tax-mappings", { mappings: [] })],
  ["the hours of notices", ({ api }) => api.patch("/businesses/me/notices", { deviceSilentHours: 9 })],
  ["no logo", ({ api }) => api.del("/businesses/me/logo")],
  ["no organisation", ({ api }) => api.del("/zoho/connection")],
];

type Step = (sql: postgres.TransactionSql) => PromiseLike<unknown>;

/** What it needs is held until it waits for that, and then something is changed. */
async function askedMeanwhile(
  ask: () => Promise<Reply>,
  { hold, change }: { hold: Step; change: Step },
): Promise<Reply> {
  const { owner } = stage.database;
  let asked: Promise<Reply> | undefined;
  await owner.begin(async (sql) => {
    await hold(sql);
    asked = ask();
    await until("it waits for its turn", async () => {
      const waiting = await owner`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return waiting.length > 0;
    });
    await change(sql);
  });
  return asked as Promise<Reply>;
}

it.each(changes)("%s is not for who stops being an admin while it waits for its turn", async (_what, ask) => {
  const shop = await stage.open();
  const { owner } = stage.database;
  await owner`
    insert into users (id, business_id, number, name, email, role)
    values (${randomUUID()}, ${shop.id}, 3, 'Another', 'another@example.rw', 'business_admin')`;
  const refused = await askedMeanwhile(() => ask(shop), {
    hold: (sql) => sql`
      select from branches b join businesses s on s.id = b.business_id join zoho_connections z on z.business_id = s.id
      where s.id = ${shop.id} for no key update`,
    change: (sql) => sql`update users set role = 'business_user' where id = ${shop.adminId}`,
  });
  expect(problemOf(refused)).toMatchObject({ status: 403, code: "forbidden" });
  const [last] = (await shop.audit()).slice(-1);
  expect(last).toMatchObject({ actor: "user:1", action: "access-refused" });
});

type Act = (provider: SuperAdminOfStage["api"], shop: Business) => Promise<Reply>;
const details = { ...company, tin: "555000111" };
const acts: [string, Act][] = [
  [
    "a business",
    (api) =>
      api.post("/businesses", {
        ...details,
        jurisdiction: "RW",
        admin: { name: person.name, email: person.email },
      }),
  ],
  ["another name of one", (api, { id }) => api.put(`/businesses/${id}`, details)],
  ["an activation code", (api, { id }) => api.post(`/businesses/${id}/activation-codes`, {})],
  ["the end of one", (api, { id }) => api.put(`/businesses/${id}/deactivate`)],
];

it.each(acts)("%s is not for a super admin who is ended while it waits", async (_what, act) => {
  const [shop, provider] = [await stage.open({ connected: false }), await addSuperAdmin(stage)];
  const refused = await askedMeanwhile(() => act(provider.api, shop), {
    hold: (sql) => sql`lock table businesses, one_time_codes in share mode`,
    change: (sql) => sql`update users set status = 'inactive' where id = ${provider.id}`,
  });
  expect(problemOf(refused)).toMatchObject({ status: 403, code: "forbidden" });
  const [last] = (await provider.audit()).slice(-1);
  expect(last).toMatchObject({ actor: `super-admin:${provider.number}`, action: "access-refused" });
});

it("a session is an admin's no more when the role is taken away, whatever its token says", async () => {
  const { id, signIn: enter } = await newPerson(stage);
  const session = sessionOf(await enter());
  const api = apiOf(stage, session);
  expect((await api.post("/zoho/connection", {})).status).toBe(200);
  await stage.database.owner`update users set role = 'business_user' where id = ${id}`;
  expect(problemOf(await api.post("/zoho/connection", {}))).toMatchObject({
    status: 403,
    code: "forbidden",
  });
  expect((await api.get("/auth/me")).body).toMatchObject({ role: "business_user" });
});
