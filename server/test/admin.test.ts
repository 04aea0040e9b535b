import { ProvisionedSchema } from "@fiscalise/shared/api/businesses.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSuperAdmin } from "../src/admin/create-super-admin.ts";
import { createApi } from "./api.ts";
import { PASSWORD, runCommand, runProgram } from "./command-line.ts";
import { type Stage, startStage } from "./harness.ts";

const PROVIDER = "divine@provider.example";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  await createSuperAdmin(stage.database.urls.owner, {
    email: PROVIDER,
    name: "Divine Mukamana",
    password: PASSWORD,
  });
});
afterAll(() => stage.close());

const admin = (...words: string[]) => runCommand(stage.database, words);
const asProvider = (...words: string[]) => admin(...words, "--as", PROVIDER);
const adminProcess = (words: string[], given: { stdin?: string; env?: Record<string, string> }) =>
  runProgram("admin-main", words, given);

let made = 0;
async function create() {
  made += 1;
  const said = await asProvider(
    ...["businesses", "create", "--json", "--name", `Depot ${made}`, "--tin", String(777_000_000 + made)],
    ...["--email", "office@depot.example", "--phone", "+250 788 300 100", "--address", "Huye"],
    ...["--language", "rw", "--admin-name", "Eric Habimana", "--admin-email", "eric@depot.example"],
  );
  expect(said).toMatchObject({ exitCode: 0, complaints: "" });
  return ProvisionedSchema.parse(JSON.parse(said.out));
}

const eventsOf = (businessId: string | null) => stage.database.owner`
  select actor, action, subject, request_id, hash from audit_events
  where business_id is not distinct from ${businessId} order by id`;

describe("create-super-admin", () => {
  const words = ["create-super-admin", "--email", "Jean@Provider.example", "--name", "Jean", "--json"];
  const owner = () => ({ OWNER_DATABASE_URL: stage.database.urls.owner });

  it("takes the password from standard input, and the person can sign in", async () => {
    const said = await adminProcess(words, { stdin: `${PASSWORD}\n`, env: owner() });
    expect(said).toMatchObject({ exitCode: 0, complaints: "" });
    const created = JSON.parse(said.out);
    expect(created).toMatchObject({ number: 2, email: "jean@provider.example" });
    const login = { email: "jean@provider.example", password: PASSWORD };
    const answer = await createApi(stage.url, null).post("/auth/login", login);
    expect(answer).toMatchObject({ status: 200, body: { user: { role: "super_admin", business: null } } });
    const events = await eventsOf(null);
    expect(events.find(({ subject }) => subject === `user:${created.id}`)).toMatchObject({
      actor: "system",
      action: "super-admin-created",
      hash: expect.anything(),
    });
  });

  it("refuses a weak password, a taken address and a missing setting, each with its code", async () => {
    const weak = await adminProcess(words, { stdin: "password123\n", env: owner() });
    expect(weak).toMatchObject({ exitCode: 1, out: "" });
    expect(JSON.parse(weak.complaints).error.code).toBe("password-weak");
    const taken = await admin("create-super-admin", "--email", PROVIDER, "--name", "Other", "--json");
    expect(taken).toMatchObject({ exitCode: 1, out: "" });
    expect(JSON.parse(taken.complaints).error.code).toBe("email-taken");
    const unset = await adminProcess(words, { stdin: PASSWORD });
    expect(unset).toMatchObject({ exitCode: 1, out: "" });
    expect(unset.complaints).toContain("OWNER_DATABASE_URL");
  });

  it("is refused to the login of the servers", async () => {
    const entry = { email: "intruder@provider.example", name: "Intruder", password: PASSWORD };
    const attempt = createSuperAdmin(stage.database.urls.app, entry);
    await expect(attempt).rejects.toMatchObject({
      cause: {
        message: 'new row violates row-level security policy "makes_no_super_admin" for table "users"',
      },
    });
  });

  it("has no option for the password", async () => {
    const said = await admin(...words, "--password", PASSWORD);
    expect(said).toMatchObject({ exitCode: 2, out: "" });
    expect(said.complaints).toContain("unknown option '--password'");
  });
});

