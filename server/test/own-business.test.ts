import { createHash } from "node:crypto";
import type { Config, ConfigRequest, ZohoConfig } from "@fiscalise/shared/api/config.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOGO_MAX_BYTES } from "../src/pdf/logo-image.ts";
import { plain, RED, twoColours } from "../src/pdf/testing/logos.ts";
import { readPdf, textOf } from "../src/pdf/testing/read-pdf.ts";
import { call, createApi, problemOf } from "./api.ts";
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

/** What is stored, as the next request. */
async function stored(business: Business): Promise<ConfigRequest> {
  const { company, branding, policies, customFields } = (await business.api.get("/businesses/me/config"))
    .body as Config;
  return { company: company as ConfigRequest["company"], branding, policies, customFields };
}

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
  it("comes back as it was put, and the audit names what changed", async () => {
    const own = await stage.open();
    const wanted = await stored(own);
    wanted.company.name = "Ubumwe Traders Ltd";
    wanted.branding.headerLines = ["Fresh every day", "Kimironko market"];
    wanted.policies.units = [{ unit: "crate", code: "BX" }];
    wanted.policies.paymentModes = [{ mode: "momo pay", kind: "mobile-money" }];
    wanted.policies.autoFiscalise = "on-sent";
    wanted.policies.dailyCallsMax = 5_000;
    wanted.policies.autoEnrolment = true;
    const put = await own.api.put("/businesses/me/config", wanted);
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject(wanted);
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

  it("keeps the day's calls where an older page leaves them out, and says when they stop automatic work", async () => {
    const own = await stage.open();
    const { policies, ...rest } = await stored(own);
    const put = (changed: object) => own.api.put("/businesses/me/config", { ...rest, policies: changed });
    expect((await put({ ...policies, dailyCallsMax: 1_000 })).status).toBe(200);
    const { dailyCallsMax: _, ...older } = policies;
    expect((await put(older)).status).toBe(200);
    expect((await stored(own)).policies.dailyCallsMax).toBe(1_000);
    const day = new Date().toISOString().slice(0, 10);
    await stage.database.owner`
      insert into zoho_usage (business_id, day, calls) values (${own.id}, ${day}, 800)
      on conflict (business_id, day) do update set calls = 800`;
    const usage = async () => {
      const { automation } = (await own.api.get("/businesses/me/zoho-config")).body as ZohoConfig;
      return automation.usage;
    };
    expect(await usage()).toMatchObject({ calls: 800, pausedUntil: expect.stringMatching(/T00:00:00/) });
    expect((await put({ ...policies, dailyCallsMax: null })).status).toBe(200);
    expect(await usage()).toMatchObject({ calls: 800, pausedUntil: null });
  });

  it("put twice is audited once", async () => {
    const own = await stage.open();
    const before = await actions(own);
    expect((await own.api.put("/businesses/me/config", await stored(own))).status).toBe(200);
    expect(await actions(own)).toEqual(before);
  });

  it("is a business admin's to change", async () => {
    const answer = await user.put("/businesses/me/config", await stored(shop));
    expect(problemOf(answer)).toMatchObject({ status: 403, code: "forbidden" });
    expect((await shop.audit()).map(({ action }) => action)).toContain("access-refused");
  });

  const wrong: [string, (config: ConfigRequest) => object, string][] = [
    ["a field too many", (config) => ({ ...config, tin: "999999999" }), "tin"],
    ["no branding", ({ branding: _, ...config }) => config, "branding"],
    [
      "four lines at the head",
      (config) => ({ ...config, branding: { ...config.branding, headerLines: ["1", "2", "3", "4"] } }),
      "branding.headerLines",
    ],
    [
      "a unit the device lacks",
      (config) => ({
        ...config,
        policies: { ...config.policies, units: [{ unit: "crate", code: "CRATE" }] },
      }),
      "policies.units.0.code",
    ],
    [
      "a unit named twice",
      (config) => ({
        ...config,
        policies: {
          ...config.policies,
          units: [
            { unit: "Crate", code: "BX" },
            { unit: "crate ", code: "U" },
          ],
        },
      }),
      "policies.units.1",
    ],
    [
      "fewer calls a day than any plan",
      (config) => ({ ...config, policies: { ...config.policies, dailyCallsMax: 99 } }),
      "policies.dailyCallsMax",
    ],
    [
      "a custom field of another form",
      (config) => ({ ...config, customFields: { ...config.customFields, buyerTin: "tin" } }),
      "customFields.buyerTin",
    ],
  ];
  it.each(wrong)("with %s is refused by field, and nothing is stored", async (_what, spoil, path) => {
    const before = await stored(shop);
    const answer = await shop.api.put("/businesses/me/config", spoil(before));
    expect(problemOf(answer)).toMatchObject({ status: 400, code: "input-invalid" });
    expect(problemOf(answer).fields?.map((field) => field.path)).toContain(path);
    expect(await stored(shop)).toEqual(before);
  });

  it("refuses an item class the device's table lacks; one that stood before may stay", async () => {
    const own = await stage.open();
    const wanted = await stored(own);
    wanted.policies.defaultItemClasses.goods = "9999999999";
    const refused = await own.api.put("/businesses/me/config", wanted);
    expect(problemOf(refused)).toMatchObject({ status: 422, code: "item-class-unknown" });
    await stage.database.owner`update item_classes set in_use = false where business_id = ${own.id}`;
    expect((await own.api.put("/businesses/me/config", await stored(own))).status).toBe(200);
  });

  it("of one business is not another's", async () => {
    const other = await stage.open();
    const before = await stored(other);
    const wanted = await stored(shop);
    wanted.branding.footerLines = ["Only ours"];
    await shop.api.put("/businesses/me/config", wanted);
    expect(await stored(other)).toEqual(before);
  });

  it("is what the next receipt prints; one made before keeps its own lines", async () => {
    const own = await stage.open();
    const before = await own.fiscalise(own.put());
    const wanted = await stored(own);
    wanted.branding.headerLines = ["Fresh every day"];
    wanted.branding.footerLines = ["Exchange within 7 days"];
    await own.api.put("/businesses/me/config", wanted);
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

describe("its logo", () => {
  const upload = (
    business: Business,
    bytes: Uint8Array,
    { type = "image/png", token = stage.token(business), url = stage.url() } = {},
  ) =>
    call(`${url}/api/v1/businesses/me/logo`, {
      method: "PUT",
      headers: { authorization: `Bearer ${token}`, "content-type": type },
      body: new Uint8Array(bytes),
    });

  it("is stored re-encoded and given back, whatever its file calls itself", async () => {
    const own = await stage.open();
    const answer = await upload(own, await twoColours().jpeg().toBuffer(), {
      type: "application/octet-stream",
    });
    expect(answer.status).toBe(200);
    const { logoSha256 } = answer.body as Config;
    const { headers, bytes } = await own.api.bytes("/businesses/me/logo");
    expect(headers.get("content-type")).toBe("image/png");
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(logoSha256);
    expect((await own.audit()).findLast(({ action }) => action === "logo-changed")).toMatchObject({
      action: "logo-changed",
      detail: { sha256: logoSha256 },
    });
  });

  it("taken away is printed no more, but on receipts made before", async () => {
    const own = await stage.open();
    await upload(own, await plain(RED).png().toBuffer());
    const sold = await own.fiscalise(own.put());
    const path = `/receipts/${sold.receipt!.id}/pdf`;
    const printed = (await own.api.bytes(path)).bytes;
    expect((await own.api.del("/businesses/me/logo")).status).toBe(204);
    expect((await own.api.del("/businesses/me/logo")).status).toBe(204);
    expect((await own.api.get("/businesses/me/logo")).status).toBe(404);
    expect((await own.api.bytes(path)).bytes.equals(printed)).toBe(true);
    expect((await actions(own)).filter((action) => action === "logo-removed")).toHaveLength(1);
  });

  it.each([
    ["no picture", () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")],
    ["nothing", () => Buffer.alloc(0)],
    ["more than 1 MB", () => Buffer.alloc(LOGO_MAX_BYTES + 1)],
  ])("of %s is refused in a logo's own words", async (_what, file) => {
    expect(problemOf(await upload(shop, file()))).toMatchObject({ status: 422, code: "logo-invalid" });
  });

  it("of more than is read at all, or of another type, is refused before it is looked at", async () => {
    const large = await upload(shop, Buffer.alloc(3_000_000));
    expect(problemOf(large)).toMatchObject({ status: 413, code: "payload-too-large" });
    const typed = await upload(shop, Buffer.from("{}"), { type: "application/json" });
    expect(problemOf(typed)).toMatchObject({ status: 400, fields: [{ path: "Content-Type" }] });
  });

  it("is a business admin's to change", async () => {
    const token = stage.token(shop, "business_user");
    const answer = await upload(shop, await plain(RED).png().toBuffer(), { token });
    expect(problemOf(answer)).toMatchObject({ status: 403, code: "forbidden" });
    expect((await user.del("/businesses/me/logo")).status).toBe(403);
  });

  it("may be tried 20 times in 5 minutes", async () => {
    const own = await stage.open();
    // What the lax servers of the other tests took does not count here.
    await stage.database.owner`delete from rate_limits`;
    const { url, stop } = await stage.addServer({ REQUEST_LIMITS_FACTOR: "1" });
    const statuses: number[] = [];
    for (let index = 0; index < 21; index += 1)
      statuses.push((await upload(own, Buffer.from("no picture"), { url })).status);
    await stop();
    expect(statuses.filter((status) => status === 422)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
  });
});
