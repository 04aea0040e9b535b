import type { Config, ConfigChange, ZohoConfig } from "@fiscalise/shared/api/config.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPdf, textOf } from "../src/pdf/testing/read-pdf.ts";
import { createApi, problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
let shop: Business;
let user: Business["api"];
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open();
  user = createApi(stage.url, stage.token(shop, "business_user"));
});
afterAll(() => stage.close());

const nobody = () => createApi(stage.url, null);
const actions = async (business: Business) => (await business.audit()).map(({ action }) => action);

const CONFIG = "/businesses/me/config";
const stored = async (business: Business) => (await business.api.get(CONFIG)).body as Config;
const change = (business: Business, named: ConfigChange) => business.api.patch(CONFIG, named);

describe("the business one belongs to", () => {
  it("is told to its users, with how far its set-up has come", async () => {
    const answer = await user.get("/businesses/me");
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id: shop.id,
      tin: shop.tin,
      status: "active",
      setup: { company: { done: true }, device: { done: true }, zoho: { done: true }, ready: true },
    });
  });

  it("is told to nobody without a session", async () => {
    for (const path of ["", "/config", "/logo", "/vsdc-config", "/vsdc-status", "/zoho-config"]) {
      expect((await nobody().get(`/businesses/me${path}`)).status, path).toBe(401);
    }
  });

  it("names the organisation that is connected", async () => {
    expect((await user.get("/businesses/me/zoho-config")).body).toMatchObject({
      organization: { id: shop.organizationId, baseCurrency: "RWF", status: "connected" },
      customFields: { buyerTin: "cf_customer_tin" },
    });
  });
});

