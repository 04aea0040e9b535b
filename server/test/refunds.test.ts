import { CreditNoteViewSchema } from "@fiscalise/shared/api/credit-notes.ts";
import { InvoiceViewSchema } from "@fiscalise/shared/api/invoices.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf, type Reply } from "./api.ts";
import { putNote, refund } from "./credit-notes.ts";
import { today } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";

const TOTAL = "11800";
let stage: Stage;
let shop: Business;
beforeAll(async () => {
  stage = await startStage({ answerWithinMs: 1_000 });
  shop = await stage.open();
});
afterAll(() => stage.close());

const codesOf = (reply: Reply) => problemOf(reply).problems?.map(({ code }) => code);
const view = async (business: Business, id: string, query = "") =>
  CreditNoteViewSchema.parse((await business.api.get(`/credit-notes/${id}${query}`)).body);
const invoiceView = async (business: Business, id: string) =>
  InvoiceViewSchema.parse((await business.api.get(`/invoices/${id}`)).body);

async function sold(business = shop, spec = {}): Promise<string> {
  const id = business.put(spec);
  await business.fiscalise(id, {}, ["fiscalised"]);
  return id;
}

describe("a refund", () => {
  it("of the whole is signed by the device under a number of its own, and both documents show it", async () => {
    const invoiceId = await sold();
    const original = (await invoiceView(shop, invoiceId)).submission;
    const noteId = putNote(stage, shop, { invoices: [invoiceId], total: TOTAL });
    expect(await view(shop, noteId, "?refundReason=09")).toMatchObject({
      problems: [],
      inputs: [],
      partial: null,
      original: { zohoInvoiceId: invoiceId, counter: original?.receipt?.counter, total: TOTAL },
      draft: { total: TOTAL },
    });
    const submission = await refund(shop, noteId, { refundReason: "09" });
    expect(submission).toMatchObject({ state: "fiscalised", documentKind: "credit-note" });
    expect(submission.receipt?.counter).toMatch(/^\d+\/\d+ NR$/);
    expect(Number(submission.invoiceNumber)).toBe(Number(original?.invoiceNumber) + 1);
    const [entry] = shop.device.ledger().filter(({ invcNo }) => invcNo === submission.invoiceNumber);
    expect(entry).toMatchObject({ rcptTyCd: "R" });
    const sent = JSON.parse(shop.device.sales.get(submission.invoiceNumber ?? "")?.requestText ?? "{}");
    expect(sent).toMatchObject({
      orgInvcNo: Number(original?.invoiceNumber),
      rfdRsnCd: "09",
      totAmt: 11_800,
    });
    expect((await invoiceView(shop, invoiceId)).refund).toMatchObject({
      zohoCreditNoteId: noteId,
      state: "fiscalised",
      counter: submission.receipt?.counter,
    });
    expect(await view(shop, noteId)).toMatchObject({ refundReason: "09", submission: { id: submission.id } });
    const audited = (await shop.audit()).filter(({ subject }) => subject === `submission:${submission.id}`);
    expect(audited.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["submission-accepted", "submission-fiscalised"]),
    );
  });

  it("has a PDF and copies of its own, and counts negative in the figures", async () => {
    const business = await stage.open();
    const noteId = putNote(stage, business, { invoices: [await sold(business)], total: TOTAL });
    const { receipt } = await refund(business, noteId);
    const pdf = await business.api.bytes(`/receipts/${receipt?.id}/pdf`);
    expect(pdf.headers.get("content-type")).toBe("application/pdf");
    expect((await business.api.post(`/receipts/${receipt?.id}/copies`)).body).toMatchObject({
      copyNumber: 1,
    });
    const figures = await business.api.get("/businesses/me/stats");
    expect(figures.body).toMatchObject({ today: { receipts: 2, total: "0", vat: "0" } });
  });

  it("asked for five times at once, by two servers, is one", async () => {
    const second = await stage.addServer();
    const noteId = putNote(stage, shop, { invoices: [await sold()], total: TOTAL });
    const before = shop.device.ledger().length;
    const urls = [stage.url(), second.url];
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        fetch(`${urls[index % 2]}/api/v1/credit-notes/${noteId}/fiscalise`, {
          method: "POST",
          headers: { authorization: `Bearer ${stage.token(shop)}`, "content-type": "application/json" },
          body: JSON.stringify({ refundReason: "06" }),
        }).then((answer) => answer.json() as Promise<{ id: string }>),
      ),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    await shop.reaches(answers[0]?.id ?? "", "fiscalised");
    expect(shop.device.ledger().length).toBe(before + 1);
  });

  it("of one receipt by two credit notes at once is one, and the other is refused", async () => {
    const invoiceId = await sold();
    const notes = [1, 2].map(() => putNote(stage, shop, { invoices: [invoiceId], total: TOTAL }));
    const answers = await Promise.all(
      notes.map((id) => shop.api.post(`/credit-notes/${id}/fiscalise`, { refundReason: "06" })),
    );
    const refused = answers.filter(({ status }) => status === 422);
    expect(refused).toHaveLength(1);
    expect(codesOf(refused[0] as Reply)).toEqual(["original-already-refunded"]);
  });

  it("whose answer is lost is sent again as it was, never as another", async () => {
    const noteId = putNote(stage, shop, { invoices: [await sold()], total: TOTAL });
    shop.device.behave({ kind: "lose-answer", times: 1 });
    const before = shop.device.ledger().length;
    const { id } = await refund(shop, noteId, { refundReason: "06" }, ["receipt-missing"]);
    expect(shop.device.ledger().length).toBe(before + 1);
    expect((await shop.submission(id)).actions).toEqual(["adopt"]);
  });

  it("takes the next number when another till used its own, and still refunds the same receipt", async () => {
    const business = await stage.open();
    const invoiceId = await sold(business);
    const noteId = putNote(stage, business, { invoices: [invoiceId], total: TOTAL });
    const { invoiceNumber } = (await invoiceView(business, invoiceId)).submission ?? {};
    business.device.takeNumbers(BigInt(invoiceNumber ?? 0) + 1n);
    const submission = await refund(business, noteId);
    expect(submission).toMatchObject({
      state: "fiscalised",
      invoiceNumber: String(Number(invoiceNumber) + 2),
    });
    const sent = JSON.parse(business.device.sales.get(submission.invoiceNumber ?? "")?.requestText ?? "{}");
    expect(sent.orgInvcNo).toBe(Number(invoiceNumber));
  });

  it("settles an original whose receipt data never came", async () => {
    const invoiceId = shop.put();
    shop.device.behave({ kind: "lose-answer", times: 1 });
    const { id } = await shop.fiscalise(invoiceId, {}, ["receipt-missing"]);
    const noteId = putNote(stage, shop, { invoices: [invoiceId], total: TOTAL });
    await refund(shop, noteId, { refundReason: "13" }, ["fiscalised"]);
    expect(await shop.submission(id)).toMatchObject({ state: "superseded", actions: [] });
  });

  it("withdrawn while its device is away leaves the receipt to another credit note", async () => {
    const business = await stage.open();
    const invoiceId = await sold(business);
    const { owner } = stage.database;
    const [branch] = await owner`select base_url from branches where business_id = ${business.id}`;
    await owner`update branches set base_url = '' where business_id = ${business.id}`;
    const [first, second] = [1, 2].map(() =>
      putNote(stage, business, { invoices: [invoiceId], total: TOTAL }),
    );
    const { id } = await refund(business, first ?? "", { refundReason: "06" }, ["queued"]);
    // Between two tries: while one is under way it cannot be taken back.
    await until(
      "withdrawn",
      async () => (await business.api.post(`/submissions/${id}/withdraw`)).status === 200,
    );
    await owner`update branches set base_url = ${branch?.base_url} where business_id = ${business.id}`;
    expect(await refund(business, second ?? "")).toMatchObject({ state: "fiscalised" });
  });
});

