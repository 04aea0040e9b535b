import type { InstalledDevice } from "@fiscalise/shared/api/devices.ts";
import type { DeviceStep } from "@fiscalise/shared/api/findings.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf } from "./api.ts";
import { branchesOf, deviceOf, INITIALISE, STEP } from "./device-steps.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const LAST = 41;

/** With a device that another programme set up, or an attempt of ours whose answer was lost: it does not say it again. */
async function openInstalled(repeatedInitialisation: "000" | "902" = "902"): Promise<Business> {
  const device = { repeatedInitialisation, lastSaleInvoiceNumber: LAST };
  const shop = await stage.open({ setUp: false, device });
  const identity = { tin: shop.tin, bhfId: shop.device.bhfId, dvcSrlNo: shop.device.serial };
  const first = await fetch(`${shop.device.url}${INITIALISE}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(identity),
  });
  expect(await first.json()).toMatchObject({ resultCd: "000" });
  return shop;
}

async function stepTwo(shop: Business, installed?: InstalledDevice) {
  const answer = await shop.api.post(STEP(2), { ...deviceOf(shop), ...(installed && { installed }) });
  return { ...answer, body: answer.body as DeviceStep };
}

const stated = (lastInvoiceNumber: number, vatRegistered = true): InstalledDevice => ({
  lastInvoiceNumber: String(lastInvoiceNumber),
  vatRegistered,
});

describe("a device that was set up before and does not say its facts again", () => {
  it("is not set up on a guess: a person says its last number and the VAT status, and the next sale counts on", async () => {
    const shop = await openInstalled();
    expect((await stepTwo(shop)).body).toMatchObject({
      finding: { code: "installed-before", facts: { resultCode: "902" } },
      vsdc: null,
      status: { device: { done: false } },
    });
    expect(await branchesOf(stage, shop)).toHaveLength(0);
    const { body } = await stepTwo(shop, stated(LAST));
    expect(body).toMatchObject({
      finding: { code: "reached", good: true },
      factsFrom: "person",
      vsdc: { lastInvoiceNumber: "41", vatRegistered: true, statedOn: expect.any(String) },
      status: { device: { done: true } },
    });
    expect(body.vsdc?.statedOn).toBe(body.vsdc?.initialisedOn);
    expect(await shop.audit()).toContainEqual(
      expect.objectContaining({
        action: "device-facts-stated",
        detail: expect.objectContaining({ lastInvoiceNumber: "41", vatRegistered: true }),
      }),
    );
    await stage.connect(shop);
    expect(await shop.fiscalise(shop.put())).toMatchObject({ state: "fiscalised", invoiceNumber: "42" });
  });

  it("signs a sale once under a free number when the stated one is too low", async () => {
    const shop = await openInstalled();
    shop.device.takeNumbers(LAST - 1, 2);
    await stepTwo(shop, stated(LAST - 2));
    await stage.connect(shop);
    expect(await shop.fiscalise(shop.put())).toMatchObject({ state: "fiscalised", invoiceNumber: "42" });
    expect(shop.device.ledger().map(({ invcNo }) => invcNo)).toEqual(["42"]);
  });

  it("takes what was stated anew, a digit too many too, but no number below one that was given here", async () => {
    const shop = await openInstalled();
    await stepTwo(shop, stated(LAST, false));
    await stage.connect(shop);
    const taxed = await shop.api.post(`/invoices/${shop.put()}/fiscalise`, {});
    expect(problemOf(taxed).problems).toMatchObject([{ code: "vat-not-registered" }]);
    await stepTwo(shop, stated(LAST * 10));
    await stepTwo(shop, stated(LAST));
    expect(await shop.fiscalise(shop.put())).toMatchObject({ state: "fiscalised", invoiceNumber: "42" });
    expect(problemOf(await stepTwo(shop, stated(LAST)))).toMatchObject({
      code: "input-invalid",
      fields: [{ path: "installed.lastInvoiceNumber", code: "number-given" }],
    });
    expect((await stepTwo(shop, stated(60))).body.vsdc).toMatchObject({
      lastInvoiceNumber: "60",
      vatRegistered: true,
    });
    expect((await stepTwo(shop)).body).toMatchObject({
      factsFrom: "before",
      vsdc: { lastInvoiceNumber: "60", vatRegistered: true, statedOn: expect.any(String) },
    });
    expect(await shop.fiscalise(shop.put())).toMatchObject({ state: "fiscalised", invoiceNumber: "61" });
  });

  it("is believed before a person as soon as it says its facts", async () => {
    const shop = await openInstalled("000");
    const { body } = await stepTwo(shop, stated(7_000, false));
    expect(body).toMatchObject({
      factsFrom: "device",
      vsdc: { lastInvoiceNumber: "41", vatRegistered: true, statedOn: null },
    });
  });

  it("is believed before a person also where it says them to another set-up meanwhile", async () => {
    const device = { repeatedInitialisation: "902", lastSaleInvoiceNumber: LAST } as const;
    const shop = await stage.open({ setUp: false, device });
    const held = Promise.withResolvers<void>();
    shop.device.behave({ kind: "held", until: held.promise, times: 1, paths: [INITIALISE] });
    const outdone = stepTwo(shop, stated(7_000, false));
    await until("its question is under way", () =>
      shop.device.exchanges().some(({ path }) => path === INITIALISE),
    );
    expect((await stepTwo(shop)).body.factsFrom).toBe("device");
    held.resolve();
    expect((await outdone).body.factsFrom).toBe("before");
    const [branch] = await branchesOf(stage, shop);
    expect(branch).toMatchObject({ stated_on: null, vat_registered: true, last_invoice_number: "41" });
  });

  it("takes nothing of it over to another device", async () => {
    const shop = await openInstalled();
    await stepTwo(shop, stated(LAST));
    const other = deviceOf(shop, { serial: "another" });
    await shop.api.put("/businesses/me/vsdc-config", other);
    const [branch] = await branchesOf(stage, shop);
    expect(branch).toMatchObject({ stated_on: null, vat_registered: null, last_invoice_number: "0" });
  });

  it.each(["-1", "007", "1e3", "1234567890123456", ""])("refuses %j as a last number", async (number) => {
    const shop = await openInstalled();
    const installed = { lastInvoiceNumber: number, vatRegistered: true };
    expect(problemOf(await stepTwo(shop, installed))).toMatchObject({ code: "input-invalid" });
    expect(await branchesOf(stage, shop)).toHaveLength(0);
  });
});
