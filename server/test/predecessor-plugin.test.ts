import got from "got";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { createApi, problemOf, type Reply } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import {
  migrateInto,
  OLD_PASSWORD,
  OLD_TINS,
  type Predecessor,
  startPredecessor,
} from "./predecessor-stage.ts";

const OLD_HOST = "ebm.old.example";
let stage: Stage;
let old: Predecessor;
let shop: Business;
beforeAll(async () => {
  [stage, old] = [
    await startStage({
      answerWithinMs: 500,
      env: { PREDECESSOR_PASSWORDS: "true", PREDECESSOR_HOST: OLD_HOST },
    }),
    await startPredecessor({ postgresPort: inject("postgresPort"), count: 20 }),
  ];
  await migrateInto(stage.database, old);
  shop = await stage.open();
});
afterAll(async () => {
  await stage.close();
  await old.drop();
});

const switchAll = (isOn: boolean) => stage.database.owner`
  update businesses set predecessor_api_since = ${isOn ? new Date() : null}`;
const as = (token: string | null) => createApi(stage.url, token);
const signIn = (username: string, password: string) =>
  as(null).post("/predecessor/auth/login", { username, password });
const callsOf = async (tin: string) => {
  const rows = await stage.database.owner`
    select operation, calls from predecessor_calls join businesses b on b.id = business_id where b.tin = ${tin}`;
  return Object.fromEntries(rows.map(({ operation, calls }) => [operation, calls]));
};
const aline = async () => {
  const { body } = await signIn("aline", OLD_PASSWORD);
  return as((body as { access_token: string }).access_token);
};
const get = (path: string) => shop.api.get(`/predecessor${path}`);
const post = (path: string, body: object) => shop.api.post(`/predecessor${path}`, body);

describe("the predecessor's sign-in", () => {
  it("knows nobody while it is switched off, and says the same of a wrong password and a name of nobody", async () => {
    const off = await signIn("aline", OLD_PASSWORD);
    await switchAll(true);
    const answers = [off, await signIn("aline", "wrong"), await signIn("stranger", OLD_PASSWORD)];
    // A name that is an e-mail address here is no name there.
    answers.push(await signIn("aline@old.example", OLD_PASSWORD));
    for (const answer of answers)
      expect(problemOf(answer)).toMatchObject({ status: 401, code: "credentials-wrong" });
    // Where the predecessor's plugin looks for the words.
    expect(answers.map(({ body }) => (body as { detail: string }).detail)).toEqual(
      Array(4).fill(expect.stringMatching(/\w+/)),
    );
    expect(await callsOf(OLD_TINS[0])).toEqual({});
  });

  it("takes the old name and password, and answers in the old form with the ids of then", async () => {
    await switchAll(true);
    const answer = await signIn("aline", OLD_PASSWORD);
    const [row] = await old.sql`select id, business_id from users where username = 'aline'`;
    const user = {
      ...{ id: row?.id, username: "aline", email: "aline@old.example", role: "business_admin" },
      ...{ is_active: true, business_id: row?.business_id },
    };
    expect(answer.body).toEqual({ access_token: expect.any(String), token_type: "bearer", user });
    expect(answer.headers.get("deprecation")).toMatch(/^@\d+$/);
    expect(answer.headers.get("sunset")).toBe("Thu, 31 Dec 2099 22:00:00 GMT");
    expect(answer.headers.get("link")).toContain('rel="successor-version"');
    const api = await aline();
    expect((await api.get("/predecessor/auth/me")).body).toEqual(user);
    expect((await api.get("/predecessor/auth/verify")).body).toEqual({ valid: true, user });
    expect(await callsOf(OLD_TINS[0])).toEqual({ "sign-in": 2, me: 1, verify: 1 });
    // Renamed here, she goes on signing in there by the name it is told.
    await api.patch("/auth/me", { name: "Aline Uwase" });
    expect((await api.get("/predecessor/auth/me")).body).toEqual(user);
  });
});

describe("an old address", () => {
  it("answers nothing where it is switched off, and counts nothing", async () => {
    await switchAll(false);
    const answers = [
      await get("/auth/me"),
      await get(`/businesses/zoho/lookup/${shop.organizationId}`),
      await post("/reports/z-report", { business_tin: shop.tin }),
      await get("/webhook-activities"),
    ];
    for (const answer of answers) expect(problemOf(answer)).toMatchObject({ status: 404, code: "not-found" });
    expect(await callsOf(shop.tin)).toEqual({});
    await switchAll(true);
  });

  it("of organisations knows the caller's own and connects none", async () => {
    const own = { tin_number: shop.tin, zoho_organization_id: shop.organizationId, default_currency: "RWF" };
    expect((await get(`/businesses/zoho/lookup/${shop.organizationId}`)).body).toMatchObject(own);
    const link = (zoho_organization_id: string) => post("/businesses/zoho/link", { zoho_organization_id });
    expect((await link(shop.organizationId)).body).toMatchObject(own);
    expect((await link("20070000001")).status).toBe(404);
    expect(await callsOf(shop.tin)).toEqual({ "organization-lookup": 1, "organization-link": 2 });
    const unconnected = await (await aline()).post("/predecessor/businesses/zoho/link", {
      zoho_organization_id: shop.organizationId,
    });
    expect(problemOf(unconnected)).toMatchObject({ status: 409, code: "zoho-not-connected" });
  });
});

