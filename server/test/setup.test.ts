import type { SetupStatus } from "@fiscalise/shared/api/setup.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ITEM_CLASSES } from "../../sandbox/src/vsdc/item-classes.ts";
import { createApi, problemOf } from "./api.ts";
import { branchesOf, CLASSES, deviceOf, INITIALISE, runCodeSyncNow, STEP, stepTwo } from "./device-steps.ts";
import { freePort } from "./free-port.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { startServerChild } from "./server-child.ts";
import { startDeviceOfAnswers } from "./stub-device.ts";
import { until } from "./until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const COMPANY = {
  name: "Ubumwe Traders Ltd",
  email: "office@ubumwe.example",
  phone: "+250 788 100 200",
  address: "KN 2 St\nKigali",
  language: "rw",
};
const FIELDS = { buyerTin: "cf_customer_tin", purchaseCode: "cf_purchase_code", contactTin: null };

const statusOf = async (business: Business) =>
  (await business.api.get("/businesses/me/setup/status")).body as SetupStatus;
const tableSizes = async (business: Business) => {
  const [row] = await stage.database.owner`
    select (select count(*)::int from device_codes where business_id = ${business.id}) as codes,
      (select count(*)::int from item_classes where business_id = ${business.id}) as classes`;
  return row as { codes: number; classes: number };
};
const actions = async (business: Business) => (await business.audit()).map(({ action }) => action);

describe("the set-up", () => {
  it("leads in three steps from provisioned to a receipt, each of which may be taken again", async () => {
    const shop = await stage.open({ setUp: false, device: { lastSaleInvoiceNumber: 41 } });
    expect(await statusOf(shop)).toEqual({
      company: { done: false },
      device: { done: false },
      zoho: { done: false },
      ready: false,
    });
    for (const _ of ["once", "again"]) {
      const one = await shop.api.post(STEP(1), COMPANY);
      expect(one.body).toMatchObject({ company: { done: true } });
      const two = await stepTwo(shop);
      expect(two.status).toBe(200);
      expect(two.body).toMatchObject({
        finding: { code: "reached", good: true },
        vsdc: { vatRegistered: true, lastInvoiceNumber: "41", codesSyncedAt: expect.any(String) },
        status: { device: { done: true } },
      });
    }
    expect(await tableSizes(shop)).toMatchObject({ codes: expect.any(Number), classes: ITEM_CLASSES.length });
    await stage.connect(shop);
    const three = await shop.api.post(STEP(3), { customFields: FIELDS });
    expect(three.body).toMatchObject({
      zoho: { organization: { id: shop.organizationId }, customFields: FIELDS },
      status: { ready: true },
    });
    expect(await actions(shop)).toEqual([
      ...["company-confirmed", "device-initialised", "company-confirmed", "device-initialised"],
      ...["zoho-connected", "books-set-up"],
    ]);
    const sold = await shop.fiscalise(shop.put());
    expect(sold).toMatchObject({ state: "fiscalised", invoiceNumber: "42" });
    expect((await shop.api.get("/businesses/me")).body).toMatchObject(COMPANY);
  });

  it("is a business admin's; users see how far it is, nobody without a session", async () => {
    const shop = await stage.open({ setUp: false });
    const user = createApi(stage.url, stage.token(shop, "business_user"));
    const bodies = [COMPANY, deviceOf(shop), { customFields: FIELDS }];
    for (const [index, body] of bodies.entries()) {
      expect(problemOf(await user.post(STEP(index + 1), body)).code).toBe("forbidden");
      expect((await createApi(stage.url, null).post(STEP(index + 1), body)).status).toBe(401);
      expect(problemOf(await shop.api.post(STEP(index + 1), { wrong: true })).code).toBe("input-invalid");
    }
    expect((await user.get("/businesses/me/setup/status")).status).toBe(200);
    expect((await statusOf(shop)).company.done).toBe(false);
    expect((await shop.audit()).filter(({ action }) => action === "access-refused")).toHaveLength(3);
  });

  it("of one business is not another's", async () => {
    const [shop, other] = [await stage.open({ setUp: false }), await stage.open({ setUp: false })];
    await shop.api.post(STEP(1), COMPANY);
    await stepTwo(shop);
    expect(await statusOf(other)).toMatchObject({ company: { done: false }, device: { done: false } });
    expect(await branchesOf(stage, other)).toHaveLength(0);
  });
});

