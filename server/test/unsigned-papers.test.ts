import { PaperViewSchema } from "@fiscalise/shared/api/papers.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPdf, textOf } from "../src/pdf/testing/read-pdf.ts";
import { problemOf, type Reply } from "./api.ts";
import { line } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { proformaOf } from "./papers.ts";

let stage: Stage;
let shop: Business;
let other: Business;
beforeAll(async () => {
  stage = await startStage();
  [shop, other] = [await stage.open(), await stage.open()];
});
afterAll(() => stage.close());

const viewOf = ({ body }: Reply) => PaperViewSchema.parse(body);
const proforma = (zohoId: string, by = shop) => by.api.post(`/invoices/${zohoId}/proforma`);
const wordsOf = async (id: string, query = "") => {
  const { bytes } = await shop.api.bytes(`/papers/${id}/pdf${query}`);
  return readPdf(bytes).map(textOf).join("\n");
};
const NO_RECEIPT = "THIS IS NOT AN OFFICIAL RECEIPT";
const OF_A_DEVICE = /SDC|MRC|Internal Data|Signature/;

describe("a proforma", () => {
  it("of a draft says what the sale will come to, twice that it is no receipt, and nothing of a device", async () => {
    const zohoId = shop.put({ status: "draft", customFields: { cf_customer_tin: "123456789" } });
    const made = await proforma(zohoId);
    expect(made.status).toBe(201);
    const view = viewOf(made);
    expect(view).toMatchObject({ kind: "PS", total: "11800", tax: "1800", documentKind: "invoice" });
    for (const query of ["", "?paper=roll"]) {
      const text = await wordsOf(view.id, query);
      expect(text).toContain("PROFORMA");
      expect(text).toContain("TIN: 123456789");
      expect(text).toContain(`RECEIPT NUMBER: ${view.counter}`);
      expect(text).toContain("TOTAL TAX B\n1,800.00");
      expect(text.split(NO_RECEIPT)).toHaveLength(3);
      expect(text).not.toMatch(OF_A_DEVICE);
      expect(text).not.toContain("Payment method");
    }
    const [page] = readPdf((await shop.api.bytes(`/papers/${view.id}/pdf`)).bytes);
    expect(page?.rectangles).toEqual([]);
  });

  it("has the sums of the sale that follows", async () => {
    const lines = [line({ rate: "333.33", quantity: "3" }), line({ name: "Honey", rate: "1234.5" })];
    const zohoId = shop.put({ status: "draft", lines });
    const { total, tax } = viewOf(await proforma(zohoId));
    const sold = await shop.fiscalise(shop.put({ id: zohoId, lines }));
    expect(sold.receipt).toMatchObject({ total, tax });
  });

  it("made again of the same draft is the same paper, of a changed one a new number", async () => {
    const zohoId = shop.put({ status: "draft" });
    const [one, ...same] = await Promise.all([1, 2, 3].map(() => proforma(zohoId)));
    expect(new Set([one, ...same].map((reply) => viewOf(reply as Reply).id)).size).toBe(1);
    const first = viewOf(one as Reply);
    shop.put({ id: zohoId, number: first.documentNumber, status: "draft", lines: [line({ quantity: "3" })] });
    const changed = viewOf(await proforma(zohoId));
    expect(numberOf(changed.counter)).toBe(numberOf(first.counter) + 1);
    expect(changed.total).toBe("17700");
    const events = (await shop.audit()).filter(({ action }) => action === "unsigned-paper-made");
    expect(events.map(({ subject }) => subject)).toContain(`paper:${changed.id}`);
    expect(events.filter(({ subject }) => subject === `paper:${first.id}`)).toHaveLength(1);
  });

  it("renders to the same bytes after the business, its logo and the invoice changed", async () => {
    const zohoId = shop.put({ status: "draft" });
    const { id } = viewOf(await proforma(zohoId));
    const before = await shop.api.bytes(`/papers/${id}/pdf`);
    await stage.database.owner`update businesses set name = 'Somebody Else Ltd' where id = ${shop.id}`;
    shop.put({ id: zohoId, status: "draft", lines: [line({ quantity: "9" })] });
    const after = await shop.api.bytes(`/papers/${id}/pdf`);
    await stage.database.owner`update businesses set name = 'Shop 0 Ltd' where id = ${shop.id}`;
    expect(after.bytes.equals(before.bytes)).toBe(true);
  });

  it("is refused for an invoice that was sent, and for a void one", async () => {
    const refused = problemOf(await proforma(shop.put({ status: "sent" })));
    expect(refused).toMatchObject({ status: 409, code: "proforma-of-issued" });
    expect(problemOf(await proforma(shop.put({ status: "void" })))).toMatchObject({
      code: "document-refused",
      problems: [{ code: "document-not-final" }],
    });
  });

  it("is refused for every reason the sale would be", async () => {
    const zohoId = shop.put({
      status: "draft",
      customFields: { cf_customer_tin: "12" },
      lines: [line({ name: "", quantity: "1" })],
    });
    const { status, code, problems } = problemOf(await proforma(zohoId));
    expect([status, code]).toEqual([422, "document-refused"]);
    expect(problems?.map((problem) => problem.code)).toEqual(["line-invalid", "customer-tin-invalid"]);
  });
});

describe("unsigned papers", () => {
  it("ask no device, count nowhere, and leave the invoice and its numbers as they were", async () => {
    const quiet = await stage.open();
    const state = async () => {
      const [branch] = await stage.database.owner`
        select last_invoice_number from branches where business_id = ${quiet.id}`;
      const [items] = await stage.database
        .owner`select last_item_number from businesses where id = ${quiet.id}`;
      const figures = await quiet.api.get("/businesses/me/reports/x");
      const { submissions } = (await quiet.api.get("/submissions")).body as { submissions: unknown[] };
      return { branch, items, figures: (figures.body as { figures: unknown }).figures, submissions };
    };
    const before = await state();
    const asked = quiet.device.exchanges().length;
    const zohoId = quiet.put({ status: "draft" });
    await proforma(zohoId, quiet);
    expect(quiet.device.exchanges()).toHaveLength(asked);
    expect(await state()).toEqual(before);
    const [queued] = await stage.database.owner`
      select count(*)::int as rows from write_backs where business_id = ${quiet.id}`;
    expect(queued?.rows).toBe(0);
    const told = stage.zoho.calls().filter(({ path, method }) => method !== "GET" && path.includes(zohoId));
    expect(told).toEqual([]);
    expect((await quiet.fiscalise(zohoIdSent(quiet, zohoId))).receipt?.counter).toBe("1/1 NS");
  });

  it("of another business are answered as none", async () => {
    const id = await proformaOf(other);
    expect(problemOf(await shop.api.get(`/papers/${id}/pdf`))).toMatchObject({
      status: 404,
      code: "not-found",
    });
    expect(problemOf(await shop.api.get("/papers/x/pdf"))).toMatchObject({ status: 404, code: "not-found" });
    expect(problemOf(await shop.api.get(`/papers/${id}/pdf?paper=a5`))).toMatchObject({
      code: "input-invalid",
    });
  });
});

function numberOf(counter: string): number {
  return Number(counter.split(" ")[0]);
}

function zohoIdSent(business: Business, zohoId: string): string {
  return business.put({ id: zohoId, status: "sent" });
}
