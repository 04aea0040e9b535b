import { InvoiceViewSchema } from "@fiscalise/shared/api/invoices.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InvoiceSpec } from "../../sandbox/src/zoho/invoice-spec.ts";
import { line, today } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { ownLife } from "./life-of.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const viewOf = async (shop: Business, zohoId: string) =>
  InvoiceViewSchema.parse((await shop.api.get(`/invoices/${zohoId}`)).body);

describe("a document changed after it was fiscalised", () => {
  it.each([
    ["another quantity", { lines: [line({ quantity: "3" })] }, ["total", "lines"]],
    ["another name of a line", { lines: [line({ name: "Paper A3" })] }, ["lines"]],
    ["another date", { date: today(-1) }, ["date"]],
    ["another currency", { currency: { code: "USD", exchangeRate: "1300" } }, ["currency"]],
    ["a buyer", { customFields: { cf_customer_tin: "102345678", cf_purchase_code: "Ab12Cd" } }, ["buyer"]],
    ["a draft again", { status: "draft" }, []],
    ["paid meanwhile", { payments: [{ mode: "cash", amount: "11800" }], status: "paid" }, []],
    ["only notes and our own fields", { notes: "x", customFields: { cf_receipt: "1/1 NS" } }, []],
  ] as [string, Partial<InvoiceSpec>, string[]][])(
    "%s: says what changed, and is never sent again",
    async (_what, change, changes) => {
      const shop = await stage.open();
      const zohoId = shop.put();
      const first = await shop.fiscalise(zohoId);
      const number = first.documentNumber;
      shop.put({ id: zohoId, number, ...change });
      const view = await viewOf(shop, zohoId);
      expect(view.changes).toEqual(changes);
      expect(view).toMatchObject({ problems: [], draft: { total: "11800" }, submission: { id: first.id } });
      expect(ownLife(await shop.fiscalise(zohoId))).toEqual(ownLife(first));
      expect(shop.device.ledger()).toHaveLength(1);
    },
  );
});