describe("refused, with nothing sent,", () => {
  it("is a credit note that does not say which invoice, and mended by choosing one", async () => {
    const [one, other] = [await sold(), await sold()];
    for (const invoices of [[], [one, other]]) {
      const noteId = putNote(stage, shop, { invoices, total: TOTAL });
      const seen = await view(shop, noteId, "?refundReason=06");
      expect(seen.problems.map(({ code }) => code)).toEqual(["original-ambiguous"]);
      expect(seen.inputs).toEqual(["originalInvoiceId"]);
      expect(seen.candidates.map(({ zohoInvoiceId }) => zohoInvoiceId)).toEqual(
        expect.arrayContaining([one, other]),
      );
      expect(
        codesOf(await shop.api.post(`/credit-notes/${noteId}/fiscalise`, { refundReason: "06" })),
      ).toEqual(["original-ambiguous"]);
    }
    const noteId = putNote(stage, shop, { invoices: [one, other], total: TOTAL });
    const chosen = { refundReason: "06", originalInvoiceId: other };
    expect(await refund(shop, noteId, chosen)).toMatchObject({ state: "fiscalised" });
    expect((await view(shop, noteId)).original?.zohoInvoiceId).toBe(other);
  });

  it.each([
    ["without a reason", {}, {}, ["refund-reason-missing"]],
    ["a draft", { status: "draft" }, { refundReason: "06" }, ["document-not-final"]],
    ["of tomorrow", { date: today(1) }, { refundReason: "06" }, ["date-in-future"]],
    ["of another customer", { customerId: "99" }, { refundReason: "06" }, ["original-buyer-mismatch"]],
    ["in another currency", { currency: "USD" }, { refundReason: "06" }, ["partial-refund-unsupported"]],
    ["over a cent less", { total: "11799.99" }, { refundReason: "06" }, ["partial-refund-unsupported"]],
    [
      "with a code for nobody",
      {},
      { refundReason: "06", purchaseCode: "A1B2C3" },
      ["purchase-code-without-tin"],
    ],
  ])("is one %s", async (_what, change, body, codes) => {
    const before = shop.device.ledger().length;
    const invoiceId = await sold();
    const noteId = putNote(stage, shop, { invoices: [invoiceId], total: TOTAL, ...change });
    expect(codesOf(await shop.api.post(`/credit-notes/${noteId}/fiscalise`, body))).toEqual(codes);
    expect(shop.device.ledger().length).toBe(before + 1);
  });

  it("is one of an invoice that was never fiscalised, or belongs to another business", async () => {
    const other = await stage.open();
    const foreign = await sold(other);
    for (const invoiceId of [shop.put(), foreign]) {
      const noteId = putNote(stage, shop, { invoices: [invoiceId], total: TOTAL });
      const answer = await shop.api.post(`/credit-notes/${noteId}/fiscalise`, { refundReason: "06" });
      expect(codesOf(answer)).toEqual(["original-not-fiscalised"]);
    }
  });

  it("a partial one says how much is credited of what was sold", async () => {
    const noteId = putNote(stage, shop, { invoices: [await sold()], total: "5900" });
    expect(await view(shop, noteId, "?refundReason=01")).toMatchObject({
      partial: { currencyCode: "RWF", credited: "5900", sold: TOTAL },
      inputs: ["originalInvoiceId"],
    });
  });
});

