import type { InvoiceView } from "@fiscalise/shared/api/invoices.ts";
import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { oldRequest } from "../../sandbox/src/predecessor/old-request.ts";
import { oldInvoice } from "../../sandbox/src/predecessor/shop.ts";
import { type Device, startDevice } from "../../sandbox/src/vsdc/device.ts";
import { undoImports } from "../src/db/undo-imports.ts";
import { readPdf, textOf } from "../src/pdf/testing/read-pdf.ts";
import { type Api, createApi, problemOf } from "./api.ts";
import { putNote, refund } from "./credit-notes.ts";
import { invoice, today } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import {
  addActivity,
  migrateInto,
  OLD_HASH,
  OLD_PASSWORD,
  OLD_TINS,
  type Predecessor,
  sellThere,
  startPredecessor,
} from "./predecessor-stage.ts";
import { reconcilingOf } from "./reconciliation-steps.ts";
import { connectBooks } from "./zoho-consent.ts";

const [TIN] = OLD_TINS;
/** An organisation of the stage's Zoho that no other business there is bound to, and its admin. */
const [ORGANIZATION, ZOHO_ADMIN] = ["20071000050", "7050"];
const NUMBER = 5_000;
const SOLD = { documentId: "4815000000040000001", total: 11_800 };
const LOST = "4815000000040000002";

let stage: Stage;
let old: Predecessor;
let device: Device;
let shop: Business;

/** Signs in with what the predecessor knew of her, and does the set-up. */
beforeAll(async () => {
  stage = await startStage({ env: { PREDECESSOR_PASSWORDS: "true" } });
  device = await startDevice({ tin: TIN, bhfId: "00", serial: "old-serial", requiresRegisteredItems: false });
  const first = { organizationId: ORGANIZATION, deviceUrl: device.url };
  old = await startPredecessor({ postgresPort: inject("postgresPort"), count: 30, first });
  await sellThere(old, device, { ...SOLD, number: NUMBER });
  await addActivity(old, {
    ...{ tin: TIN, status: "timeout", document: oldInvoice(LOST, 590), answer: null, at: new Date() },
    request: oldRequest({
      tin: TIN,
      bhfId: "00",
      invoiceNumber: 90_000_000,
      total: 590,
      at: "20241125120000",
    }),
  });
  await migrateInto(stage.database, old);
  shop = await moveIn();
});
afterAll(async () => {
  await stage.close();
  await device.close();
  await old.drop();
});

const signIn = (email: string, password = OLD_PASSWORD) =>
  createApi(stage.url, null).post("/auth/login", { email, password });

async function apiOf(email: string): Promise<{ api: Api; userId: string; businessId: string }> {
  const answer = await signIn(email);
  const { accessToken, user } = answer.body as {
    accessToken: string;
    user: { id: string; business: { id: string } };
  };
  return { api: createApi(stage.url, accessToken), userId: user.id, businessId: user.business.id };
}

async function moveIn(): Promise<Business> {
  const { api, userId, businessId } = await apiOf("aline@old.example");
  const documents = stage.zoho.forOrganization(ORGANIZATION).invoices;
  const view = async (id: string) => (await api.get(`/submissions/${id}`)).body as SubmissionView;
  const moved = {
    ...{
      id: businessId,
      adminId: userId,
      userId,
      branchId: "",
      tin: TIN,
      organizationId: ORGANIZATION,
      device,
      api,
    },
    ...{ zohoUserId: ZOHO_ADMIN, zohoMemberId: "", submission: view, putText: documents.put },
    put: (spec = {}) => {
      const made = invoice(spec);
      documents.put(made.text);
      return made.id;
    },
    reaches: async (id: string, ...states: SubmissionView["state"][]) => {
      for (;;) {
        const found = await view(id);
        if (states.includes(found.state)) return found;
      }
    },
  } as unknown as Business;
  const config = (await api.get("/businesses/me/vsdc-config")).body;
  expect(config).toMatchObject({ baseUrl: device.url, branchId: "00", serial: null, initialisedOn: null });
  const wanted = { baseUrl: device.url, branchId: "00", serial: "old-serial", profile: "vsdc-1.0.5" };
  const chosen = await api.post("/businesses/me/setup/step2", wanted);
  expect(chosen.body).toMatchObject({ finding: { code: "reached" }, vsdc: { serial: "old-serial" } });
  await connectBooks(stage, moved);
  documents.put(JSON.stringify(JSON.parse(oldInvoice(SOLD.documentId, SOLD.total)).invoice));
  documents.put(JSON.stringify(JSON.parse(oldInvoice(LOST, 590)).invoice));
  return moved;
}

const viewOf = async (zohoId: string) => (await shop.api.get(`/invoices/${zohoId}`)).body as InvoiceView;

