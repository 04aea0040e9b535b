import { randomUUID } from "node:crypto";
import { SessionSchema } from "@fiscalise/shared/api/auth.ts";
import { BusinessListSchema } from "@fiscalise/shared/api/businesses.ts";
import { COMPLAINT_CODES } from "@fiscalise/shared/complaint.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApi, problemOf, type Reply } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { acceptCode, auditOf, changeOf, provision, provisionRequest } from "./provisioning.ts";
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

describe("provisioning", () => {
  it("makes a business, its admin and a code that lets this admin in once", async () => {
    const { business, admin, activation } = await provision(provider, { tin: "888999001" });
    expect(business).toMatchObject({
      tin: "888999001",
      status: "active",
      language: "fr",
      jurisdiction: "RW",
    });
    expect(business.setup).toEqual({
      company: { done: false },
      device: { done: false },
      zoho: { done: false },
      ready: false,
    });
    expect(admin).toMatchObject({ number: 1, email: "aline@traders.example", status: "invited" });
    const days = (new Date(activation.expiresAt).getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThanOrEqual(7);
    const session = SessionSchema.parse((await acceptCode(stage, activation.code)).body);
    expect(session.user).toMatchObject({
      id: admin.id,
      role: "business_admin",
      business: { id: business.id },
    });
    expect(problemOf(await acceptCode(stage, activation.code)).code).toBe("code-invalid");
  });

  it("keeps the code as a hash only", async () => {
    const { business, activation } = await provision(provider);
    const rows = await stage.database.owner`select * from one_time_codes where business_id = ${business.id}`;
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(activation.code);
    expect(JSON.stringify(await auditOf(stage, business.id))).not.toContain(activation.code);
  });

  it("is one event of the business's own chain, by whom and from where", async () => {
    const { business } = await provision(provider);
    const events = await auditOf(stage, business.id);
    expect(events).toMatchObject([
      {
        actor: `super-admin:${provider.number}`,
        action: "business-provisioned",
        subject: `business:${business.id}`,
        address: expect.stringMatching(/127\.0\.0\.1/),
        request_id: expect.any(String),
      },
    ]);
    expect(events[0]?.hash).not.toBeNull();
  });

  it("refuses a TIN another business has, and stores nothing of it", async () => {
    const before = await stage.database.owner`select count(*)::int as count from users`;
    const answer = await provider.api.post("/businesses", provisionRequest({ tin: shop.tin }));
    expect(problemOf(answer)).toMatchObject({ status: 409, code: "tin-taken" });
    expect(await stage.database.owner`select count(*)::int as count from users`).toEqual(before);
  });

  it("of one TIN at once by two makes one", async () => {
    const tin = "888999002";
    const answers = await Promise.all(
      [1, 2, 3].map(() => provider.api.post("/businesses", provisionRequest({ tin }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it.each([
    ["a TIN of 8 digits", { tin: "12345678" }, "tin"],
    ["no name", { name: " " }, "name"],
    ["an address that is none", { email: "aline" }, "email"],
    ["an admin without an address", { admin: { name: "Aline", email: "x" } }, "admin.email"],
    ["a field nobody knows", { status: "inactive" }, "status"],
    ["another country", { jurisdiction: "KE" }, "jurisdiction"],
    ["a character no text holds", { name: "A\u0000B" }, "name"],
  ])("refuses %s", async (_what, change, path) => {
    const problem = problemOf(await provider.api.post("/businesses", { ...provisionRequest(), ...change }));
    expect(problem).toMatchObject({ status: 400, code: "input-invalid" });
    expect(problem.fields?.map((field) => field.path)).toContain(path);
    for (const { code } of problem.fields ?? []) expect(COMPLAINT_CODES).toContain(code);
  });
});

describe("the list", () => {
  const list = async (query: string) =>
    BusinessListSchema.parse((await provider.api.get(`/businesses?${query}`)).body);

  it("is by name, in pages, with the number of all", async () => {
    for (const name of ["zebra C", "Zebra A", "zebra B"]) await provision(provider, { name });
    const first = await list("search=ZEBRA&pageSize=2");
    expect(first.items.map(({ name }) => name)).toEqual(["Zebra A", "zebra B"]);
    expect(first).toMatchObject({ total: 3, page: 1, pageSize: 2 });
    const second = await list("search=zebra&pageSize=2&page=2");
    expect(second.items.map(({ name }) => name)).toEqual(["zebra C"]);
    expect(await list("search=zebra&pageSize=2&page=9")).toMatchObject({ items: [], total: 3, page: 9 });
  });

  it("finds by TIN and by e-mail, and takes signs of a pattern for what they are", async () => {
    const { business } = await provision(provider, { tin: "777123456", email: "till_9@percent.example" });
    for (const search of ["777123456", "77123", "TILL_9@", " till_9@percent.example "])
      expect((await list(`search=${encodeURIComponent(search)}`)).items.map(({ id }) => id)).toEqual([
        business.id,
      ]);
    for (const search of ["%", "t_ll", "' or true --"])
      expect((await list(`search=${encodeURIComponent(search)}`)).total, search).toBe(0);
  });

  it("shows active or inactive ones only, as asked", async () => {
    const { business } = await provision(provider, { name: "Quagga Ltd" });
    await provider.api.put(`/businesses/${business.id}/deactivate`);
    expect((await list("search=quagga&status=active")).total).toBe(0);
    expect((await list("search=quagga&status=inactive")).items).toMatchObject([{ id: business.id }]);
    expect((await list("search=quagga")).total).toBe(1);
  });

  it.each(["page=0", "page=x", "pageSize=101", "pageSize=0", "status=gone", "search=%00", "page=1e99"])(
    "refuses %s",
    async (query) => {
      expect(problemOf(await provider.api.get(`/businesses?${query}`))).toMatchObject({
        status: 400,
        code: "input-invalid",
      });
    },
  );
});

describe("every endpoint of the super admin", () => {
  const everyEndpoint = (id: string): [string, (api: Business["api"]) => Promise<Reply>][] => [
    ["POST /businesses", (api) => api.post("/businesses", provisionRequest())],
    ["GET /businesses", (api) => api.get("/businesses")],
    ["GET /businesses/:id", (api) => api.get(`/businesses/${id}`)],
    ["PUT /businesses/:id", (api) => api.put(`/businesses/${id}`, changeOf(provisionRequest() as never))],
    ["PUT /businesses/:id/deactivate", (api) => api.put(`/businesses/${id}/deactivate`)],
    ["PUT /businesses/:id/activate", (api) => api.put(`/businesses/${id}/activate`)],
    ["GET /businesses/:id/users", (api) => api.get(`/businesses/${id}/users`)],
    ["POST /businesses/:id/activation-codes", (api) => api.post(`/businesses/${id}/activation-codes`, {})],
  ];

  it("is 401 to nobody, and 403 to a business's admin and user, audited in their business", async () => {
    const nobody = createApi(stage.url, null);
    const other = await stage.open({ connected: false });
    const user = createApi(stage.url, stage.token(other, "business_user"));
    for (const [route, ask] of everyEndpoint(other.id)) {
      expect(problemOf(await ask(nobody)), route).toMatchObject({ status: 401, code: "unauthenticated" });
      for (const [api, actor] of [
        [other.api, "user:1"],
        [user, "user:2"],
      ] as const) {
        expect(problemOf(await ask(api)), route).toMatchObject({ status: 403, code: "forbidden" });
        expect((await other.audit()).findLast(({ action }) => action === "access-refused")).toMatchObject({
          actor,
          action: "access-refused",
          subject: route,
        });
      }
    }
  });

  it("is 404 for a business that is not there or no id, audited among the provider's own", async () => {
    for (const [route, ask] of everyEndpoint(randomUUID()).filter(([name]) => name.includes(":id"))) {
      expect(problemOf(await ask(provider.api)), route).toMatchObject({ status: 404, code: "not-found" });
      expect((await provider.audit()).findLast(({ action }) => action === "access-refused")).toMatchObject({
        actor: `super-admin:${provider.number}`,
        action: "access-refused",
        subject: route,
        result: "refused",
      });
    }
    for (const [route, ask] of everyEndpoint("x").filter(([name]) => name.includes(":id")))
      expect(problemOf(await ask(provider.api)), route).toMatchObject({ status: 404 });
  });

  it("is closed to a super admin who was deactivated", async () => {
    const former = await addSuperAdmin(stage);
    expect((await former.api.get("/businesses")).status).toBe(200);
    await stage.database.owner`update users set status = 'inactive' where id = ${former.id}`;
    expect((await former.api.get("/businesses")).status).toBe(401);
  });
});