describe("businesses", () => {
  it("are created with their admin, and the code lets this admin in", async () => {
    const { business, admin: first, activation } = await create();
    expect(business).toMatchObject({ name: `Depot ${made}`, language: "rw", status: "active" });
    expect(first).toMatchObject({ email: "eric@depot.example", role: "business_admin", status: "invited" });
    const accepted = await createApi(stage.url, null).post("/auth/accept", {
      code: activation.code,
      password: PASSWORD,
    });
    expect(accepted.status).toBe(200);
  });

  it("are found by id and by TIN, listed, changed, stopped and started, audited as who was named", async () => {
    const { business } = await create();
    const { business: other } = await create();
    // A business names itself, and may name itself before all others.
    await stage.database.owner`update businesses set name = ${`A ${business.tin}`} where id = ${other.id}`;
    const shown = await asProvider("businesses", "show", business.tin, "--json");
    expect(JSON.parse(shown.out)).toEqual(business);
    const listed = await asProvider("businesses", "list", "--search", ` ${business.tin} `, "--json");
    expect(JSON.parse(listed.out)).toMatchObject({
      total: 2,
      items: [{ id: business.id }, { id: other.id }],
    });
    const updated = await asProvider(
      "businesses",
      "update",
      business.id,
      "--phone",
      "0788 300 200",
      "--json",
    );
    expect(JSON.parse(updated.out)).toMatchObject({ name: business.name, phone: "0788 300 200" });
    const switched = await asProvider("businesses", "update", business.id, "--predecessor-api", "on");
    expect(switched.out).toMatch(/^predecessorApi +20\d\d-/m);
    const stopped = await asProvider("businesses", "deactivate", business.id, "--json");
    expect(JSON.parse(stopped.out)).toMatchObject({ status: "inactive" });
    const started = await asProvider("businesses", "activate", business.id);
    expect(started.out).toMatch(/^status +active$/m);
    const code = await asProvider("businesses", "activation-code", business.id, "--json");
    expect(JSON.parse(code.out)).toHaveProperty("code");
    const events = await eventsOf(business.id);
    expect(events.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      "super-admin:1 business-provisioned",
      "super-admin:1 business-changed",
      "super-admin:1 predecessor-api-on",
      "super-admin:1 business-deactivated",
      "super-admin:1 business-activated",
      "super-admin:1 activation-code-issued",
    ]);
  });

  it("show their people, with the id a code for somebody else than the first admin is asked for by", async () => {
    const shop = await stage.open({ connected: false });
    const { business, admin: first, activation } = await create();
    await createApi(stage.url, null).post("/auth/accept", { code: activation.code, password: PASSWORD });
    const [second] = await stage.database.owner`
      insert into users (business_id, number, name, email, role, created_at)
      values (${business.id}, 2, 'Aline \u001b[2J', 'aline@depot.example', 'business_user', '2026-11-02') returning id`;
    const listed = await asProvider("businesses", "people", business.tin, "--json");
    const { items } = JSON.parse(listed.out);
    const now = expect.stringMatching(/^20\d\d-.*Z$/);
    expect(items).toEqual([
      { ...first, status: "active", lastSignInAt: now },
      {
        ...{ id: second?.id, number: 2, name: "Aline \u001b[2J", email: "aline@depot.example" },
        ...{ role: "business_user", status: "invited", createdAt: "2026-11-02T00:00:00.000Z" },
        lastSignInAt: null,
      },
    ]);
    const table = await asProvider("businesses", "people", business.id);
    expect(table).toMatchObject({ exitCode: 0, complaints: "" });
    expect(table.out).toMatch(/^id +role +status +lastSignInAt +email +name$/m);
    expect(table.out).toMatch(
      new RegExp(`^${second?.id}  business_user +invited +- +aline@depot.example +Aline \\?\\[2J$`, "m"),
    );
    expect(table.out).not.toContain(shop.adminId);
    const code = await asProvider(
      "businesses",
      "activation-code",
      business.tin,
      "--user",
      items[1].id,
      "--json",
    );
    const accepted = await createApi(stage.url, null).post("/auth/accept", {
      ...{ code: JSON.parse(code.out).code, password: PASSWORD },
    });
    expect(accepted).toMatchObject({ status: 200, body: { user: { email: "aline@depot.example" } } });
    const again = await asProvider("businesses", "people", business.tin, "--json");
    expect(JSON.parse(again.out).items[1]).toMatchObject({ status: "active", lastSignInAt: now });
    for (const absent of ["777999999", "7c1f4a52-6d2b-4d0e-9c58-5a0b7a3f1d09"]) {
      const said = await asProvider("businesses", "people", absent, "--json");
      expect(said).toMatchObject({ exitCode: 1, out: "" });
      expect(JSON.parse(said.complaints).error.code).toBe("not-found");
    }
  });

  it("are changed in what is given, though the predecessor did not know all that a new one has to say", async () => {
    const { business } = await create();
    await stage.database.owner`update businesses set phone = null, address = null where id = ${business.id}`;
    const renamed = await asProvider("businesses", "update", business.id, "--name", "Depot Ltd", "--json");
    expect(JSON.parse(renamed.out)).toMatchObject({ name: "Depot Ltd", tin: business.tin, phone: null });
    const refused = await asProvider("businesses", "update", business.id, "--phone", "", "--json");
    expect(refused).toMatchObject({ exitCode: 2, out: "" });
    expect(JSON.parse(refused.complaints).error.fields).toMatchObject([{ path: "phone" }]);
  });

  it("are a table for people, without what would move their cursor", async () => {
    const { business } = await create();
    await stage.database
      .owner`update businesses set name = ${"Bad \u001b[2J\u202e"} where id = ${business.id}`;
    const { out, exitCode } = await asProvider("businesses", "list", "--search", business.tin);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^id +tin +status +name +email$/m);
    expect(out).toContain("Bad ?[2J?");
  });
});

