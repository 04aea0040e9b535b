import type { CustomFields } from "@fiscalise/shared/api/setup.ts";
import { LANGUAGES } from "@fiscalise/shared/problem.ts";
import { wordsOfComplaint } from "@fiscalise/shared/words/complaints.ts";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createApi, problemOf } from "./api.ts";
import { STEP } from "./device-steps.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";
import { connectBooks } from "./zoho-consent.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterEach(() => stage.zoho.behave("up"));
afterAll(() => stage.close());

const NONE: CustomFields = { buyerTin: null, purchaseCode: null, contactTin: null };
const ALL: CustomFields = {
  buyerTin: "cf_customer_tin",
  purchaseCode: "cf_purchase_code",
  contactTin: "cf_custtin",
};
const FIELDS = "/businesses/me/zoho-config/fields";
const CONFIG = "/businesses/me/config";

const books = ({ organizationId }: Business) => stage.zoho.forOrganization(organizationId);
const asked = ({ organizationId }: Business) =>
  stage.zoho.calls().filter(({ path }) => path.includes("/settings/fields") && path.includes(organizationId))
    .length;
const field = (api_name: string, more: object = {}) =>
  JSON.stringify({
    ...{ field_id: `5${api_name.length}${api_name}`, label: `Label of ${api_name}`, api_name },
    ...{ entity: "invoice", data_type: "string", is_active: true, ...more },
  });
const stored = async (shop: Business) => (await shop.api.get(CONFIG)).body as { customFields: CustomFields };
const three = (shop: Business, customFields: CustomFields, headers: Record<string, string> = {}) =>
  shop.api.post(STEP(3), { customFields }, headers);
const change = (shop: Business, customFields: CustomFields, headers: Record<string, string> = {}) =>
  shop.api.patch(CONFIG, { customFields }, headers);
const actions = async (shop: Business) => (await shop.audit()).map(({ action }) => action);

describe("the fields to choose from", () => {
  it("are those of the organisation that can carry a text, by their labels, as they are at this moment", async () => {
    const shop = await stage.open();
    const read = async () => (await shop.api.get(FIELDS)).body;
    const own = {
      invoice: [
        { apiName: "cf_customer_tin", label: "Customer TIN" },
        { apiName: "cf_purchase_code", label: "Purchase Code" },
      ],
      contact: [{ apiName: "cf_custtin", label: "TIN" }],
    };
    expect(await read()).toEqual(own);
    books(shop).fields.put(field("cf_off", { is_active: false }));
    books(shop).fields.put(field("cf_paid", { data_type: "check_box" }));
    books(shop).fields.put(field("cf_note_tin", { entity: "creditnote" }));
    expect(await read()).toEqual(own);
    books(shop).fields.put(field("cf__com_tax_tin", { data_type: "number" }));
    expect((await read()) as object).toMatchObject({
      invoice: [...own.invoice, { apiName: "cf__com_tax_tin", label: "Label of cf__com_tax_tin" }],
    });
  });

  it("are an admin's to see, of their own organisation alone", async () => {
    const [shop, other] = [await stage.open(), await stage.open()];
    books(other).fields.put(field("cf_of_the_other"));
    expect((await shop.api.get(FIELDS)).text).not.toContain("cf_of_the_other");
    const user = createApi(stage.url, stage.token(shop, "business_user"));
    expect(problemOf(await user.get(FIELDS))).toMatchObject({ status: 403, code: "forbidden" });
    expect((await createApi(stage.url, null).get(FIELDS)).status).toBe(401);
    expect(await actions(shop)).toContain("access-refused");
  });

  it("are not known without an organisation, while Zoho is away, or after the grant was lost", async () => {
    const shop = await stage.open();
    const alone = await stage.open({ connected: false });
    expect(problemOf(await alone.api.get(FIELDS))).toMatchObject({ status: 409, code: "zoho-not-connected" });
    stage.zoho.behave({ kind: "http", status: 503, match: "/settings/fields" });
    expect(problemOf(await shop.api.get(FIELDS))).toMatchObject({ status: 503, code: "zoho-unavailable" });
    stage.zoho.behave("up");
    await stage.database.owner`update zoho_connections set status = 'lost' where business_id = ${shop.id}`;
    expect(problemOf(await shop.api.get(FIELDS))).toMatchObject({ status: 409, code: "zoho-grant-lost" });
  });
});

