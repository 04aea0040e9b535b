import { randomUUID } from "node:crypto";
import { SessionSchema } from "@fiscalise/shared/api/auth.ts";
import { BusinessSchema } from "@fiscalise/shared/api/businesses.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { acceptCode, auditOf, changeOf, provision } from "./provisioning.ts";
import { addSuperAdmin, type SuperAdminOfStage } from "./super-admin.ts";

let stage: Stage;
let shop: Business;
let provider: SuperAdminOfStage;
beforeAll(async () => {
  stage = await startStage({ env: { REQUEST_LIMITS_FACTOR: "100" } });
  shop = await stage.open({ connected: false });
  provider = await addSuperAdmin(stage);
});
afterAll(() => stage.close());

describe("one business", () => {
  it("says how far its set-up is, from the facts", async () => {
    const setup = async () =>
      BusinessSchema.parse((await provider.api.get(`/businesses/${shop.id}`)).body).setup;
    const { owner } = stage.database;
    await owner`update branches set codes_synced_at = null where business_id = ${shop.id}`;
    expect(await setup()).toMatchObject({ company: { done: true }, device: { done: false }, ready: false });
    await owner`update branches set codes_synced_at = now() where business_id = ${shop.id}`;
    expect(await setup()).toMatchObject({ device: { done: true }, zoho: { done: false }, ready: false });
    await stage.connect(shop);
    expect(await setup()).toMatchObject({ zoho: { done: true }, ready: true });
    await owner`update zoho_connections set status = 'lost' where business_id = ${shop.id}`;
    expect(await setup()).toMatchObject({ zoho: { done: false }, ready: false });
    await owner`update zoho_connections set status = 'connected' where business_id = ${shop.id}`;
  });

  it("is changed as a whole, and the audit says which fields", async () => {
    const { business } = await provision(provider);
    const change = changeOf(business, { name: "Renamed Ltd", tin: "888999003", language: "rw" });
    const answer = await provider.api.put(`/businesses/${business.id}`, change);
    expect(answer.body).toMatchObject({ ...change, id: business.id, createdAt: business.createdAt });
    expect(
      (await auditOf(stage, business.id)).findLast(({ action }) => action === "business-changed"),
    ).toMatchObject({
      actor: `super-admin:${provider.number}`,
      action: "business-changed",
      detail: { fields: "name,tin,language", tinBefore: business.tin },
    });
    const again = await provider.api.put(`/businesses/${business.id}`, change);
    expect(again.body).toEqual(answer.body);
    expect(await auditOf(stage, business.id)).toHaveLength(2);
  });

  it("keeps another's TIN out", async () => {
    const { business } = await provision(provider);
    const answer = await provider.api.put(
      `/businesses/${business.id}`,
      changeOf(business, { tin: shop.tin }),
    );
    expect(problemOf(answer)).toMatchObject({ status: 409, code: "tin-taken" });
  });

  it("keeps its TIN once it has a submission, whatever else changes", async () => {
    const seller = await stage.open();
    await seller.fiscalise(seller.put());
    const view = async () => BusinessSchema.parse((await provider.api.get(`/businesses/${seller.id}`)).body);
    const before = await view();
    const refused = await provider.api.put(
      `/businesses/${seller.id}`,
      changeOf(before, { tin: "888999004", name: "Another" }),
    );
    expect(problemOf(refused)).toMatchObject({ status: 409, code: "device-in-use" });
    expect(await view()).toEqual(before);
    const renamed = await provider.api.put(`/businesses/${seller.id}`, changeOf(before, { name: "Another" }));
    expect(renamed.body).toMatchObject({ name: "Another", tin: before.tin });
  });

  it("has to initialise its device again for another TIN", async () => {
    const moved = await stage.open({ connected: false });
    await stage.database.owner`update branches set codes_synced_at = now() where business_id = ${moved.id}`;
    const before = BusinessSchema.parse((await provider.api.get(`/businesses/${moved.id}`)).body);
    expect(before.setup.device.done).toBe(true);
    const answer = await provider.api.put(`/businesses/${moved.id}`, changeOf(before, { tin: "888999005" }));
    expect(BusinessSchema.parse(answer.body).setup.device.done).toBe(false);
  });

  it("is deactivated and activated once, however often that is asked", async () => {
    const { business } = await provision(provider);
    const turn = async (way: string) =>
      BusinessSchema.parse((await provider.api.put(`/businesses/${business.id}/${way}`)).body);
    const stopped = await turn("deactivate");
    expect(stopped).toMatchObject({ status: "inactive" });
    expect(stopped.statusSince > business.statusSince).toBe(true);
    expect(await turn("deactivate")).toEqual(stopped);
    expect(await turn("activate")).toMatchObject({ status: "active" });
    await turn("activate");
    const actions = (await auditOf(stage, business.id)).map(({ action, actor }) => `${actor} ${action}`);
    expect(actions.slice(1)).toEqual(
      ["business-deactivated", "business-activated"].map(
        (action) => `super-admin:${provider.number} ${action}`,
      ),
    );
  });
});

