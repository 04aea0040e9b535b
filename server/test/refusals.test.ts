import { InvoiceViewSchema } from "@fiscalise/shared/api/invoices.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VAT_AND_LEVY, ZERO_RATED } from "../../sandbox/src/zoho/invoice-parts.ts";
import type { InvoiceSpec } from "../../sandbox/src/zoho/invoice-spec.ts";
import { problemOf } from "./api.ts";
import { line, today } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
let shop: Business;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open();
});
afterAll(() => stage.close());

const BAD: [string, Partial<InvoiceSpec>, string[]][] = [
  ["a draft", { status: "draft" }, ["document-not-final"]],
  ["a void invoice", { status: "void" }, ["document-not-final"]],
  ["a date that is tomorrow in Kigali", { date: today(1) }, ["date-in-future"]],
  ["no lines", { lines: [] }, ["no-lines", "total-not-positive"]],
  ["0 % that nobody mapped", { lines: [line({ tax: ZERO_RATED })] }, ["tax-class-unmapped"]],
  ["a tax group", { lines: [line({ tax: VAT_AND_LEVY })] }, ["tax-group-unsupported"]],
  ["US dollars without a rate", { currency: { code: "USD", exchangeRate: null } }, ["exchange-rate-missing"]],
  ["totals that do not add up", { overrides: { total: 99, balance: 99 } }, ["totals-do-not-add-up"]],
  ["a discount after tax", { discount: { value: "100", beforeTax: false } }, ["discount-after-tax"]],
  ["an adjustment of 500 francs", { adjustment: "500" }, ["adjustment-not-fiscalisable"]],
  [
    "a TIN of the wrong form",
    { customFields: { cf_customer_tin: "204567890", cf_purchase_code: "R5N9WB" } },
    ["customer-tin-invalid"],
  ],
  [
    "a TIN without a purchase code",
    { customFields: { cf_customer_tin: "102345678" } },
    ["purchase-code-required"],
  ],
  [
    "a purchase code without a TIN",
    { customFields: { cf_purchase_code: "R5N9WB" } },
    ["purchase-code-without-tin"],
  ],
  ["a reverse charge", { overrides: { reverse_charge_tax_total: 1 } }, ["reverse-charge-unsupported"]],
  ["unreadable numbers", { overrides: { total: "a lot" } }, ["document-unreadable"]],
  [
    "everything at once",
    {
      status: "draft",
      date: today(2),
      currency: { code: "USD", exchangeRate: null },
      customFields: { cf_customer_tin: "204567890" },
      lines: [line({ rate: "-5" }), line({ tax: VAT_AND_LEVY }), line({ tax: ZERO_RATED })],
      overrides: { reverse_charge_tax_total: 5 },
    },
    [
      "document-not-final",
      "line-invalid",
      "exchange-rate-missing",
      "customer-tin-invalid",
      "purchase-code-required",
      "date-in-future",
      "reverse-charge-unsupported",
      "tax-group-unsupported",
      "tax-class-unmapped",
    ],
  ],
];

/** All that accepting a document would have moved. */
async function standing() {
  const { owner } = stage.database;
  const [counts] = await owner`
    select (select count(*) from submissions) as submissions, (select count(*) from attempts) as attempts,
      (select count(*) from audit_events) as events, (select count(*) from freed_numbers) as freed,
      (select count(*) from items where item_code is not null) as codes,
      (select sum(last_item_number) from businesses) as item_numbers,
      (select sum(last_invoice_number) from branches) as invoice_numbers,
      (select count(*) from graphile_worker.jobs where task_identifier = 'drain-device') as jobs`;
  return { ...counts, asked: shop.device.exchanges().length };
}

describe("a document that may not be fiscalised", () => {
  it.each(BAD)(
    "%s: one answer names every reason, and nothing is reserved or sent",
    async (_what, spec, codes) => {
      const zohoId = shop.put(spec);
      const before = await standing();
      const answer = await shop.api.post(`/invoices/${zohoId}/fiscalise`, {}, { "idempotency-key": zohoId });
      const problem = problemOf(answer);
      expect(problem).toMatchObject({ code: "document-refused", status: 422 });
      expect(problem.problems?.map(({ code }) => code)).toEqual(codes);
      for (const { title, detail, remedy } of problem.problems ?? []) {
        for (const words of [title, detail, remedy]) expect(words.length).toBeGreaterThan(3);
      }
      expect(await standing()).toEqual(before);
    },
  );

  it("names the lines each reason concerns", async () => {
    const zohoId = shop.put({
      lines: [line(), line({ tax: ZERO_RATED }), line(), line({ tax: ZERO_RATED })],
    });
    const problem = problemOf(await shop.api.post(`/invoices/${zohoId}/fiscalise`, {}));
    expect(problem.problems).toMatchObject([{ code: "tax-class-unmapped", lines: [2, 4] }]);
  });

  it("shows the same reasons on the page, with the fields a person may type", async () => {
    const zohoId = shop.put({ customFields: { cf_customer_tin: "102345678" } });
    const view = InvoiceViewSchema.parse((await shop.api.get(`/invoices/${zohoId}`)).body);
    expect(view.problems.map(({ code }) => code)).toEqual(["purchase-code-required"]);
    expect(view).toMatchObject({ inputs: ["purchaseCode"], draft: null, submission: null });
    const typed = InvoiceViewSchema.parse(
      (await shop.api.get(`/invoices/${zohoId}?purchaseCode=Ab12Cd`)).body,
    );
    expect(typed.problems).toEqual([]);
    expect(typed.draft?.total).toBe("11800");
  });

  it("is fiscalised once it is mended in Zoho", async () => {
    const draft = { id: "48159999", status: "draft" };
    shop.put(draft);
    expect((await shop.api.post(`/invoices/${draft.id}/fiscalise`, {})).status).toBe(422);
    shop.put({ ...draft, status: "sent" });
    expect(await shop.fiscalise(draft.id)).toMatchObject({ state: "fiscalised" });
  });
});

describe("a business that cannot fiscalise", () => {
  const click = async (other: Business) =>
    problemOf(await other.api.post(`/invoices/${other.put()}/fiscalise`, {}));

  it("because it is inactive hears so", async () => {
    const other = await stage.open();
    await stage.database.owner`update businesses set status = 'inactive' where id = ${other.id}`;
    expect(await click(other)).toMatchObject({ code: "business-inactive", status: 403 });
  });

  it("because its device was never initialised hears so", async () => {
    const other = await stage.open();
    await stage.database.owner`update branches set initialised_on = null where id = ${other.branchId}`;
    expect(await click(other)).toMatchObject({ code: "device-not-set-up", status: 409 });
  });

  it("because it has no organisation hears so", async () => {
    const other = await stage.open({ connected: false });
    expect(await click(other)).toMatchObject({ code: "zoho-not-connected", status: 409 });
  });

  it("because its base currency is not RWF hears so", async () => {
    const other = await stage.open();
    await stage.database
      .owner`update zoho_connections set base_currency = 'USD' where business_id = ${other.id}`;
    expect(await click(other)).toMatchObject({ problems: [{ code: "base-currency-not-rwf" }] });
  });

  it("with VAT because it is not registered hears so", async () => {
    const other = await stage.open({ device: { vatRegistered: false } });
    expect(await click(other)).toMatchObject({ problems: [{ code: "vat-not-registered", lines: [1] }] });
  });
});