describe("its configuration", () => {
  it("comes back as it was sent, and the audit names what changed", async () => {
    const own = await stage.open();
    const before = await stored(own);
    const company = { name: "Ubumwe Traders Ltd" };
    const branding = { headerLines: ["Fresh every day", "Kimironko market"] };
    const policies = {
      units: [{ unit: "crate", code: "BX" }],
      paymentModes: [{ mode: "momo pay", kind: "mobile-money" as const }],
      autoFiscalise: "on-sent" as const,
      dailyCallsMax: 5_000,
      autoEnrolment: true,
    };
    const sent = await change(own, { company, branding, policies });
    expect(sent.status).toBe(200);
    const wanted = {
      ...before,
      company: { ...before.company, ...company },
      branding: { ...before.branding, ...branding },
      policies: { ...before.policies, ...policies },
    };
    expect(sent.body).toEqual(wanted);
    expect(await stored(own)).toEqual(wanted);
    const events = (await own.audit()).filter(({ actor }) => actor === "user:1");
    const told = events.slice(-4).map(({ action, detail }) => ({ action, detail }));
    expect(told).toEqual([
      { action: "auto-fiscalise-changed", detail: { from: "off", to: "on-sent" } },
      { action: "auto-enrolment-changed", detail: { from: false, to: true } },
      {
        action: "policies-changed",
        detail: { changed: "policies.dailyCallsMax, policies.paymentModes, policies.units" },
      },
      { action: "config-changed", detail: { changed: "company.name, branding.headerLines" } },
    ]);
  });

  it("keeps what a request leaves out, however deep, and audits only what it names", async () => {
    const own = await stage.open();
    const before = await stored(own);
    await change(own, { policies: { autoFiscalise: "on-sent", dailyCallsMax: 1_000 } });
    await change(own, { policies: { autoFiscalise: "off", trainingReceipts: true, closeDay: "at-2359" } });
    await change(own, { customFields: { purchaseCode: null } });
    await change(own, { policies: { defaultItemClasses: { goods: null } } });
    // By a page that was opened before all of it.
    await change(own, { branding: { headerLines: ["Fresh every day"] } });
    const { branding, policies, customFields } = before;
    expect(await stored(own)).toEqual({
      ...before,
      branding: { ...branding, headerLines: ["Fresh every day"] },
      policies: {
        ...policies,
        dailyCallsMax: 1_000,
        trainingReceipts: true,
        closeDay: "at-2359",
        defaultItemClasses: { ...policies.defaultItemClasses, goods: null },
      },
      customFields: { ...customFields, purchaseCode: null },
    });
    expect((await own.audit()).at(-1)).toMatchObject({
      action: "config-changed",
      detail: { changed: "branding.headerLines" },
    });
  });

  it("keeps each of several changes that come at once", async () => {
    const own = await stage.open();
    const named: ConfigChange[] = [
      { branding: { headerLines: ["Fresh every day"] } },
      { branding: { footerLines: ["Murakoze"] } },
      { policies: { trainingReceipts: true } },
      { policies: { closeDay: "at-2359" } },
    ];
    const answers = await Promise.all(named.map((one) => change(own, one)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await stored(own)).toMatchObject({
      branding: { headerLines: ["Fresh every day"], footerLines: ["Murakoze"] },
      policies: { trainingReceipts: true, closeDay: "at-2359" },
    });
  });

  it("says when the day's calls stop automatic work", async () => {
    const own = await stage.open();
    expect((await change(own, { policies: { dailyCallsMax: 1_000 } })).status).toBe(200);
    const day = new Date().toISOString().slice(0, 10);
    await stage.database.owner`
      insert into zoho_usage (business_id, day, calls) values (${own.id}, ${day}, 800)
      on conflict (business_id, day) do update set calls = 800`;
    const usage = async () => {
      const { automation } = (await own.api.get("/businesses/me/zoho-config")).body as ZohoConfig;
      return automation.usage;
    };
    expect(await usage()).toMatchObject({ calls: 800, pausedUntil: expect.stringMatching(/T00:00:00/) });
    expect((await change(own, { policies: { dailyCallsMax: null } })).status).toBe(200);
    expect(await usage()).toMatchObject({ calls: 800, pausedUntil: null });
  });

  it("sent as it is stored is not audited", async () => {
    const own = await stage.open();
    const before = await actions(own);
    const { branding, policies, customFields } = await stored(own);
    expect((await change(own, { branding, policies, customFields })).status).toBe(200);
    expect(await actions(own)).toEqual(before);
  });

  it("is a business admin's to change", async () => {
    const answer = await user.patch(CONFIG, {});
    expect(problemOf(answer)).toMatchObject({ status: 403, code: "forbidden" });
    expect((await shop.audit()).map(({ action }) => action)).toContain("access-refused");
  });

  const wrong: [string, object, string][] = [
    ["a field too many", { tin: "999999999" }, "tin"],
    [
      "a field too many, deeper",
      { policies: { defaultItemClasses: { gods: null } } },
      "policies.defaultItemClasses.gods",
    ],
    ["no name", { company: { name: " " } }, "company.name"],
    ["four lines at the head", { branding: { headerLines: ["1", "2", "3", "4"] } }, "branding.headerLines"],
    [
      "a unit the device lacks",
      { policies: { units: [{ unit: "crate", code: "CRATE" }] } },
      "policies.units.0.code",
    ],
    [
      "a unit named twice",
      {
        policies: {
          units: [
            { unit: "Crate", code: "BX" },
            { unit: "crate ", code: "U" },
          ],
        },
      },
      "policies.units.1",
    ],
    ["fewer calls a day than any plan", { policies: { dailyCallsMax: 99 } }, "policies.dailyCallsMax"],
    ["a custom field of another form", { customFields: { buyerTin: "tin" } }, "customFields.buyerTin"],
  ];
  it.each(wrong)("with %s is refused by field, and nothing is stored", async (_what, named, path) => {
    const before = await stored(shop);
    const answer = await shop.api.patch(CONFIG, { branding: { topMessage: "Muraho" }, ...named });
    expect(problemOf(answer)).toMatchObject({ status: 400, code: "input-invalid" });
    expect(problemOf(answer).fields?.map((field) => field.path)).toContain(path);
    expect(await stored(shop)).toEqual(before);
  });

  it("refuses an item class the device's table lacks; one that stood before may stay", async () => {
    const own = await stage.open();
    const refused = await change(own, { policies: { defaultItemClasses: { goods: "9999999999" } } });
    expect(problemOf(refused)).toMatchObject({ status: 422, code: "item-class-unknown" });
    await stage.database.owner`update item_classes set in_use = false where business_id = ${own.id}`;
    const { defaultItemClasses } = (await stored(own)).policies;
    expect((await change(own, { policies: { defaultItemClasses } })).status).toBe(200);
  });

  it("of one business is not another's", async () => {
    const other = await stage.open();
    const before = await stored(other);
    await change(shop, { branding: { footerLines: ["Only ours"] } });
    expect(await stored(other)).toEqual(before);
  });

  it("is what the next receipt prints; one made before keeps its own lines", async () => {
    const own = await stage.open();
    const before = await own.fiscalise(own.put());
    await change(own, {
      branding: { headerLines: ["Fresh every day"], footerLines: ["Exchange within 7 days"] },
    });
    const after = await own.fiscalise(own.put());
    const text = async (id: string) => (await pagesOf(own, id)).map((page) => textOf(page)).join("\n");
    expect(await text(after.receipt!.id)).toMatch(/Fresh every day[\s\S]*Exchange within 7 days/);
    expect(await text(before.receipt!.id)).not.toMatch(/Fresh|Exchange/);
  });

  it("stored before there were such lines prints as before", async () => {
    const own = await stage.open();
    const sold = await own.fiscalise(own.put());
    const path = `/receipts/${sold.receipt!.id}/pdf`;
    const printed = (await own.api.bytes(path)).bytes;
    await stage.database.owner`
      update receipts set seller = seller - 'headerLines' - 'footerLines' where business_id = ${own.id}`;
    expect((await own.api.bytes(path)).bytes.equals(printed)).toBe(true);
  });
});

async function pagesOf(business: Business, receiptId: string) {
  return readPdf((await business.api.bytes(`/receipts/${receiptId}/pdf`)).bytes);
}