describe("a business's people", () => {
  it("are its own and nobody else's, with when each last signed in", async () => {
    const { business, admin, activation } = await provision(provider);
    const ask = async (id: string) => (await provider.api.get(`/businesses/${id}/users`)).body;
    expect(await ask(business.id)).toEqual({ items: [{ ...admin, lastSignInAt: null }] });
    await acceptCode(stage, activation.code);
    await stage.database.owner`update sessions set created_at = '2026-11-03' where user_id = ${admin.id}`;
    await stage.database.owner`
      insert into sessions (business_id, user_id, created_at, expires_at, ended_at, end_reason)
      values (${business.id}, ${admin.id}, '2026-11-05', '2026-11-06', '2026-11-05', 'signed-out'),
        (${business.id}, ${admin.id}, '2026-11-04', '2026-11-06', null, null)`;
    expect(await ask(business.id)).toEqual({
      items: [{ ...admin, status: "active", lastSignInAt: "2026-11-05T00:00:00.000Z" }],
    });
    const others = (await ask(shop.id)) as { items: { id: string }[] };
    expect(others.items.map(({ id }) => id)).toContain(shop.userId);
    expect(others.items.map(({ id }) => id)).not.toContain(admin.id);
  });
});

describe("a new activation code", () => {
  it("ends the older ones, and is audited without the code", async () => {
    const { business, admin, activation } = await provision(provider);
    const answer = await provider.api.post(`/businesses/${business.id}/activation-codes`, {});
    expect(answer.status).toBe(201);
    const { code } = answer.body as { code: string };
    expect(problemOf(await acceptCode(stage, activation.code)).code).toBe("code-invalid");
    const events = await auditOf(stage, business.id);
    expect(events.findLast(({ action }) => action === "activation-code-issued")).toMatchObject({
      actor: `super-admin:${provider.number}`,
      subject: `user:${admin.id}`,
    });
    expect(JSON.stringify(events)).not.toContain(code);
    expect((await acceptCode(stage, code)).status).toBe(200);
  });

  it("is for whom it names, and only in the business it names", async () => {
    const { business } = await provision(provider);
    const issue = (userId: string, id = shop.id) =>
      provider.api.post(`/businesses/${id}/activation-codes`, { userId });
    const issued = await issue(shop.userId);
    const session = SessionSchema.parse(
      (await acceptCode(stage, (issued.body as { code: string }).code)).body,
    );
    expect(session.user.id).toBe(shop.userId);
    expect(problemOf(await issue(shop.userId, business.id)).status).toBe(404);
    expect(problemOf(await issue(randomUUID())).status).toBe(404);
    expect(problemOf(await issue("x")).status).toBe(400);
  });

  it("is not for somebody inactive", async () => {
    const { business, admin } = await provision(provider);
    await stage.database.owner`update users set status = 'inactive' where id = ${admin.id}`;
    const path = `/businesses/${business.id}/activation-codes`;
    expect(problemOf(await provider.api.post(path, {})).status).toBe(404);
    expect(problemOf(await provider.api.post(path, { userId: admin.id })).status).toBe(404);
  });
});
