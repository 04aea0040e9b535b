import type { Me } from "@fiscalise/shared/api/auth.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApi, problemOf } from "./api.ts";
import { type Stage, startStage } from "./harness.ts";
import { changedMeanwhile } from "./people.ts";
import { addSuperAdmin } from "./super-admin.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const PROFILE = "/auth/me";
const peopleOf = ({ id }: { id: string }) => stage.database.owner`
  select id, name, email, role, status, language from users where business_id = ${id} order by number`;

describe("one's own profile", () => {
  it("is a name and a language, kept, audited and nobody else's", async () => {
    const shop = await stage.open({ connected: false });
    const [admin, user] = await peopleOf(shop);
    const changed = await shop.api.patch(PROFILE, { name: "Aline M.", language: "rw" });
    expect(changed.body).toMatchObject({ id: shop.adminId, name: "Aline M.", language: "rw" });
    expect((await shop.api.get(PROFILE)).body).toEqual(changed.body);
    expect([...(await peopleOf(shop))]).toEqual([{ ...admin, name: "Aline M.", language: "rw" }, user]);
    expect((await shop.audit()).at(-1)).toMatchObject({
      actor: "user:1",
      action: "profile-changed",
      subject: `user:${shop.adminId}`,
      detail: { renamed: true, language: "rw" },
    });
    expect((await shop.api.patch(PROFILE, { language: null })).body).toMatchObject({
      name: "Aline M.",
      language: null,
    });
  });

  it.each([
    ["a role", { role: "business_admin" }],
    ["an address", { email: "other@example.rw" }],
    ["a status", { status: "active" }],
    ["a business", { businessId: crypto.randomUUID() }],
    ["no name", { name: " " }],
    ["another language", { language: "sw" }],
  ])("is not %s", async (_what, change) => {
    const shop = await stage.open({ connected: false });
    const before = [...(await peopleOf(shop))];
    const asUser = createApi(stage.url, stage.token(shop, "business_user"));
    expect(problemOf(await asUser.patch(PROFILE, { name: "X", ...change })).code).toBe("input-invalid");
    expect([...(await peopleOf(shop))]).toEqual(before);
  });

  it("is a super admin's too, and audited in the provider's chain", async () => {
    const [one, other] = [await addSuperAdmin(stage), await addSuperAdmin(stage)];
    expect((await one.api.patch(PROFILE, { name: "Divine U." })).body).toMatchObject({ name: "Divine U." });
    expect(((await other.api.get(PROFILE)).body as Me).name).toBe("Divine Mukamana");
    expect((await one.audit()).at(-1)).toMatchObject({
      actor: `super-admin:${one.number}`,
      action: "profile-changed",
    });
  });

  it("keeps what somebody else changes at the same moment, and takes nothing back", async () => {
    const shop = await stage.open({ connected: false });
    const own = createApi(stage.url, stage.token(shop, "business_user"));
    await changedMeanwhile(stage, shop.userId, {
      begin: () => own.patch(PROFILE, { language: "fr" }),
      change: (sql) => sql`update users set name = 'Eric H.' where id = ${shop.userId}`,
    });
    await changedMeanwhile(stage, shop.userId, {
      begin: () => shop.api.patch(`/businesses/me/users/${shop.userId}`, { status: "inactive" }),
      change: (sql) => sql`update users set name = 'Eric K.' where id = ${shop.userId}`,
    });
    const [, user] = await peopleOf(shop);
    expect(user).toMatchObject({ name: "Eric K.", language: "fr", status: "inactive" });
  });
});
