import type { ItemClasses } from "@fiscalise/shared/api/devices.ts";
import type { ItemMapping, TaxMappings } from "@fiscalise/shared/api/mappings.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { taxText } from "../../sandbox/src/zoho/demo-parties.ts";
import { EXEMPT, NO_TAX, VAT, TAXES as ZOHO_TAXES } from "../../sandbox/src/zoho/invoice-parts.ts";
import { createApi, problemOf } from "./api.ts";
import { line } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
let shop: Business;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open({ settings: { defaultItemClasses: {} } });
});
afterAll(() => stage.close());

const ITEMS = "/businesses/me/item-mappings";
const TAXES = "/businesses/me/tax-mappings";
const CLASSES = "/businesses/me/item-classes";
/** Of the quickest of five, also where the machine is busy. */
const TYPING_MS = 300;
const asUser = (business: Business) => createApi(stage.url, stage.token(business, "business_user"));
const itemsOf = async (business: Business, query = "") =>
  (await asUser(business).get(`${ITEMS}${query}`)).body as {
    items: ItemMapping[];
    nextCursor: string | null;
  };

async function addItems(business: Business, names: string[]): Promise<void> {
  for (const [index, name] of names.entries())
    await stage.database.owner`
      insert into items (business_id, key, name, unit)
      values (${business.id}, ${`item:${index + 1}`}, ${name}, 'pcs')`;
}

describe("item mappings", () => {
  it("list general items and every item seen, by name, page by page", async () => {
    const own = await stage.open();
    await addItems(own, ["Tea", "coffee", "Coffee", "Éclair", "100% juice"]);
    const keys: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: ItemMapping[]; nextCursor: string | null } = await itemsOf(
        own,
        `?limit=3${cursor ? `&cursor=${cursor}` : ""}`,
      );
      keys.push(...page.items.map(({ key }) => key));
      cursor = page.nextCursor;
    } while (cursor);
    expect(keys.slice(0, 3)).toEqual(["general:goods", "general:service", "shipping"]);
    expect(new Set(keys).size).toBe(8);
    expect(keys).toHaveLength(8);
    expect((await itemsOf(own, "?search=COFF")).items.map(({ name }) => name)).toEqual(["coffee", "Coffee"]);
    expect((await itemsOf(own, "?search=100%25")).items).toHaveLength(1);
  });

  it("change what a document is refused for, and the audit has old and new", async () => {
    const zohoId = shop.put({ shipping: { charge: "1000", tax: VAT } });
    const before = problemOf(await shop.api.post(`/invoices/${zohoId}/fiscalise`, {}));
    expect(before.problems?.map(({ code }) => code)).toEqual(["item-class-missing"]);
    for (const [key, itemClass] of [
      ["general:goods", "1411150700"],
      ["shipping", "7810180200"],
    ]) {
      const put = await shop.api.put(`${ITEMS}/${key}`, { itemClass });
      expect(put.body).toMatchObject({ key, itemClass, itemClassName: expect.any(String), itemCode: null });
    }
    const sold = await shop.fiscalise(zohoId);
    expect(sold.state).toBe("fiscalised");
    const again = await shop.api.put(`${ITEMS}/shipping`, { itemClass: null });
    expect(again.body).toMatchObject({ itemClass: null, itemCode: expect.stringMatching(/^RW3/) });
    expect((await shop.audit()).filter(({ action }) => action === "item-mapped").at(-1)).toMatchObject({
      subject: "item:shipping",
      detail: { itemClass: null, previousItemClass: "7810180200" },
    });
    expect((await itemsOf(shop, "?unmapped=true")).items.map(({ key }) => key)).toEqual([
      "general:service",
      "shipping",
    ]);
  });

  it("keep the country once it is in an item's code", async () => {
    const own = await stage.open();
    await own.fiscalise(own.put());
    const mapped = await own.api.put(`${ITEMS}/general:goods`, { itemClass: null, country: "KE" });
    expect(problemOf(mapped)).toMatchObject({ status: 409, code: "action-not-allowed" });
    const open = await own.api.put(`${ITEMS}/general:service`, { itemClass: null, country: "KE" });
    expect(open.body).toMatchObject({ country: "KE", kind: "service" });
  });

  it("refuse unknown classes, unknown items, and whoever is no admin", async () => {
    const own = await stage.open();
    const other = await stage.open();
    await addItems(other, ["Tea"]);
    const put = (key: string, body: object, api = own.api) => api.put(`${ITEMS}/${key}`, body);
    const unknown = await put("shipping", { itemClass: "99999999" });
    expect(problemOf(unknown)).toMatchObject({ status: 422, code: "item-class-unknown" });
    for (const key of ["item:1", "item:404", "general:books", "x"])
      expect(problemOf(await put(key, { itemClass: null })).code).toBe("not-found");
    expect((await put("item:1", { itemClass: "5020170600" }, other.api)).status).toBe(200);
    expect(problemOf(await put("shipping", { itemClass: "abc" })).code).toBe("input-invalid");
    expect(problemOf(await put("shipping", {})).code).toBe("input-invalid");
    expect(problemOf(await put("shipping", { itemClass: null }, asUser(own))).code).toBe("forbidden");
    expect((await put("shipping", { itemClass: null }, createApi(stage.url, null))).status).toBe(401);
    for (const query of ["?limit=101", "?limit=0", "?cursor=x", "?cursor=eyJuYW1lIjoxfQ", "?unmapped=yes"])
      expect(problemOf(await own.api.get(`${ITEMS}${query}`)).code).toBe("input-invalid");
  });
});