describe("what goes wrong", () => {
  it("exits 1 for what is not there or not allowed", async () => {
    const absent = await asProvider("businesses", "show", "777999999", "--json");
    expect(absent).toMatchObject({ exitCode: 1, out: "" });
    expect(JSON.parse(absent.complaints).error.code).toBe("not-found");
    const shop = await stage.open({ connected: false });
    const [user] = await stage.database.owner`select email from users where id = ${shop.adminId}`;
    for (const email of [String(user?.email), "nobody@provider.example"]) {
      const said = await admin("businesses", "show", shop.id, "--as", email, "--json");
      expect(said).toMatchObject({ exitCode: 1, out: "" });
      expect(JSON.parse(said.complaints).error.code).toBe("forbidden");
    }
  });

  it.each([
    { words: ["businesses", "list"], says: "--as" },
    { words: ["businesses", "remove"], says: "unknown command" },
    { words: ["businesses", "show", "--as", PROVIDER], says: "missing required argument" },
    { words: ["businesses", "list", "--as", PROVIDER, "--status", "gone"], says: "status" },
    { words: ["businesses", "list", "--as", PROVIDER, "--page", "0"], says: "page" },
    {
      words: ["businesses", "update", "777000001", "--as", PROVIDER, "--predecessor-api", "yes"],
      says: "predecessorApi",
    },
    { words: ["businesses", "people", "--as", PROVIDER], says: "missing required argument" },
    { words: ["end-super-admin"], says: "missing required argument" },
    { words: ["reset-super-admin", "nobody"], says: "email" },
    { words: ["reset-super-admin", PROVIDER, "--password", PASSWORD], says: "'--password'" },
    { words: ["audit"], says: "audit verify" },
    { words: ["audit", "verify", "--bogus"], says: "'--bogus'" },
    { words: ["keys", "destroy"], says: "keys rotate" },
  ])("exits 2 for $words, naming what is wrong", async ({ words, says }) => {
    const said = await admin(...words);
    expect(said).toMatchObject({ exitCode: 2, out: "" });
    expect(said.complaints).toContain(says);
    const asJson = await admin(...words, "--json");
    expect(asJson).toMatchObject({ exitCode: 2, out: "" });
    expect(JSON.parse(asJson.complaints).error.code).toBe("input-invalid");
    expect(asJson.complaints).toContain(says);
  });

  it("prints help with exit code 0", async () => {
    const said = await admin("businesses", "--help");
    expect(said).toMatchObject({ exitCode: 0, complaints: "" });
    expect(said.out).toContain("deactivate");
  });

  it("hands audit and keys their own words", async () => {
    const said = await admin("--help");
    expect(said.out).toContain("audit verify");
    expect(said.out).toContain("keys rotate");
    for (const first of ["audit", "keys"])
      expect(await admin(first, "--help")).toMatchObject({ exitCode: 0, complaints: "" });
  });

  it("reads the audit's chains with the settings of the process", async () => {
    const settings = {
      OWNER_DATABASE_URL: stage.database.urls.owner,
      AUDIT_KEYS: stage.env.AUDIT_KEYS ?? "",
    };
    const said = await adminProcess(["audit", "verify"], { env: settings });
    expect(said).toMatchObject({ exitCode: 0, complaints: "" });
    expect(said.out).toMatch(/^Intact: /);
  });
});

describe("what is watched", () => {
  it("of one business says its health, and exits 1 while something waits for a person", async () => {
    const { business } = await create();
    const said = await asProvider("businesses", "health", business.tin);
    expect(said).toMatchObject({ exitCode: 1, complaints: "" });
    expect(said.out).toMatch(/device +not-set-up/);
    expect(said.out).toMatch(/attention +.*device-not-set-up 1/);
    const shop = await stage.open();
    const well = await asProvider("businesses", "health", shop.id, "--json");
    expect(well.exitCode, well.out).toBe(0);
    expect(JSON.parse(well.out)).toMatchObject({ businessId: shop.id, isWell: true });
  });

  it("of all says what they used in a month", async () => {
    const { business } = await create();
    const said = await asProvider("businesses", "usage", "--month", "2026-11");
    expect(said).toMatchObject({ exitCode: 0, complaints: "" });
    expect(said.out).toMatch(new RegExp(`${business.tin} +${business.name} +0`));
    expect(await asProvider("businesses", "usage", "--month", "11/2026")).toMatchObject({ exitCode: 2 });
  });
});
