import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { line } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

/** 35.44 over 3: no price of two decimals gives it back. */
const thirds = { lines: [line({ quantity: "3", rate: "10.01" })] };

async function arithmeticOf(shop: Business): Promise<unknown> {
  const [row] = await stage.database.owner`select line_arithmetic from branches where id = ${shop.branchId}`;
  return row?.line_arithmetic;
}

describe("a device that recomputes line arithmetic", () => {
  it("gets the same number anew in exact form, once, audited, and stays exact", async () => {
    const shop = await stage.open({ device: { checksLineArithmetic: true } });
    const view = await shop.fiscalise(shop.put(thirds));
    expect(view).toMatchObject({
      state: "fiscalised",
      invoiceNumber: "1",
      attempts: 2,
      receipt: { total: "35.44" },
    });
    const attempts = await stage.database.owner`
      select outcome, result_code, invoice_number, request_sha256 from attempts
      where submission_id = ${view.id} order by number`;
    expect(attempts).toMatchObject([
      { outcome: "rejected", result_code: "910", invoice_number: "1" },
      { outcome: "signed", result_code: "000", invoice_number: "1" },
    ]);
    expect(attempts[0]?.request_sha256).not.toBe(attempts[1]?.request_sha256);
    expect((await shop.audit()).filter(({ detail }) => detail.frozenAnew === "exact")).toHaveLength(1);
    expect(await arithmeticOf(shop)).toBe("exact");
    expect(await shop.fiscalise(shop.put(thirds))).toMatchObject({
      state: "fiscalised",
      invoiceNumber: "2",
      attempts: 1,
    });
  });

  it("gets every sale that was already in line in exact form too, with the number it has", async () => {
    const shop = await stage.open({ device: { checksLineArithmetic: true } });
    const views = await Promise.all([1, 2, 3].map(() => shop.fiscalise(shop.put(thirds))));
    expect(views.map(({ state }) => state)).toEqual(["fiscalised", "fiscalised", "fiscalised"]);
    expect(shop.device.ledger().map(({ invcNo }) => invcNo)).toEqual(["1", "2", "3"]);
  });

  it("is not meant by a 910 that names something else: that is a refusal", async () => {
    const shop = await stage.open();
    const message = "Request parameter error 'custNm': Too long";
    shop.device.behave({ kind: "result", code: "910", message, signed: false, times: 1 });
    expect(await shop.fiscalise(shop.put())).toMatchObject({ state: "rejected", attempts: 1 });
    expect(await arithmeticOf(shop)).toBe("natural");
  });

  it("that refuses the exact form as well has refused the sale", async () => {
    const shop = await stage.open();
    const message = "Request parameter error 'itemList[0].prc': Must be something else";
    shop.device.behave({ kind: "result", code: "910", message, signed: false, times: 2 });
    const view = await shop.fiscalise(shop.put());
    expect(view).toMatchObject({ state: "rejected", attempts: 2, invoiceNumber: null });
    expect(view.deviceAnswer).toMatchObject({ resultCode: "910", resultMessage: message });
    expect(await shop.fiscalise(shop.put())).toMatchObject({ state: "fiscalised", invoiceNumber: "1" });
  });
});