describe.each([
  ["step 3", three],
  ["the configuration", change],
] as const)("%s", (_where, send) => {
  it.each([
    ["buyerTin", "cf_custumer_tin", "a name with a slip"],
    ["purchaseCode", "cf_custtin", "a contact's field"],
    ["contactTin", "cf_customer_tin", "an invoice's field"],
    ["buyerTin", "cf_off", "a field switched off"],
    ["purchaseCode", "cf_paid", "a check box"],
    ["contactTin", "cf_of_another", "another business's field"],
  ] as const)(
    "refuses as %s %s, %s, in the asker's language, and stores nothing",
    async (name, apiName, _what) => {
      const [shop, other] = [await stage.open(), await stage.open()];
      books(shop).fields.put(field("cf_off", { is_active: false }));
      books(shop).fields.put(field("cf_paid", { data_type: "check_box" }));
      books(other).fields.put(field("cf_of_another", { entity: "contact" }));
      const before = [await stored(shop), await actions(shop)];
      for (const language of LANGUAGES) {
        const answer = await send(shop, { ...ALL, [name]: apiName }, { "accept-language": language });
        const problem = problemOf(answer);
        expect(problem).toMatchObject({ status: 400, code: "input-invalid" });
        const complaint = { path: `customFields.${name}`, code: "no-such-field" } as const;
        expect(problem.fields).toEqual([{ ...complaint, message: wordsOfComplaint(complaint, language) }]);
      }
      expect([await stored(shop), await actions(shop)]).toEqual(before);
    },
  );

  it("takes none without asking Zoho, which may be away, and one only from its answer", async () => {
    const shop = await stage.open();
    const count = asked(shop);
    stage.zoho.behave({ kind: "down", match: "/settings/fields" });
    expect((await send(shop, NONE)).status).toBe(200);
    expect(asked(shop)).toBe(count);
    expect(problemOf(await send(shop, ALL))).toMatchObject({ status: 503, code: "zoho-unavailable" });
    expect((await stored(shop)).customFields).toEqual(NONE);
    stage.zoho.behave("up");
    expect((await send(shop, ALL)).status).toBe(200);
    expect((await stored(shop)).customFields).toEqual(ALL);
  });

  it("keeps nothing that was judged by the fields of an organisation let go meanwhile", async () => {
    const [shop, other] = [await stage.open(), await stage.open({ connected: false })];
    expect((await send(shop, NONE)).status).toBe(200);
    books(shop).fields.put(field("cf_here_alone"));
    stage.zoho.behave({ kind: "slow", delayMs: 500, match: `organization_id=${shop.organizationId}` });
    const count = asked(shop);
    const sending = send(shop, { ...NONE, buyerTin: "cf_here_alone" });
    await until("Zoho is asked", async () => asked(shop) > count);
    await connectBooks(stage, { ...shop, zohoUserId: other.zohoUserId });
    // The second where the old grant ended before Zoho answered: then the other organisation's fields were asked for.
    expect(["already-under-way", "input-invalid"]).toContain(problemOf(await sending).code);
    expect((await stored(shop)).customFields).toEqual(NONE);
  });
});

describe("the configuration's other parts", () => {
  it("are changed while Zoho is away, with the names that stood before, also of a field deleted since", async () => {
    const shop = await stage.open();
    for (const text of books(shop).fields.list()) books(shop).fields.remove(JSON.parse(text).field_id);
    stage.zoho.behave({ kind: "down", match: "/settings/fields" });
    const company = { name: "Ubumwe Traders Ltd" };
    expect((await shop.api.patch(CONFIG, { company, customFields: ALL })).status).toBe(200);
    expect((await shop.api.get("/businesses/me")).body).toMatchObject(company);
  });
});