describe("an imported receipt", () => {
  it("is the invoice's receipt: shown, listed, printed, and never signed again", async () => {
    const { submission, changes, draft } = await viewOf(SOLD.documentId);
    expect(submission).toMatchObject({
      ...{ state: "fiscalised", invoiceNumber: String(NUMBER), attempts: 0, actions: ["openPdf", "copy"] },
      receipt: { counter: "1/1 NS", source: "imported", total: "11800", tax: "1800" },
    });
    expect({ changes, total: draft?.total }).toEqual({ changes: [], total: "11800" });
    const again = await shop.api.post(`/invoices/${SOLD.documentId}/fiscalise`, {});
    expect(again.body).toMatchObject({ id: submission?.id, state: "fiscalised" });
    expect(device.ledger()).toHaveLength(1);
    const pdf = await shop.api.bytes(`/receipts/${submission?.receipt?.id}/pdf`);
    expect(textOf(readPdf(pdf.bytes)[0])).toContain("11,800.00");
  });

  it("can be copied", async () => {
    const { submission } = await viewOf(SOLD.documentId);
    const copy = await shop.api.post(`/receipts/${submission?.receipt?.id}/copies`, {});
    expect(copy.body).toMatchObject({ copyNumber: 1 });
  });

  it("is followed by a number above every one ever used", async () => {
    const config = (await shop.api.get("/businesses/me/vsdc-config")).body as { lastInvoiceNumber: string };
    const highest = Math.max(old.made.highest.get(TIN) ?? 0, 90_000_000);
    expect(config.lastInvoiceNumber).toBe(String(highest));
    await stage.database.owner`
      update businesses set settings = settings || '{"defaultItemClasses": {"goods": "5059690800"}}' where tin = ${TIN}`;
    const answer = await shop.api.post(`/invoices/${shop.put()}/fiscalise`, {});
    expect(answer.body).toMatchObject({ invoiceNumber: String(highest + 1) });
    await shop.reaches((answer.body as SubmissionView).id, "fiscalised");
  });

  it("agrees with its invoice when both are compared, and so does one that may never have been signed", async () => {
    const { run, differences } = reconcilingOf(shop);
    expect(await run({ from: "2024-11-20", to: "2024-11-30" })).toMatchObject({ state: "completed" });
    const found = await differences("state=open&limit=100");
    const ofThese = found.filter(({ document }) => [SOLD.documentId, LOST].includes(document?.zohoId ?? ""));
    expect(ofThese.map(({ kind }) => kind).filter((kind) => kind !== "unresolved")).toEqual([]);
  });

  it("can be refunded, by its own number", async () => {
    const note = putNote(stage, shop, { invoices: [SOLD.documentId], total: String(SOLD.total) });
    const given = await refund(shop, note);
    expect(given).toMatchObject({ state: "fiscalised", receipt: { source: "device" } });
    expect(JSON.parse(device.ledger().at(-1)?.requestText ?? "")).toMatchObject({
      orgInvcNo: NUMBER,
      rcptTyCd: "R",
    });
    expect((await viewOf(SOLD.documentId)).refund).toMatchObject({ state: "fiscalised" });
  });

  it("is followed by a day report above the predecessor's", async () => {
    const closed = await shop.api.post("/businesses/me/reports/z", { day: today() });
    expect([closed.status, (closed.body as { number: number }).number]).toEqual([201, 43]);
  });

  it("is not taken back once there is a receipt of our own", async () => {
    expect(await undoImports(stage.database.urls.owner)).toBeNull();
  });
});

describe("a sale whose outcome the predecessor never knew", () => {
  it("waits for a person, and only an admin may say that it was never signed", async () => {
    const { submission } = await viewOf(LOST);
    expect(submission).toMatchObject({
      ...{ state: "receipt-missing", needsAttention: true, actions: ["adopt", "declareUnsigned"] },
    });
    const path = `/submissions/${submission?.id}/declare-unsigned`;
    const { api } = await apiOf("eric@old.example");
    expect((await api.post(path, { confirmed: true })).status).toBe(403);
    expect((await shop.api.post(path, { confirmed: false })).status).toBe(400);
    const declared = await shop.api.post(path, { confirmed: true });
    expect(declared.body).toMatchObject({ state: "withdrawn", actions: ["fiscaliseAgain"] });
    expect(problemOf(await shop.api.post(path, { confirmed: true })).code).toBe("action-not-allowed");
    const events = await stage.database.owner`
      select detail from audit_events where action = 'submission-declared-unsigned'`;
    expect([...events]).toEqual([{ detail: { invoiceNumber: "90000000" } }]);
    const again = await shop.api.post(`/invoices/${LOST}/fiscalise`, {});
    expect((again.body as SubmissionView).id).not.toBe(submission?.id);
  });

  it("is not a way out for a sale of our own", async () => {
    const own = await stage.open();
    own.device.behave({ kind: "lose-answer", times: 1 });
    const { id, actions } = await own.fiscalise(own.put(), {}, ["receipt-missing"]);
    expect(actions).toEqual(["adopt"]);
    const declared = await own.api.post(`/submissions/${id}/declare-unsigned`, { confirmed: true });
    expect(problemOf(declared).code).toBe("action-not-allowed");
    const forced = stage.database.owner`update submissions set state = 'withdrawn' where id = ${id}`;
    await expect(forced).rejects.toThrow("cannot go from receipt-missing to withdrawn");
  });
});

describe("a password of the predecessor", () => {
  const hashOf = async (email: string) => {
    const [user] = await stage.database.owner`select password_hash as hash from users where email = ${email}`;
    return String(user?.hash);
  };

  it("signs in, and is our own kind from then on", async () => {
    expect(await hashOf("olivier@old.example")).toMatch(/^\$2b\$/);
    expect((await signIn("olivier@old.example", "Inzira ndende 2025")).status).toBe(401);
    expect(await hashOf("olivier@old.example")).toMatch(/^\$2b\$/);
    expect((await signIn("olivier@old.example")).status).toBe(200);
    expect(await hashOf("olivier@old.example")).toMatch(/^\$argon2id\$/);
    expect((await signIn("olivier@old.example")).status).toBe(200);
  });

  it("is worth nothing where it is not accepted, or the user was inactive", async () => {
    expect((await signIn("gone@old.example")).status).toBe(401);
    await stage.database.owner`update users set password_hash = ${OLD_HASH} where email = 'eric@old.example'`;
    const { url } = await stage.addServer({ PREDECESSOR_PASSWORDS: "false" });
    const refused = await createApi(() => url, null).post("/auth/login", {
      email: "eric@old.example",
      password: OLD_PASSWORD,
    });
    expect([refused.status, await hashOf("eric@old.example")]).toEqual([401, OLD_HASH]);
  });
});