describe("step 2", () => {
  it("stores nothing when the device is not there, is another's, or does not know the serial", async () => {
    const [shop, other] = [await stage.open({ setUp: false }), await stage.open({ setUp: false })];
    const findings = [
      await stepTwo(shop, { baseUrl: other.device.url }),
      await stepTwo(shop, { serial: "wrong" }),
      await stepTwo(shop, { baseUrl: `${shop.device.url}/elsewhere` }),
      await stepTwo(shop, { baseUrl: "http://10.0.0.1/vsdc" }),
    ];
    await shop.device.takeDown();
    findings.push(await stepTwo(shop));
    expect(findings.map(({ body }) => body.finding.code)).toEqual([
      ...["wrong-identity", "wrong-identity", "path-wrong", "address-not-allowed", "port-closed"],
    ]);
    for (const { status, body } of findings) {
      expect(status).toBe(200);
      expect(body).toMatchObject({
        finding: { good: false },
        vsdc: null,
        status: { device: { done: false } },
      });
    }
    expect(await branchesOf(stage, shop)).toHaveLength(0);
    expect(await tableSizes(shop)).toEqual({ codes: 0, classes: 0 });
    expect((await actions(shop)).filter((action) => action === "device-not-set-up")).toHaveLength(5);
  });

  it("taken by two at once is right, also at a device that tells its facts once", async () => {
    for (const repeatedInitialisation of ["000", "902"] as const) {
      const shop = await stage.open({
        setUp: false,
        device: { repeatedInitialisation, lastSaleInvoiceNumber: 7 },
      });
      const both = await Promise.all([stepTwo(shop), stepTwo(shop), stepTwo(shop)]);
      expect(both.map(({ status }) => status)).toEqual([200, 200, 200]);
      for (const { body } of both)
        expect(body).toMatchObject({ finding: { good: true }, status: { device: { done: true } } });
      const rows = await branchesOf(stage, shop);
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ last_invoice_number: "7", vat_registered: true });
      expect(await tableSizes(shop)).toMatchObject({ classes: ITEM_CLASSES.length });
    }
  });

  it("goes on without a hand when the device dies after it was initialised", async () => {
    const shop = await stage.open({ setUp: false, device: { repeatedInitialisation: "902" } });
    shop.device.behave({ kind: "http", status: 500, signed: false, paths: [CLASSES] });
    const { body } = await stepTwo(shop);
    expect(body).toMatchObject({
      finding: { code: "device-failing", good: false },
      vsdc: { initialisedOn: expect.any(String), codesSyncedAt: null },
      status: { device: { done: false } },
    });
    shop.device.behave("up");
    await runCodeSyncNow(stage, shop);
    await until("the tables are there", async () => (await statusOf(shop)).device.done);
    expect(await tableSizes(shop)).toMatchObject({ classes: ITEM_CLASSES.length });
  });

  it("taken again after the server was killed in the middle of it ends as if it had not been", async () => {
    const shop = await stage.open({
      setUp: false,
      device: { repeatedInitialisation: "902", lastSaleInvoiceNumber: 9 },
    });
    const port = await freePort();
    const child = await startServerChild({
      ...stage.env,
      ROLE: "web",
      PORT: String(port),
      LOG_LEVEL: "info",
    });
    const api = createApi(() => `http://127.0.0.1:${port}`, stage.token(shop));
    shop.device.behave({ kind: "hang", paths: [CLASSES] });
    const lost = api.post(STEP(2), deviceOf(shop)).catch(() => "lost");
    await until("the device is asked for its classes", () =>
      shop.device.exchanges().some(({ path }) => path === CLASSES),
    );
    child.kill("SIGKILL");
    expect(await lost).toBe("lost");
    expect((await statusOf(shop)).device.done).toBe(false);
    shop.device.behave("up");
    const { body } = await stepTwo(shop);
    expect(body).toMatchObject({
      finding: { good: true },
      vsdc: { lastInvoiceNumber: "9" },
      status: { device: { done: true } },
    });
  });

  it("is refused while a sale is being signed, and for another device once there are receipts", async () => {
    const shop = await stage.open();
    await shop.fiscalise(shop.put());
    const other = await shop.api.post(STEP(2), deviceOf(shop, { serial: "another" }));
    expect(problemOf(other)).toMatchObject({ status: 409, code: "device-in-use" });
    const held = Promise.withResolvers<void>();
    shop.device.behave({ kind: "held", until: held.promise, times: 1 });
    const sold = shop.fiscalise(shop.put());
    await until("the sale is sent", async () => {
      const rows = await stage.database.owner`
        select from submissions where business_id = ${shop.id} and state = 'sending'`;
      return rows.length > 0;
    });
    expect(problemOf(await shop.api.post(STEP(2), deviceOf(shop)))).toMatchObject({ code: "device-in-use" });
    held.resolve();
    expect((await sold).state).toBe("fiscalised");
    expect((await stepTwo(shop)).body.finding.good).toBe(true);
  });

  it("never lowers the counter", async () => {
    const shop = await stage.open({ setUp: false, device: { lastSaleInvoiceNumber: 100 } });
    await stepTwo(shop);
    await stage.database.owner`update branches set last_invoice_number = 500 where business_id = ${shop.id}`;
    expect((await stepTwo(shop)).body.vsdc).toMatchObject({ lastInvoiceNumber: "500" });
  });

  it("seals the keys a device hands out, and keeps the rest of what it said", async () => {
    const shop = await stage.open({ setUp: false });
    const keys = { intrlKey: "INTERNAL-KEY-1", signKey: "SIGN-KEY-2", cmcKey: "CMC-KEY-3" };
    const info = { tin: shop.tin, bhfId: "00", dvcId: "1", vatTyCd: "1", lastSaleInvcNo: 12, ...keys };
    const stub = await startDeviceOfAnswers({ [INITIALISE]: () => ({ resultCd: "000", data: { info } }) });
    const { body } = await stepTwo(shop, { baseUrl: stub.url });
    await stub.close();
    expect(body.vsdc).toMatchObject({ lastInvoiceNumber: "12" });
    const [row] = await branchesOf(stage, shop);
    expect(row?.initialisation).toMatchObject({ info: { dvcId: "1", lastSaleInvcNo: "12" } });
    for (const key of Object.values(keys)) expect(JSON.stringify(row)).not.toContain(key);
    expect(row?.device_keys).toMatch(/^dk1\./);
  });

  it("refuses a device that says it is somebody else's", async () => {
    const shop = await stage.open({ setUp: false });
    const info = { tin: "999999999", bhfId: "00", vatTyCd: "1" };
    const stub = await startDeviceOfAnswers({ [INITIALISE]: () => ({ resultCd: "000", data: { info } }) });
    expect((await stepTwo(shop, { baseUrl: stub.url })).body).toMatchObject({
      finding: { code: "wrong-identity" },
      vsdc: null,
    });
    await stub.close();
  });
});

describe("step 3", () => {
  it("needs an organisation that keeps its books in RWF", async () => {
    const shop = await stage.open({ setUp: false });
    const three = () => shop.api.post(STEP(3), { customFields: FIELDS });
    expect(problemOf(await three())).toMatchObject({ status: 409, code: "zoho-not-connected" });
    await stage.connect(shop);
    const { owner } = stage.database;
    await owner`update zoho_connections set base_currency = 'USD' where business_id = ${shop.id}`;
    expect(problemOf(await three())).toMatchObject({ status: 422, code: "base-currency-not-rwf" });
    await owner`update zoho_connections set base_currency = 'RWF', status = 'lost' where business_id = ${shop.id}`;
    expect(problemOf(await three())).toMatchObject({ status: 409, code: "zoho-grant-lost" });
  });
});
