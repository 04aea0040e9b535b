import type { VsdcConfig, VsdcConfigRequest, VsdcStatus } from "@fiscalise/shared/api/devices.ts";
import type { Finding } from "@fiscalise/shared/api/findings.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SALE_PATH } from "../../sandbox/src/vsdc/behaviour.ts";
import { createApi, problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ answerWithinMs: 50 });
});
afterAll(() => stage.close());

const CONFIG = "/businesses/me/vsdc-config";
const asUser = (business: Business) => createApi(stage.url, stage.token(business, "business_user"));
const deviceOf = ({ device }: Business, change: Partial<VsdcConfigRequest> = {}): VsdcConfigRequest => ({
  baseUrl: device.url,
  branchId: device.bhfId,
  serial: device.serial,
  profile: "vsdc-1.0.5",
  ...change,
});
const configOf = async (business: Business) => (await business.api.get(CONFIG)).body as VsdcConfig | null;

describe("the device of a business", () => {
  it("is none before one was chosen, and is not called when it is", async () => {
    const shop = await stage.open({ setUp: false });
    expect((await asUser(shop).get(CONFIG)).body).toBeNull();
    const put = await shop.api.put(CONFIG, deviceOf(shop));
    expect(put.status).toBe(200);
    expect(put.body).toEqual({
      ...deviceOf(shop),
      statedOn: null,
      lineArithmetic: "natural",
      initialisedOn: null,
      vatRegistered: null,
      lastInvoiceNumber: "0",
      codesSyncedAt: null,
    });
    expect(shop.device.exchanges()).toHaveLength(0);
    expect((await shop.audit()).findLast(({ action }) => action === "device-changed")).toMatchObject({
      actor: "user:1",
      action: "device-changed",
      detail: { baseUrl: shop.device.url, serial: shop.device.serial, previousBaseUrl: null },
    });
  });

  it("is one, though two are chosen at once", async () => {
    const shop = await stage.open({ setUp: false });
    const puts = ["00", "01", "02"].map((branchId) => shop.api.put(CONFIG, deviceOf(shop, { branchId })));
    expect((await Promise.all(puts)).map(({ status }) => status)).toEqual([200, 200, 200]);
    const rows = await stage.database.owner`select bhf_id from branches where business_id = ${shop.id}`;
    expect(rows).toHaveLength(1);
  });

  it("that is another loses what the last one said; moved to another address it stays initialised", async () => {
    const shop = await stage.open();
    const moved = await shop.api.put(CONFIG, deviceOf(shop, { baseUrl: `${shop.device.url}/` }));
    expect(moved.body).toMatchObject({ initialisedOn: expect.any(String), vatRegistered: true });
    const other = await shop.api.put(CONFIG, deviceOf(shop, { serial: "another" }));
    expect(other.body).toMatchObject({ initialisedOn: null, vatRegistered: null, codesSyncedAt: null });
    expect((await shop.api.get("/businesses/me/setup/status")).body).toMatchObject({
      device: { done: false },
      ready: false,
    });
  });

  it("that made a receipt cannot become another", async () => {
    const shop = await stage.open();
    await shop.fiscalise(shop.put());
    for (const change of [{ serial: "another" }, { branchId: "07" }]) {
      const answer = await shop.api.put(CONFIG, deviceOf(shop, change));
      expect(problemOf(answer)).toMatchObject({ status: 409, code: "device-in-use" });
    }
    expect((await shop.api.put(CONFIG, deviceOf(shop, { lineArithmetic: "exact" }))).status).toBe(200);
    expect(await configOf(shop)).toMatchObject({ serial: shop.device.serial, lineArithmetic: "exact" });
  });

  it.each([
    ["being sent", { kind: "hang", times: 1 } as const, "sending"],
    ["of unknown outcome", { kind: "lose-answer" } as const, "unknown"],
  ])("keeps its address while a sale is %s", async (_what, behaviour, state) => {
    const shop = await stage.open();
    shop.device.behave({ ...behaviour, paths: [SALE_PATH] });
    const answer = await shop.api.post(`/invoices/${shop.put()}/fiscalise`, {});
    const { id } = answer.body as { id: string };
    await until(`the sale is ${state}`, async () => {
      const [row] = await stage.database.owner`
        select state, unknown_attempts > 0 as lost from submissions where id = ${id}`;
      return row?.state === state || (state === "unknown" && row?.lost === true);
    });
    const moved = await shop.api.put(CONFIG, deviceOf(shop, { baseUrl: "http://127.0.0.1:9999/vsdc" }));
    expect(problemOf(moved)).toMatchObject({ status: 409, code: "device-in-use" });
    expect((await configOf(shop))?.baseUrl).toBe(shop.device.url);
    shop.device.behave("up");
    await shop.device.takeDown();
  });

  it.each([
    "ftp://vsdc.example.rw/vsdc",
    "http://user@vsdc.example.rw/vsdc",
    "http://vsdc.example.rw:25/vsdc",
    "http://2130706433/vsdc",
    "vsdc",
  ])("is not at %s", async (baseUrl) => {
    const shop = await stage.open({ setUp: false });
    const answer = await shop.api.put(CONFIG, deviceOf(shop, { baseUrl }));
    expect(problemOf(answer)).toMatchObject({ status: 422, code: "device-address-refused" });
    expect(await configOf(shop)).toBeNull();
  });

  it("is a business admin's to choose, of this business alone", async () => {
    const [shop, other] = [await stage.open(), await stage.open()];
    const before = await configOf(other);
    expect(problemOf(await asUser(shop).put(CONFIG, deviceOf(shop)))).toMatchObject({ status: 403 });
    expect(problemOf(await shop.api.put(CONFIG, { ...deviceOf(shop), tin: "1" }))).toMatchObject({
      status: 400,
      code: "input-invalid",
    });
    await shop.api.put(CONFIG, deviceOf(shop, { serial: "another" }));
    expect(await configOf(other)).toEqual(before);
  });
});

