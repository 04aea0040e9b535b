import { StatsSchema } from "@fiscalise/shared/api/figures.ts";
import { InvoiceViewSchema } from "@fiscalise/shared/api/invoices.ts";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { fieldTexts } from "../../sandbox/src/zoho/invoice-parts.ts";
import { problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";
import { deliver, payloadOf, webhookOf } from "./webhook.ts";
import { connectBooks } from "./zoho-consent.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterEach(() => stage.zoho.behave("up"));
afterAll(() => stage.close());

const B2B = { customFields: { cf_customer_tin: "101234567", cf_purchase_code: "K7P2QX" } };
const fieldsOf = ({ organizationId }: Business) => stage.zoho.forOrganization(organizationId).fields;
const remove = (shop: Business, apiName: string) => {
  const text = fieldsOf(shop)
    .list()
    .find((each) => JSON.parse(each).api_name === apiName);
  fieldsOf(shop).remove(JSON.parse(text ?? "{}").field_id);
};
const restore = (shop: Business) => {
  for (const text of fieldTexts()) fieldsOf(shop).put(text);
};
/** Questions for the organisation's fields. */
const asked = ({ organizationId }: Business) =>
  stage.zoho.calls().filter(({ path }) => path.includes("/settings/fields") && path.includes(organizationId))
    .length;
const reasons = async (shop: Business, zohoId: string) => {
  const { body } = await shop.api.get(`/invoices/${zohoId}`);
  return InvoiceViewSchema.parse(body).problems.map(({ code }) => code);
};
/** As if the last answers were so old. */
const age = (shop: Business, interval: string) => stage.database.owner`
  update zoho_automation set tin_fields = (
    select jsonb_object_agg(key, value || jsonb_build_object('at',
      to_char(((value ->> 'at')::timestamptz - ${interval}::interval) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
    from jsonb_each(tin_fields))
  where business_id = ${shop.id}`;

describe.each(["cf_customer_tin", "cf_custtin"])("while the field %s is gone", (apiName) => {
  it("a document without a TIN is refused and sent nowhere; it goes when the field is back", async () => {
    const shop = await stage.open();
    remove(shop, apiName);
    const zohoId = shop.put();
    expect(await reasons(shop, zohoId)).toEqual(["tin-field-missing"]);
    const refused = problemOf(await shop.api.post(`/invoices/${zohoId}/fiscalise`, {}));
    expect(refused).toMatchObject({ status: 422, code: "document-refused" });
    expect(refused.problems?.map(({ code }) => code)).toEqual(["tin-field-missing"]);
    expect(shop.device.ledger()).toHaveLength(0);
    restore(shop);
    await age(shop, "61 seconds");
    expect(await reasons(shop, zohoId)).toEqual([]);
    expect((await shop.fiscalise(zohoId)).state).toBe("fiscalised");
  });
});

describe("while a field of the TIN is gone", () => {
  it("one with a TIN goes, from the document or typed; what was signed before is shown as ever", async () => {
    const shop = await stage.open();
    const before = shop.put();
    await shop.fiscalise(before);
    remove(shop, "cf_custtin");
    await age(shop, "2 hours");
    expect((await shop.fiscalise(shop.put(B2B))).state).toBe("fiscalised");
    const entry = { customerTin: "101234567", purchaseCode: "M3T8ZD" };
    const typed = await shop.fiscalise(shop.put(), entry);
    expect(typed.state).toBe("fiscalised");
    stage.zoho.behave({ kind: "down", match: "/settings/fields" });
    await age(shop, "2 hours");
    expect((await shop.api.get(`/invoices/${before}`)).status).toBe(200);
  });

  it("it is one switched off too", async () => {
    const shop = await stage.open();
    const [tin = ""] = fieldTexts();
    fieldsOf(shop).put(JSON.stringify({ ...JSON.parse(tin), is_active: false }));
    expect(await reasons(shop, shop.put())).toEqual(["tin-field-missing"]);
  });

  it("the overview says so, until another is chosen or it is seen again", async () => {
    const shop = await stage.open();
    const attention = async () => {
      const { body } = await shop.api.get("/businesses/me/stats");
      return StatsSchema.parse(body).attention.map(({ kind }) => kind);
    };
    await shop.fiscalise(shop.put());
    remove(shop, "cf_custtin");
    expect(await attention()).toEqual([]);
    await shop.api.get("/businesses/me/zoho-config/fields");
    expect(await attention()).toEqual(["tin-field-missing"]);
    expect(await reasons(shop, shop.put())).toEqual(["tin-field-missing"]);
    restore(shop);
    await shop.api.get("/businesses/me/zoho-config/fields");
    expect(await attention()).toEqual([]);
    expect(await reasons(shop, shop.put())).toEqual([]);
    remove(shop, "cf_custtin");
    await shop.api.get("/businesses/me/zoho-config/fields");
    const customFields = { buyerTin: "cf_customer_tin", purchaseCode: null, contactTin: null };
    await shop.api.post("/businesses/me/setup/step3", { customFields });
    expect(await attention()).toEqual([]);
  });

  it("another is chosen, or none, and the document goes at once", async () => {
    const shop = await stage.open();
    remove(shop, "cf_customer_tin");
    const zohoId = shop.put();
    expect(await reasons(shop, zohoId)).toEqual(["tin-field-missing"]);
    const customFields = { buyerTin: null, purchaseCode: "cf_purchase_code", contactTin: "cf_custtin" };
    expect((await shop.api.post("/businesses/me/setup/step3", { customFields })).status).toBe(200);
    expect(await reasons(shop, zohoId)).toEqual([]);
  });

  it("the automation holds its documents back, and they go by themselves", async () => {
    const shop = await stage.open({ settings: { autoFiscalise: "on-sent" } });
    const hook = await webhookOf(stage, shop);
    for (const text of fieldsOf(shop).list()) fieldsOf(shop).remove(JSON.parse(text).field_id);
    const zohoId = shop.put();
    await deliver(stage, hook, payloadOf(zohoId));
    const becomes = (state: string) =>
      until(`it is ${state}`, async () => {
        const [row] = await stage.database.owner`
          select state, codes from automated_documents where document_id = ${zohoId}`;
        return row?.state === state && row;
      });
    expect(await becomes("waiting")).toMatchObject({ codes: ["tin-field-missing"] });
    restore(shop);
    await age(shop, "61 seconds");
    await stage.database.owner`
      update graphile_worker._private_jobs set run_at = now() where payload ->> 'documentId' = ${zohoId}`;
    await becomes("fiscalised");
  });
});

describe("whether the fields are there", () => {
  it("is asked once an hour at most, and only of documents that do not say it themselves", async () => {
    const shop = await stage.open();
    const count = asked(shop);
    const empty = [{ api_name: "cf_customer_tin", value: "" }];
    const listed = { custom_fields: empty, customer_custom_field_hash: { cf_custtin: "" } };
    await shop.fiscalise(shop.put({ overrides: listed }));
    await shop.fiscalise(shop.put(B2B));
    expect(asked(shop)).toBe(count);
    await shop.fiscalise(shop.put());
    expect(asked(shop)).toBe(count + 2);
    await age(shop, "59 minutes");
    await shop.fiscalise(shop.put());
    expect(asked(shop)).toBe(count + 2);
    remove(shop, "cf_customer_tin");
    await age(shop, "2 minutes");
    expect(await reasons(shop, shop.put())).toEqual(["tin-field-missing"]);
  });

  it("is as Zoho said it last while it does not say, and asked again in a minute", async () => {
    const shop = await stage.open();
    await shop.fiscalise(shop.put());
    await age(shop, "2 hours");
    stage.zoho.behave({ kind: "http", status: 503, match: "/settings/fields" });
    expect((await shop.fiscalise(shop.put())).state).toBe("fiscalised");
    const count = asked(shop);
    expect((await shop.fiscalise(shop.put())).state).toBe("fiscalised");
    expect(asked(shop)).toBe(count);
    await age(shop, "61 seconds");
    stage.zoho.behave("up");
    remove(shop, "cf_customer_tin");
    expect(await reasons(shop, shop.put())).toEqual(["tin-field-missing"]);
    stage.zoho.behave({ kind: "http", status: 503, match: "/settings/fields" });
    await age(shop, "61 seconds");
    const answer = await shop.api.post(`/invoices/${shop.put()}/fiscalise`, {});
    expect(problemOf(answer)).toMatchObject({ status: 503, code: "zoho-unavailable" });
  });

  it("is not guessed where Zoho never said it: nothing is signed", async () => {
    const shop = await stage.open();
    stage.zoho.behave({ kind: "http", status: 503, match: "/settings/fields" });
    const answer = await shop.api.post(`/invoices/${shop.put()}/fiscalise`, {});
    expect(problemOf(answer)).toMatchObject({ status: 503, code: "zoho-unavailable" });
    expect(shop.device.ledger()).toHaveLength(0);
  });

  it("of one organisation says nothing of another", async () => {
    const [shop, other] = [await stage.open(), await stage.open({ connected: false })];
    await shop.fiscalise(shop.put());
    remove(other, "cf_custtin");
    await connectBooks(stage, { ...shop, zohoUserId: other.zohoUserId });
    const [row] = await stage.database.owner`
      select tin_fields from zoho_automation where business_id = ${shop.id}`;
    expect(row).toEqual({ tin_fields: {} });
  });
});

it("a field we made is read by its new name when it is made again", async () => {
  const shop = await stage.open({
    settings: { customFields: { buyerTin: null, purchaseCode: null, contactTin: null } },
  });
  for (const text of fieldsOf(shop).list()) fieldsOf(shop).remove(JSON.parse(text).field_id);
  const made = async () => {
    const { status } = await shop.api.post("/businesses/me/zoho-config/parts");
    const { body } = await shop.api.get("/businesses/me/config");
    return { status, ...(body as { customFields: object }).customFields };
  };
  expect(await made()).toMatchObject({ status: 200, contactTin: "cf_customer_tin" });
  remove(shop, "cf_customer_tin");
  fieldsOf(shop).put(
    JSON.stringify({
      ...{ field_id: "77", label: "Customer TIN", api_name: "cf_customer_tin_2" },
      ...{ entity: "contact", data_type: "string", is_active: true },
    }),
  );
  expect(await made()).toMatchObject({ status: 200, contactTin: "cf_customer_tin_2" });
});
