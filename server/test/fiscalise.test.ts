import { createHash } from "node:crypto";
import { InvoiceProgressSchema, InvoiceViewSchema } from "@fiscalise/shared/api/invoices.ts";
import { SubmissionViewSchema } from "@fiscalise/shared/api/submissions.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApi, problemOf } from "./api.ts";
import { line, today } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { lifeOf, ownLife } from "./life-of.ts";
import { until } from "./until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const click = (shop: Business, zohoId: string, body: unknown = {}, headers: Record<string, string> = {}) =>
  shop.api.post(`/invoices/${zohoId}/fiscalise`, body, headers);

function wireOf(shop: Business, index = 0): Record<string, unknown> {
  return JSON.parse(shop.device.ledger()[index]?.requestText ?? "null") as Record<string, unknown>;
}

describe("a click on Fiscalise", () => {
  it("answers the device's own receipt", async () => {
    const shop = await stage.open();
    const zohoId = shop.put({ number: "INV-7" });
    const answer = await click(shop, zohoId);
    expect(answer.status).toBe(200);
    const view = SubmissionViewSchema.parse(answer.body);
    const [signed] = shop.device.ledger();
    expect(view).toMatchObject({
      state: "fiscalised",
      zohoDocumentId: zohoId,
      documentNumber: "INV-7",
      invoiceNumber: "1",
      attempts: 1,
      needsAttention: false,
      actions: ["openPdf", "copy"],
      receipt: {
        counter: "1/1 NS",
        internalData: signed?.data.intrlData,
        signature: signed?.data.rcptSign,
        sdcId: signed?.data.sdcId,
        mrcNumber: signed?.data.mrcNo,
        total: "11800",
        tax: "1800",
        source: "device",
        copies: 0,
      },
    });
    const [, day, time] = view.receipt?.issuedAt.match(/^(\d\d\/\d\d\/\d{4}) (\d\d:\d\d:\d\d)$/) ?? [];
    expect(`${day?.split("/").reverse().join("")}${time?.replaceAll(":", "")}`).toBe(
      signed?.data.vsdcRcptPbctDate,
    );
    expect(view.receipt?.qrText).toContain(`${shop.tin}00${signed?.data.rcptSign}`);
  });

  it("stores the very bytes the device signed, its answer, and who did what", async () => {
    const shop = await stage.open();
    const view = await shop.fiscalise(shop.put());
    const [signed] = shop.device.ledger();
    const [stored] = await stage.database.owner`
      select request_text, request_sha256, document_text, worker from submissions where id = ${view.id}`;
    expect(stored?.request_text).toBe(signed?.requestText);
    expect(stored?.request_sha256).toBe(
      createHash("sha256")
        .update(signed?.requestText ?? "")
        .digest("hex"),
    );
    expect(stored?.worker).toBeNull();
    const attempts = await stage.database.owner`
      select number, outcome, result_code, answer_text, request_sha256, finished_at from attempts
      where submission_id = ${view.id}`;
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({ number: 1, outcome: "signed", result_code: "000" });
    expect(attempts[0]?.answer_text).toContain(signed?.data.rcptSign);
    expect(attempts[0]?.request_sha256).toBe(stored?.request_sha256);
    expect(await lifeOf(shop, view.id)).toMatchObject([
      { actor: "user:1", action: "submission-accepted", detail: { invoiceNumber: "1" } },
      { actor: "system", action: "submission-fiscalised", detail: { attempt: 1, resultCode: "000" } },
    ]);
  });

  it("registers an item before its first sale and not again", async () => {
    const shop = await stage.open();
    await shop.fiscalise(shop.put());
    await shop.fiscalise(shop.put());
    const paths = shop.device.exchanges().map(({ path }) => path.split("/").at(-1));
    expect(paths.slice(-3)).toEqual(["saveItems", "saveSales", "saveSales"]);
    expect(shop.device.items()).toEqual(["RW2NTXU0000001"]);
  });

  it("takes a typed TIN and purchase code before the document's", async () => {
    const shop = await stage.open();
    const zohoId = shop.put({ customFields: { cf_customer_tin: "999999999", cf_purchase_code: "AAAAAA" } });
    const typed = { customerTin: " 102345678 ", purchaseCode: "Ab12Cd" };
    await shop.fiscalise(zohoId, typed);
    expect(wireOf(shop)).toMatchObject({
      tin: shop.tin,
      custTin: "102345678",
      prcOrdCd: "Ab12Cd",
      totAmt: 11800,
    });
  });

  it("answers 202 while the device thinks, and the receipt comes by itself", async () => {
    const hasty = await startStage({ answerWithinMs: 50 });
    try {
      const shop = await hasty.open();
      const held = Promise.withResolvers<void>();
      shop.device.behave({ kind: "held", until: held.promise, times: 1 });
      const zohoId = shop.put();
      const answer = await click(shop, zohoId);
      expect(answer.status).toBe(202);
      const view = SubmissionViewSchema.parse(answer.body);
      expect(["queued", "sending"]).toContain(view.state);
      expect(view.receipt).toBeNull();
      held.resolve();
      const progress = await until("the progress shows the receipt", async () => {
        const reply = await shop.api.get(`/invoices/${zohoId}/progress`);
        const { submission } = InvoiceProgressSchema.parse(reply.body);
        return submission?.state === "fiscalised" && submission;
      });
      expect(progress.id).toBe(view.id);
      expect(progress.attempts).toBe(1);
    } finally {
      await hasty.close();
    }
  });
});