describe("tax mappings", () => {
  const taxesOf = async (business: Business) =>
    ((await asUser(business).get(TAXES)).body as TaxMappings).items;

  it("join Zoho's taxes with the choices and with what the rules do by themselves", async () => {
    const own = await stage.open({ taxMappings: [{ taxId: EXEMPT.id, taxClass: "A" }] });
    for (const tax of ZOHO_TAXES) stage.zoho.forOrganization(own.organizationId).taxes.put(taxText(tax));
    const rows = (await taxesOf(own)).map((row) => [row.name, row.percentage, row.taxClass, row.byItself]);
    expect(rows).toEqual([
      [null, "0", null, null],
      ["VAT", "18", null, "B"],
      ["Zero Rated", "0", null, null],
      ["Exempt", "0", "A", null],
      ["Tourism Levy", "3", null, null],
      ["VAT and Tourism Levy", "21", null, null],
    ]);
    const wrong = await own.api.patch(TAXES, { mappings: [{ taxId: VAT.id, taxClass: "A" }] });
    expect(problemOf(wrong).code).toBe("tax-class-mismatch");
    const right = await own.api.patch(TAXES, { mappings: [{ taxId: EXEMPT.id, taxClass: "C" }] });
    expect((right.body as TaxMappings).items[3]).toMatchObject({ taxId: EXEMPT.id, taxClass: "C" });
  });

  it("are changed by the tax, audited with old and new, and the next document follows them", async () => {
    const own = await stage.open();
    const zohoId = own.put({ lines: [line({ tax: NO_TAX })] });
    const refused = problemOf(await own.api.post(`/invoices/${zohoId}/fiscalise`, {}));
    expect(refused.problems?.map(({ code }) => code)).toEqual(["tax-class-unmapped"]);
    const put = await own.api.patch(TAXES, { mappings: [{ taxId: null, taxClass: "C" }] });
    expect((put.body as TaxMappings).items[0]).toMatchObject({ taxId: null, taxClass: "C" });
    expect((await own.fiscalise(zohoId)).state).toBe("fiscalised");
    expect((await own.api.patch(TAXES, { mappings: [] })).body).toEqual(put.body);
    for (const _ of ["taken back", "once more"])
      await own.api.patch(TAXES, { mappings: [{ taxId: null, taxClass: null }] });
    const audited = (await own.audit()).filter(({ action }) => action === "taxes-mapped");
    expect(audited).toMatchObject([
      { detail: { mappings: "no tax=C", previousMappings: "" } },
      { detail: { mappings: "", previousMappings: "no tax=C" } },
    ]);
    expect((await taxesOf(own))[0]).toMatchObject({ taxClass: null });
  });

  it("keep each of several choices that come at once", async () => {
    const own = await stage.open();
    for (const tax of ZOHO_TAXES) stage.zoho.forOrganization(own.organizationId).taxes.put(taxText(tax));
    const choices = [
      { taxId: null, taxClass: "C" },
      { taxId: VAT.id, taxClass: "B" },
      { taxId: EXEMPT.id, taxClass: "A" },
    ];
    await Promise.all(choices.map((choice) => own.api.patch(TAXES, { mappings: [choice] })));
    const chosen = (await taxesOf(own)).flatMap(({ taxId, taxClass }) =>
      taxClass ? [{ taxId, taxClass }] : [],
    );
    expect(chosen).toEqual(choices);
  });

  it("refuse a class of another rate, a tax named twice or unknown, and whoever is no admin", async () => {
    const own = await stage.open();
    const put = (mappings: object[], api = own.api) => api.patch(TAXES, { mappings });
    const differs = problemOf(await put([{ taxId: null, taxClass: "B" }]));
    expect(differs).toMatchObject({
      status: 422,
      code: "tax-class-mismatch",
      fields: [{ path: "mappings.0.taxClass" }],
    });
    const twice = [
      { taxId: null, taxClass: "A" },
      { taxId: null, taxClass: "D" },
    ];
    expect(problemOf(await put(twice)).fields).toMatchObject([{ path: "mappings.1.taxId" }]);
    expect(problemOf(await put([{ taxId: "999", taxClass: "A" }])).code).toBe("input-invalid");
    expect(problemOf(await put([{ taxId: null, taxClass: "E" }])).code).toBe("input-invalid");
    expect(problemOf(await put([], asUser(own))).code).toBe("forbidden");
    expect((await put([], createApi(stage.url, null))).status).toBe(401);
  });

  it("show the choices alone without an organisation, and keep one whose tax Zoho no longer has", async () => {
    const own = await stage.open({ connected: false, taxMappings: [{ taxId: "777", taxClass: "A" }] });
    const rows = await taxesOf(own);
    expect(rows.map(({ taxId }) => taxId)).toEqual([null, "777"]);
    expect(rows[1]).toMatchObject({ name: null, percentage: null, taxClass: "A" });
    const other = await own.api.patch(TAXES, { mappings: [{ taxId: null, taxClass: "D" }] });
    const classes = ({ body }: typeof other) => (body as TaxMappings).items.map(({ taxClass }) => taxClass);
    expect(classes(other)).toEqual(["D", "A"]);
    const back = await own.api.patch(TAXES, { mappings: [{ taxId: "777", taxClass: null }] });
    expect(classes(back)).toEqual(["D"]);
    const again = await own.api.patch(TAXES, { mappings: [{ taxId: "777", taxClass: null }] });
    expect([again.status, classes(again)]).toEqual([200, ["D"]]);
  });
});

