import type { ZohoConfig } from "@fiscalise/shared/api/config.ts";
import { InvoiceViewSchema } from "@fiscalise/shared/api/invoices.ts";
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

describe("a training receipt", () => {
  let school: Business;
  beforeAll(async () => {
    school = await stage.open({ settings: { trainingReceipts: true } });
  });
  const train = (zohoId: string, body: object = {}) => school.api.post(`/invoices/${zohoId}/training`, body);
  const trainRefund = (noteId: string) =>
    school.api.post(`/credit-notes/${noteId}/training`, { refundReason: "06" });
  const paperOf = async ({ id }: { id: string }) => {
    const [page] = readPdf((await school.api.bytes(`/papers/${id}/pdf`)).bytes);
    return textOf(page);
  };

  it("is refused in words while it is off, as it is at first", async () => {
    const [asked, told] = [stage.zoho.calls().length, shop.put()];
    const noteId = putNote(stage, shop, { invoices: [told], total: "11800" });
    for (const path of [`/invoices/${told}/training`, `/credit-notes/${noteId}/training`]) {
      expect(problemOf(await shop.api.post(path, {}))).toMatchObject({ status: 409, code: "training-off" });
    }
    expect(stage.zoho.calls().length).toBe(asked);
    expect((await viewed(shop, told)).papers).toEqual([]);
  });

  it("is switched by an admin, and the audit says from what to what", async () => {
    const own = await stage.open();
    const { body } = await own.api.get("/businesses/me/config");
    const { tin: _tin, logoSha256: _logo, ...config } = body as ConfigBody;
    const policies = { ...config.policies, trainingReceipts: true };
    const company = {
      ...config.company,
      email: "shop@example.rw",
      phone: "+250788123456",
      address: "Kigali",
    };
    const changed = await own.api.put("/businesses/me/config", { ...config, company, policies });
    expect((changed.body as ConfigBody).policies.trainingReceipts).toBe(true);
    const events = (await own.audit()).filter(({ action }) => action === "training-receipts-changed");
    expect(events.map(({ detail }) => detail)).toEqual([{ from: false, to: true }]);
    expect((await viewed(own, own.put())).papers).toEqual(["training"]);
    const { trainingReceipts: _left, ...older } = policies;
    const kept = await own.api.put("/businesses/me/config", { ...config, company, policies: older });
    expect((kept.body as ConfigBody).policies.trainingReceipts).toBe(true);
  });

  it("of an invoice looks like the sale, is marked, and keeps nobody from fiscalising it", async () => {
    const asked = school.device.exchanges().length;
    const zohoId = school.put();
    const view = viewOf(await train(zohoId));
    expect(view).toMatchObject({ kind: "TS", counter: "1 TS", total: "11800", tax: "1800" });
    const text = await paperOf(view);
    expect(text).toContain("TRAINING MODE");
    expect(text).toContain("RECEIPT NUMBER: 1 TS");
    expect(text.split(NO_RECEIPT)).toHaveLength(3);
    expect(text).not.toMatch(OF_A_DEVICE);
    expect(school.device.exchanges()).toHaveLength(asked);
    const before = await viewed(school, zohoId);
    expect(before).toMatchObject({ submission: null, problems: [], papers: ["training"] });
    expect((await school.fiscalise(zohoId)).receipt?.counter).toBe("1/1 NS");
    expect((await viewed(school, zohoId)).papers).toEqual([]);
  });

  it("takes the buyer that was typed, and is refused for what the sale would be", async () => {
    const zohoId = school.put();
    expect(problemOf(await train(zohoId, { customerTin: "999900001" }))).toMatchObject({
      code: "document-refused",
      problems: [{ code: "purchase-code-required" }],
    });
    const typed = viewOf(await train(zohoId, { customerTin: "999900001", purchaseCode: "A1B2C3" }));
    expect(await paperOf(typed)).toContain("Purchase code: A1B2C3");
    const taken = viewOf(await trainRefund(putNote(stage, school, { invoices: [zohoId], total: "11800" })));
    expect(await paperOf(taken)).toContain("Purchase code: A1B2C3");
    expect(problemOf(await train(school.put({ status: "draft" })))).toMatchObject({
      problems: [{ code: "document-not-final" }],
    });
  });

  it("of a credit note takes back the training sale, or the receipt, as a negative paper", async () => {
    const trained = school.put();
    const { counter } = viewOf(await train(trained));
    const sold = school.put();
    const { invoiceNumber } = await school.fiscalise(sold);
    const asked = school.device.exchanges().length;
    const [ofTraining, ofSale] = [trained, sold].map((id) =>
      putNote(stage, school, { invoices: [id], total: "11800" }),
    );
    const first = viewOf(await trainRefund(ofTraining ?? ""));
    expect(first).toMatchObject({ kind: "TR", counter: "2 TR", documentKind: "credit-note" });
    const text = await paperOf(first);
    expect(text).toContain("TRAINING MODE · REFUND");
    expect(text).toContain(`REF. NORMAL RECEIPT#: ${counter}`);
    expect(text).toContain("TOTAL\n-11,800.00");
    expect(text).not.toMatch(OF_A_DEVICE);
    const second = viewOf(await trainRefund(ofSale ?? ""));
    expect(await paperOf(second)).toContain(`REF. NORMAL RECEIPT#: ${invoiceNumber}`);
    expect(school.device.exchanges()).toHaveLength(asked);
    expect(school.device.ledger().filter(({ rcptTyCd }) => rcptTyCd === "R")).toEqual([]);
  });

  it("of a credit note is refused when there is nothing to take back", async () => {
    const noteId = putNote(stage, school, { invoices: [school.put()], total: "11800" });
    expect(problemOf(await trainRefund(noteId))).toMatchObject({
      status: 409,
      code: "training-sale-missing",
    });
    const part = school.put();
    await train(part);
    const partial = putNote(stage, school, { invoices: [part], total: "100" });
    expect(problemOf(await trainRefund(partial))).toMatchObject({
      problems: [{ code: "partial-refund-unsupported" }],
    });
  });
});

interface ConfigBody {
  tin: string;
  logoSha256: string | null;
  company: object;
  policies: { trainingReceipts?: boolean };
}

async function viewed(business: Business, zohoId: string) {
  return InvoiceViewSchema.parse((await business.api.get(`/invoices/${zohoId}`)).body);
}

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