describe("a test of a device", () => {
  const TEST = "/businesses/me/test-vsdc";

  it("keeps no password that was typed into an address, and refuses half a character", async () => {
    const shop = await stage.open();
    const device = { branchId: "00", serial: "x", profile: "vsdc-1.0.5" };
    const typed = { ...device, baseUrl: "http://admin:s3cret-typed@127.0.0.1:9/vsdc" };
    expect((await shop.api.post(TEST, typed)).body).toMatchObject({ code: "address-invalid" });
    expect(JSON.stringify(await shop.audit())).not.toContain("s3cret-typed");
    const half = await shop.api.post(TEST, { ...device, baseUrl: "http://\ud800/" });
    expect(problemOf(half)).toMatchObject({ status: 400, fields: [{ path: "baseUrl" }] });
  });

  it("that answers as ours says whose it is, and changes nothing", async () => {
    const shop = await stage.open({ setUp: false, device: { taxpayerName: "UBUMWE LTD" } });
    const answer = await shop.api.post(TEST, deviceOf(shop));
    expect(answer.body).toMatchObject({
      code: "reached",
      good: true,
      facts: { taxpayerName: "UBUMWE LTD", branchName: "Headquarter" },
    });
    expect(await configOf(shop)).toBeNull();
    expect(shop.device.exchanges().map(({ path }) => path)).not.toContain("/initializer/selectInitInfo");
    expect((await shop.audit()).findLast(({ action }) => action === "device-tested")).toMatchObject({
      action: "device-tested",
      detail: { finding: "reached", baseUrl: shop.device.url },
    });
  });

  it("says in the asker's words what is wrong", async () => {
    const shop = await stage.open({ setUp: false });
    const find = async (change: Partial<VsdcConfigRequest>) =>
      (await shop.api.post(TEST, deviceOf(shop, change), { "accept-language": "fr" })).body as Finding;
    expect(await find({ branchId: "42" })).toMatchObject({
      code: "wrong-identity",
      good: false,
      facts: { resultCode: "901" },
    });
    const elsewhere = await find({ baseUrl: `${shop.device.url}-old` });
    expect(elsewhere).toMatchObject({ code: "path-wrong", title: "Le chemin de l'adresse est faux" });
    expect(await find({ baseUrl: "http://169.254.169.254/latest" })).toMatchObject({
      code: "address-not-allowed",
      facts: null,
    });
    await shop.device.takeDown();
    expect(await find({})).toMatchObject({ code: "port-closed" });
  });

  it("is a business admin's to make, 20 times in 5 minutes", async () => {
    const shop = await stage.open({ setUp: false });
    expect(problemOf(await asUser(shop).post(TEST, deviceOf(shop)))).toMatchObject({ status: 403 });
    // What the lax servers of the other tests took does not count here.
    await stage.database.owner`delete from rate_limits`;
    const { url, stop } = await stage.addServer({ REQUEST_LIMITS_FACTOR: "1", ROLE: "web" });
    const api = createApi(() => url, stage.token(shop));
    const statuses: number[] = [];
    for (let index = 0; index < 21; index += 1)
      statuses.push((await api.post(TEST, deviceOf(shop, { baseUrl: "vsdc" }))).status);
    await stop();
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe("the device's status", () => {
  const statusOf = async (business: Business) =>
    (await asUser(business).get("/businesses/me/vsdc-status")).body as VsdcStatus;

  it("follows the set-up and the sales", async () => {
    expect((await statusOf(await stage.open({ setUp: false }))).status).toBe("not-set-up");
    const shop = await stage.open();
    expect(await statusOf(shop)).toMatchObject({ status: "not-yet-used", waiting: 0 });
    await shop.fiscalise(shop.put());
    expect(await statusOf(shop)).toMatchObject({ status: "answering", lastAnswerAt: expect.any(String) });
    await shop.device.takeDown();
    await shop.api.post(`/invoices/${shop.put()}/fiscalise`, {});
    const away = await until("the device is found away", async () => {
      const status = await statusOf(shop);
      return status.status === "not-answering" && status;
    });
    expect(away).toMatchObject({ waiting: 1, oldestWaitingSince: expect.any(String) });
    expect(away.failures).toBeGreaterThan(0);
  });
});