describe("the official item classes", () => {
  const search = async (text: string, limit = 50) =>
    (
      (await asUser(shop).get(`${CLASSES}?search=${encodeURIComponent(text)}&limit=${limit}`))
        .body as ItemClasses
    ).items;

  it("are found by the beginning of the code, or by all words of the name in any case and order", async () => {
    expect((await search("50201")).map(({ code }) => code)).toEqual(["5020170600", "5020171300"]);
    expect(await search("tea BAGS")).toEqual([
      { code: "5020171300", name: "Tea bags", level: 5, taxClass: "B" },
    ]);
    expect(await search("bags tea")).toHaveLength(1);
    expect(await search("50%")).toEqual([]);
    expect(await search("o", 7)).toHaveLength(7);
  });

  it("of one business's device are its own", async () => {
    const other = await stage.open({ setUp: false });
    expect((await asUser(other).get(`${CLASSES}?search=tea`)).body).toEqual({ items: [] });
    for (const query of ["", "?search=", "?search=%20", "?search=tea&limit=51"])
      expect(problemOf(await shop.api.get(`${CLASSES}${query}`)).code).toBe("input-invalid");
    expect((await createApi(stage.url, null).get(`${CLASSES}?search=tea`)).status).toBe(401);
  });

  it("come while one types, from a table of 30,000", async () => {
    const own = await stage.open();
    const [branch] = await stage.database.owner`select id from branches where business_id = ${own.id}`;
    await stage.database.owner`
      insert into item_classes (business_id, branch_id, code, name, in_use)
      select ${own.id}, ${branch?.id}, (1000000000 + n)::text, 'Commodity of group ' || n || ' for use in test', true
      from generate_series(1, 30000) n on conflict do nothing`;
    await stage.database.owner`analyze item_classes`;
    const api = asUser(own);
    for (const text of ["10000123", "use commodity 29999", "nothing like it", "a"]) {
      const times: number[] = [];
      for (let index = 0; index < 5; index += 1) {
        const started = performance.now();
        expect((await api.get(`${CLASSES}?search=${encodeURIComponent(text)}`)).status).toBe(200);
        times.push(performance.now() - started);
      }
      expect(Math.min(...times), text).toBeLessThan(TYPING_MS);
    }
  });
});

describe("the device's codes", () => {
  it("are those of one class, in use", async () => {
    const codes = (await asUser(shop).get("/businesses/me/device-codes/10")).body as ItemClasses;
    expect(codes.items).toContainEqual({ code: "U", name: expect.any(String) });
    expect((await asUser(shop).get("/businesses/me/device-codes/99")).body).toEqual({ items: [] });
    expect((await shop.api.get("/businesses/me/device-codes/x")).status).toBe(404);
  });
});