describe("the page before and after the click", () => {
  it("shows what will be sent, then what was sent", async () => {
    const shop = await stage.open();
    const zohoId = shop.put();
    const before = InvoiceViewSchema.parse((await shop.api.get(`/invoices/${zohoId}`)).body);
    expect(before).toMatchObject({ problems: [], inputs: [], changes: [], submission: null });
    expect(before.document).toMatchObject({ date: today(), currencyCode: "RWF", total: "11800" });
    expect(before.device.status).toBe("not-yet-used");
    await shop.fiscalise(zohoId);
    const after = InvoiceViewSchema.parse((await shop.api.get(`/invoices/${zohoId}`)).body);
    expect(after.submission?.state).toBe("fiscalised");
    expect(after.draft).toMatchObject({ total: before.draft?.total, tax: before.draft?.tax });
    expect(after.draft?.lines).toEqual(
      before.draft?.lines.map((drafted) => ({ ...drafted, itemCode: "RW2NTXU0000001" })),
    );
    expect(after.device.status).toBe("answering");
  });

  it("looking never reserves, sends or registers anything", async () => {
    const shop = await stage.open();
    const asked = shop.device.exchanges().length;
    await shop.api.get(`/invoices/${shop.put()}`);
    expect(shop.device.exchanges()).toHaveLength(asked);
    const [branch] = await stage.database
      .owner`select last_invoice_number from branches where id = ${shop.branchId}`;
    expect(branch?.last_invoice_number).toBe("0");
  });
});

describe("asking more than once", () => {
  it("a second click answers the same receipt and sends nothing", async () => {
    const shop = await stage.open();
    const zohoId = shop.put();
    const first = await shop.fiscalise(zohoId);
    const sent = shop.device.exchanges().length;
    const second = SubmissionViewSchema.parse((await click(shop, zohoId)).body);
    expect(ownLife(second)).toEqual(ownLife(first));
    expect(shop.device.exchanges()).toHaveLength(sent);
  });

  it("five clicks at once end in one sale", async () => {
    const shop = await stage.open();
    const zohoId = shop.put();
    const answers = await Promise.all(Array.from({ length: 5 }, () => click(shop, zohoId)));
    const ids = answers.map(({ body }) => SubmissionViewSchema.parse(body).id);
    expect(new Set(ids).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(shop.device.ledger()).toHaveLength(1);
    const [row] = await stage.database.owner`
      select count(*)::int as count from submissions where business_id = ${shop.id}`;
    expect(row?.count).toBe(1);
  });

  it("two servers asked at once end in one sale", async () => {
    const shop = await stage.open();
    const other = await stage.addServer();
    try {
      const zohoIds = Array.from({ length: 4 }, () => shop.put());
      const there = createApi(() => other.url, stage.token(shop));
      const answers = await Promise.all(
        zohoIds.flatMap((zohoId) => [
          click(shop, zohoId),
          there.post(`/invoices/${zohoId}/fiscalise`, {}),
          there.post(`/invoices/${zohoId}/fiscalise`, {}),
        ]),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(
        new Set(answers.map(({ body }) => SubmissionViewSchema.parse(body).receipt?.signature)).size,
      ).toBe(4);
      expect(shop.device.ledger().map(({ invcNo }) => invcNo)).toEqual(["1", "2", "3", "4"]);
      expect(shop.device.mostAtOnce()).toBe(1);
    } finally {
      await other.stop();
    }
  });

  it("honours an Idempotency-Key", async () => {
    const shop = await stage.open();
    const zohoId = shop.put();
    const key = { "idempotency-key": "click-1" };
    const first = SubmissionViewSchema.parse((await click(shop, zohoId, {}, key)).body);
    const again = SubmissionViewSchema.parse((await click(shop, zohoId, {}, key)).body);
    expect(ownLife(again)).toEqual(ownLife(first));
    const elsewhere = await click(shop, shop.put(), {}, key);
    expect(problemOf(elsewhere)).toMatchObject({
      code: "input-invalid",
      status: 400,
      fields: [{ path: "Idempotency-Key" }],
    });
    expect(shop.device.ledger()).toHaveLength(1);
  });

  it("a key sent at once for two documents fiscalises one of them", async () => {
    const shop = await stage.open();
    const key = { "idempotency-key": "click-2" };
    const answers = await Promise.all([shop.put(), shop.put()].map((zohoId) => click(shop, zohoId, {}, key)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(shop.device.ledger()).toHaveLength(1);
  });

  it("the same key of another business is another key", async () => {
    const [one, two] = [await stage.open(), await stage.open()];
    const key = { "idempotency-key": "click-3" };
    expect((await click(one, one.put(), {}, key)).status).toBe(200);
    expect((await click(two, two.put(), {}, key)).status).toBe(200);
  });

  it("a device's refusal is shown with its words, and asking again is a submission of its own", async () => {
    const shop = await stage.open();
    const zohoId = shop.put({ lines: [line()] });
    shop.device.behave({ kind: "result", code: "921", signed: false, times: 1 });
    const refused = await shop.fiscalise(zohoId);
    expect(refused).toMatchObject({ state: "rejected", invoiceNumber: null, actions: ["fiscaliseAgain"] });
    expect(refused.deviceAnswer).toMatchObject({
      resultCode: "921",
      resultMessage: "Sales or sales invoice data which is declared cannot be received",
    });
    const again = await shop.fiscalise(zohoId);
    expect(again).toMatchObject({ state: "fiscalised", invoiceNumber: "1" });
    expect(again.id).not.toBe(refused.id);
  });
});
