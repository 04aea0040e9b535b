import { AdoptResponseSchema } from "@fiscalise/shared/api/submissions.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readOff } from "../../sandbox/src/vsdc/read-off.ts";
import { readPdf, textOf } from "../src/pdf/testing/read-pdf.ts";
import { problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

async function openWithLostReceipt() {
  const shop = await stage.open();
  shop.device.behave({ kind: "lose-answer", times: 1 });
  const { id } = await shop.fiscalise(shop.put());
  return { shop, id };
}

/** What a person reads off the device, or gets wrong. */
function entryOf(shop: Business, change: Record<string, unknown> = {}) {
  return { ...readOff(shop.device.ledger()[0]), ...change };
}

const grouped = (text: string) => text.match(/.{1,4}/g)?.join("-") ?? "";

describe("adopting a receipt whose answer was lost", () => {
  it("first only says what it understood; stored, audited and printable once confirmed", async () => {
    const { shop, id } = await openWithLostReceipt();
    const sent = shop.device.exchanges().length;
    const { intrlData, rcptSign } = shop.device.ledger()[0]?.data ?? { intrlData: "", rcptSign: "" };
    const typed = entryOf(shop, {
      internalData: ` ${grouped(intrlData).toLowerCase()} `,
      signature: grouped(rcptSign).toLowerCase(),
    });

    const looked = await shop.api.post(`/submissions/${id}/adopt`, { ...typed, confirmed: false });
    expect(AdoptResponseSchema.parse(looked.body)).toMatchObject({
      stored: false,
      understood: { counter: "1/1 NS", internalData: grouped(intrlData), signature: grouped(rcptSign) },
      submission: { state: "receipt-missing", receipt: null },
    });
    expect((await shop.audit()).some(({ action }) => action === "receipt-adopted")).toBe(false);

    const stored = AdoptResponseSchema.parse((await shop.api.post(`/submissions/${id}/adopt`, typed)).body);
    expect(stored).toMatchObject({
      stored: true,
      submission: {
        state: "fiscalised",
        needsAttention: false,
        receipt: { counter: "1/1 NS", internalData: intrlData, signature: rcptSign, source: "adopted" },
        actions: ["openPdf", "copy"],
      },
    });
    expect((await shop.audit()).filter(({ action }) => action === "receipt-adopted")).toMatchObject([
      {
        actor: "user:1",
        subject: `submission:${id}`,
        detail: { receiptNumber: "1", signature: rcptSign },
      },
    ]);

    const pdf = await shop.api.bytes(`/receipts/${stored.submission.receipt?.id}/pdf`);
    expect(pdf.status).toBe(200);
    expect(textOf(readPdf(pdf.bytes)[0])).toContain(grouped(rcptSign));
    expect(shop.device.exchanges()).toHaveLength(sent);
    expect(shop.device.ledger()).toHaveLength(1);
  });

  it("is done once", async () => {
    const { shop, id } = await openWithLostReceipt();
    const answers = await Promise.all(
      [1, 2].map(() => shop.api.post(`/submissions/${id}/adopt`, entryOf(shop))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const again = await shop.api.post(
      `/submissions/${id}/adopt`,
      entryOf(shop, { signature: "A".repeat(16) }),
    );
    expect(problemOf(again)).toMatchObject({ code: "action-not-allowed", status: 409 });
    const view = await shop.submission(id);
    expect(view.receipt?.signature).toBe(shop.device.ledger()[0]?.data.rcptSign);
    expect((await shop.audit()).filter(({ action }) => action === "receipt-adopted")).toHaveLength(1);
  });

  it("is refused for a receipt that is not missing", async () => {
    const shop = await stage.open();
    const { id } = await shop.fiscalise(shop.put());
    expect(problemOf(await shop.api.post(`/submissions/${id}/adopt`, entryOf(shop)))).toMatchObject({
      code: "action-not-allowed",
    });
  });

  const tomorrow = new Date(Date.now() + 26 * 3_600_000).toISOString().slice(0, 19);
  it.each([
    ["internalData", "A".repeat(25), 422],
    ["internalData", `${"A".repeat(25)}1`, 422],
    ["signature", "A".repeat(17), 422],
    ["signature", "8".repeat(16), 422],
    ["issuedAt", "2026-02-30T10:00:00", 422],
    ["issuedAt", tomorrow, 422],
    ["totalNumber", "1", 422],
    ["receiptNumber", "0", 400],
    ["receiptNumber", "1.5", 400],
    ["sdcId", "SDC01", 400],
    ["mrcNumber", "wis00000001", 400],
    ["issuedAt", "yesterday", 400],
  ])("refuses %s %o, naming the field, confirmed or not", async (path, value, status) => {
    const { shop, id } = await openWithLostReceipt();
    const asked = path === "totalNumber" ? { receiptNumber: "2", totalNumber: value } : { [path]: value };
    for (const confirmed of [false, true]) {
      const answer = await shop.api.post(`/submissions/${id}/adopt`, entryOf(shop, { ...asked, confirmed }));
      const problem = problemOf(answer);
      expect(problem).toMatchObject({
        status,
        code: status === 422 ? "receipt-data-invalid" : "input-invalid",
      });
      expect(problem.fields?.map((field) => field.path)).toContain(path);
    }
    expect(await shop.submission(id)).toMatchObject({ state: "receipt-missing", receipt: null });
  });
});