it("a credit note or invoice voided or changed afterwards is flagged, and its receipt stands", async () => {
  const invoiceId = await sold();
  const noteId = putNote(stage, shop, { invoices: [invoiceId], total: TOTAL });
  await refund(shop, noteId);
  const documents = stage.zoho.forOrganization(shop.organizationId);
  const note = JSON.parse(documents.creditnotes.get(noteId) ?? "{}");
  documents.creditnotes.put(JSON.stringify({ ...note, status: "void", total: 5_900 }));
  expect((await view(shop, noteId)).changes).toEqual(["void", "total"]);
  const invoice = JSON.parse(documents.invoices.get(invoiceId) ?? "{}");
  documents.invoices.put(JSON.stringify({ ...invoice, status: "void" }));
  expect(await invoiceView(shop, invoiceId)).toMatchObject({
    changes: ["void"],
    submission: { state: "fiscalised" },
  });
});

it("another business's credit note is 404, as is one that is nowhere", async () => {
  const other = await stage.open();
  const noteId = putNote(stage, other, { invoices: [await sold(other)], total: TOTAL });
  for (const id of [noteId, "4815000000069999999"]) {
    expect((await shop.api.get(`/credit-notes/${id}`)).status).toBe(404);
    expect((await shop.api.post(`/credit-notes/${id}/fiscalise`, { refundReason: "06" })).status).toBe(404);
  }
});