describe("reports in the old form", () => {
  it("say what ours say, and close the day once; another's TIN is nobody's", async () => {
    await shop.fiscalise(shop.put(), {}, ["fiscalised"]);
    const ours = (await shop.api.get("/businesses/me/reports/x")).body as {
      figures: { total: { net: { gross: string; tax: string } } };
    };
    const { gross, tax } = ours.figures.total.net;
    const own = { business_tin: shop.tin };
    const x = (await post("/reports/x-report", own)).body as Record<string, string>;
    expect(x).toMatchObject({ report_type: "X", total_sales: gross, total_tax: tax, transaction_count: 1 });
    const { cash_amount, card_amount, mobile_amount, other_amount } = x;
    expect([cash_amount, card_amount, mobile_amount, other_amount].toSorted()).toEqual([
      "0",
      "0",
      "0",
      gross,
    ]);

    expect((await post("/reports/z-report", { business_tin: OLD_TINS[0] })).status).toBe(404);
    const z = await post("/reports/z-report", own);
    expect([z.status, z.body]).toMatchObject([
      201,
      { report_type: "Z", report_number: 1, total_sales: gross },
    ]);
    expect(problemOf(await post("/reports/z-report", own))).toMatchObject({
      status: 409,
      code: "day-closed",
    });
    expect((await get(`/reports/history/${shop.tin}`)).body).toEqual([z.body]);
  });

  it("of the days the predecessor closed are as it made them", async () => {
    const api = await aline();
    const { id } = (await old.sql`select id from businesses where tin_number = ${OLD_TINS[0]}`)[0] ?? {};
    const history = await api.get(`/predecessor/reports/history/${OLD_TINS[0]}`);
    expect(history.body).toMatchObject([
      {
        business_id: id,
        report_number: 42,
        report_date: "2024-11-02",
        total_sales: "1234.50",
        is_finalized: true,
      },
      {
        business_id: id,
        report_number: 41,
        report_date: "2024-11-01",
        total_sales: "1234.50",
        is_finalized: true,
      },
    ]);
  });
});

describe("activities in the old form", () => {
  it("are the submissions; only what was never signed is called failed", async () => {
    const mine = await stage.open();
    await switchAll(true);
    const api = (path: string) => mine.api.get(`/predecessor/webhook-activities${path}`);
    const sold = await mine.fiscalise(mine.put());
    mine.device.behave({ kind: "result", code: "910", signed: false, times: 1 });
    const refused = await mine.fiscalise(mine.put());
    mine.device.behave({ kind: "result", code: "999", signed: true, times: 1 });
    const unknown = await mine.fiscalise(mine.put(), {}, ["receipt-missing"]);
    // Signed after all: the device refused it, and an earlier sending came through.
    const late = await mine.fiscalise(mine.put(), {}, ["fiscalised"]);
    await stage.database.owner.begin(async (sql) => {
      await sql`alter table submissions disable trigger user`;
      await sql`update submissions set state = 'rejected', problem = 'signature-unexpected' where id = ${late.id}`;
      await sql`alter table submissions enable trigger user`;
    });
    const row = (reply: Reply) =>
      (reply.body as { id: string; status: string }[]).map(({ id, status }) => [id, status]);
    expect(row(await api(""))).toEqual([
      [late.id, "timeout"],
      [unknown.id, "timeout"],
      [refused.id, "failed"],
      [sold.id, "success"],
    ]);
    expect((await api("?limit=1")).body).toHaveLength(1);
    expect(row(await api("/failures"))).toEqual([[refused.id, "failed"]]);
    const by_status = { pending: 0, success: 1, failed: 1, timeout: 2, retry: 0 };
    expect((await api("/stats")).body).toEqual({ total: 4, by_status });
    // What a device refuses after a restore may have been signed in the time that is lost.
    await stage.database.owner`
      update branches set restored_at = now(), restored_to = now(), restored_number = 9 where business_id = ${mine.id}`;
    expect(row(await api("/failures"))).toEqual([]);
  });
});

describe("the predecessor's host", () => {
  it("is no name of ours", () => {
    const { hostname } = new URL(stage.env.PUBLIC_URL ?? "");
    expect(() => readConfig({ ...stage.env, PREDECESSOR_HOST: hostname })).toThrow(
      /^configuration: PREDECESSOR_HOST/,
    );
  });

  it("has its addresses as they were, and none of ours", async () => {
    const { body } = await signIn("aline", OLD_PASSWORD);
    const { access_token } = body as { access_token: string };
    const headers = { host: OLD_HOST, authorization: `Bearer ${access_token}` };
    const there = async (path: string) => {
      const answer = await got(`${stage.url()}${path}`, {
        headers,
        throwHttpErrors: false,
        retry: { limit: 0 },
      });
      return { status: answer.statusCode, text: answer.body };
    };
    expect(JSON.parse((await there("/api/v1/auth/me")).text)).toMatchObject({ username: "aline" });
    expect((await there("/health")).status).toBe(200);
    const ours = ["/api/v1/businesses/me", "/API/v1/businesses/me", "/healthz", "/docs", "/openapi.json"];
    for (const path of ours) expect((await there(path)).status, path).toBe(404);
    expect((await there("/download-pdf/invoice_1_20241125_120000.pdf")).status).toBe(410);
  });
});
