import type { Config } from "@fiscalise/shared/api/config.ts";
import { InvoiceViewSchema } from "@fiscalise/shared/api/invoices.ts";
import { PaperViewSchema } from "@fiscalise/shared/api/papers.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPdf, textOf } from "../src/pdf/testing/read-pdf.ts";
import { problemOf, type Reply } from "./api.ts";
import { putNote } from "./credit-notes.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
let shop: Business;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open();
});
afterAll(() => stage.close());

const viewOf = ({ body }: Reply) => PaperViewSchema.parse(body);
const NO_RECEIPT = "THIS IS NOT AN OFFICIAL RECEIPT";
const OF_A_DEVICE = /SDC|MRC|Internal Data|Signature/;

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
    const ofShop = () => stage.zoho.calls().filter(({ path }) => path.includes(shop.organizationId)).length;
    const [asked, told] = [ofShop(), shop.put()];
    const noteId = putNote(stage, shop, { invoices: [told], total: "11800" });
    for (const path of [`/invoices/${told}/training`, `/credit-notes/${noteId}/training`]) {
      expect(problemOf(await shop.api.post(path, {}))).toMatchObject({ status: 409, code: "training-off" });
    }
    expect(ofShop()).toBe(asked);
    expect((await viewed(shop, told)).papers).toEqual([]);
  });

  it("is switched by an admin, and the audit says from what to what", async () => {
    const own = await stage.open();
    const changed = await own.api.patch("/businesses/me/config", { policies: { trainingReceipts: true } });
    expect((changed.body as Config).policies.trainingReceipts).toBe(true);
    const events = (await own.audit()).filter(({ action }) => action === "training-receipts-changed");
    expect(events.map(({ detail }) => detail)).toEqual([{ from: false, to: true }]);
    expect((await viewed(own, own.put())).papers).toEqual(["training"]);
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

async function viewed(business: Business, zohoId: string) {
  return InvoiceViewSchema.parse((await business.api.get(`/invoices/${zohoId}`)).body);
}
