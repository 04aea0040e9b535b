import type { ZohoConfig } from "@fiscalise/shared/api/config.ts";
import { PaperViewSchema } from "@fiscalise/shared/api/papers.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPdf, textOf } from "../src/pdf/testing/read-pdf.ts";
import { problemOf, type Reply } from "./api.ts";
import { putNote } from "./credit-notes.ts";
import { line } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { proformaOf, putEstimate } from "./papers.ts";
import { connectBooks } from "./zoho-consent.ts";

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

describe("a proforma of an estimate", () => {
  const ofEstimate = (zohoId: string) => shop.api.post(`/estimates/${zohoId}/proforma`);

  it("says what the invoice made of it will be signed for", async () => {
    const lines = [
      line({ rate: "333.33", quantity: "3", discount: "10%" }),
      line({ name: "Honey", rate: "99.9" }),
    ];
    const estimate = putEstimate(stage, shop, { lines, customFields: { cf_customer_tin: "123456789" } });
    const asked = shop.device.exchanges().length;
    const view = viewOf(await ofEstimate(estimate));
    expect(view).toMatchObject({ kind: "PS", documentKind: "estimate", zohoDocumentId: estimate });
    const text = await wordsOf(view.id);
    expect(text).toContain("PROFORMA");
    expect(text).toContain(view.documentNumber);
    expect(text).toContain("TIN: 123456789");
    expect(text).not.toMatch(OF_A_DEVICE);
    expect(shop.device.exchanges()).toHaveLength(asked);
    expect((await shop.fiscalise(shop.put({ lines }))).receipt).toMatchObject({
      total: view.total,
      tax: view.tax,
    });
    expect(viewOf(await ofEstimate(estimate)).id).toBe(view.id);
  });

  it("counts in one row with those of drafts", async () => {
    const first = viewOf(await ofEstimate(putEstimate(stage, shop)));
    const second = viewOf(await proforma(shop.put({ status: "draft" })));
    expect(numberOf(second.counter)).toBe(numberOf(first.counter) + 1);
  });

  it("is refused for what the sale would be, and answered as none where there is none", async () => {
    const broken = putEstimate(stage, shop, { lines: [line({ name: "" })] });
    expect(problemOf(await ofEstimate(broken))).toMatchObject({
      code: "document-refused",
      problems: [{ code: "line-invalid" }],
    });
    expect(problemOf(await ofEstimate("48150000000999999999"))).toMatchObject({
      status: 404,
      code: "zoho-document-not-found",
    });
  });

  it("asks for a new connection where Zoho was not asked for estimates", async () => {
    const old = await stage.open({ connected: false });
    await connectBooks(stage, old, (scope) => scope !== "ZohoBooks.estimates.READ");
    const { organization } = (await old.api.get("/businesses/me/zoho-config")).body as ZohoConfig;
    expect(organization?.missingScopes).toEqual(["ZohoBooks.estimates.READ"]);
    const estimate = putEstimate(stage, old);
    expect(problemOf(await old.api.post(`/estimates/${estimate}/proforma`))).toMatchObject({
      status: 409,
      code: "zoho-scope-missing",
    });
  });
});

describe("unsigned papers", () => {
  it("ask no device, write nothing to Zoho, and count nowhere", async () => {
    const quiet = await stage.open({ settings: { trainingReceipts: true } });
    const [draft, sent, estimate] = [quiet.put({ status: "draft" }), quiet.put(), putEstimate(stage, quiet)];
    const noteId = putNote(stage, quiet, { invoices: [sent], total: "11800" });
    const [before, asked] = [await countedOf(quiet), quiet.device.exchanges().length];
    const made = [
      await quiet.api.post(`/invoices/${draft}/proforma`),
      await quiet.api.post(`/estimates/${estimate}/proforma`),
      await quiet.api.post(`/invoices/${sent}/training`, {}),
      await quiet.api.post(`/credit-notes/${noteId}/training`, { refundReason: "06" }),
    ];
    expect(made.map((reply) => viewOf(reply).counter)).toEqual(["1 PS", "2 PS", "1 TS", "1 TR"]);
    expect(quiet.device.exchanges()).toHaveLength(asked);
    const own = stage.zoho.calls().filter(({ path }) => path.includes(quiet.organizationId));
    expect(own.filter(({ method }) => method !== "GET")).toEqual([]);
    expect(await countedOf(quiet)).toEqual(before);
    expect((await quiet.fiscalise(sent)).receipt?.counter).toBe("1/1 NS");
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

/** What a receipt would have moved. */
async function countedOf({ id, api }: Business) {
  const { owner } = stage.database;
  const rows = await owner`
    select (select last_invoice_number from branches where business_id = b.id), b.last_item_number,
      (select count(*) from submissions where business_id = b.id) as submissions,
      (select count(*) from receipts where business_id = b.id) as receipts,
      (select count(*) from write_backs where business_id = b.id) as write_backs,
      (select count(*) from item_registrations where business_id = b.id) as registrations
    from businesses b where b.id = ${id}`;
  const { figures } = (await api.get("/businesses/me/reports/x")).body as { figures: unknown };
  const { submissions } = (await api.get("/submissions")).body as { submissions: unknown };
  return { rows: [...rows], figures, submissions };
}

function numberOf(counter: string): number {
  return Number(counter.split(" ")[0]);
}
