import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, startStage } from "./harness.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

async function renumberings(shop: { audit: () => Promise<{ action: string; detail: unknown }[]> }) {
  const events = await shop.audit();
  return events.filter(({ detail }) => JSON.stringify(detail).includes("next-number"));
}

describe("invoice numbers", () => {
  it("go on after the highest the device has seen, exactly, up to 38 digits", async () => {
    const shop = await stage.open({ device: { lastSaleInvoiceNumber: "90071992547409930000" } });
    expect(await shop.fiscalise(shop.put())).toMatchObject({ invoiceNumber: "90071992547409930001" });
    expect(shop.device.ledger()[0]?.requestText).toContain('"invcNo":90071992547409930001,');
  });

  it("of eight clicks at once are eight, without a gap, in the order they are sent", async () => {
    const shop = await stage.open();
    const views = await Promise.all(Array.from({ length: 8 }, () => shop.fiscalise(shop.put())));
    const numbers = views.map(({ invoiceNumber }) => Number(invoiceNumber)).sort((a, b) => a - b);
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(shop.device.ledger().map(({ invcNo }) => Number(invcNo))).toEqual(numbers);
    expect(shop.device.mostAtOnce()).toBe(1);
  });

  it("that a refusal gave back go first: no gap stays", async () => {
    const shop = await stage.open();
    shop.device.script([
      "up",
      { kind: "result", code: "884", signed: false },
      { kind: "result", code: "603", signed: false },
      "up",
      { kind: "result", code: "921", signed: false },
    ]);
    for (let sale = 0; sale < 8; sale += 1) await shop.fiscalise(shop.put());
    expect(shop.device.ledger().map(({ invcNo }) => invcNo)).toEqual(["1", "2", "3", "4", "5"]);
    const freed = await stage.database.owner`select number from freed_numbers where business_id = ${shop.id}`;
    expect(freed).toEqual([]);
  });

  it("of an item the device refuses go back too, and nothing of the sale was sent", async () => {
    const shop = await stage.open();
    shop.device.behave({ kind: "result", code: "913", signed: false, times: 1, paths: ["/items/saveItems"] });
    const refused = await shop.fiscalise(shop.put());
    expect(refused).toMatchObject({ state: "rejected", attempts: 0, deviceAnswer: { resultCode: "913" } });
    expect(await shop.fiscalise(shop.put())).toMatchObject({ invoiceNumber: "1" });
  });
});

describe("a number another till has used", () => {
  it("is passed over: the next is frozen anew, and each step audited", async () => {
    const shop = await stage.open();
    shop.device.takeNumbers(1, 3);
    const view = await shop.fiscalise(shop.put());
    expect(view).toMatchObject({
      state: "fiscalised",
      invoiceNumber: "4",
      attempts: 4,
      needsAttention: false,
    });
    expect(shop.device.ledger().map(({ invcNo }) => invcNo)).toEqual(["4"]);
    expect(await renumberings(shop)).toHaveLength(3);
    const attempts = await stage.database.owner`
      select outcome, result_code, invoice_number, request_sha256 from attempts
      where submission_id = ${view.id} order by number`;
    expect(
      attempts.map(
        ({ outcome, result_code, invoice_number }) => `${outcome} ${result_code} ${invoice_number}`,
      ),
    ).toEqual(["rejected 924 1", "rejected 924 2", "rejected 924 3", "signed 000 4"]);
    expect(new Set(attempts.map(({ request_sha256 }) => request_sha256)).size).toBe(4);
    expect(await shop.fiscalise(shop.put())).toMatchObject({ invoiceNumber: "5", attempts: 1 });
  });

  it("twenty times in a row still ends in a receipt", async () => {
    const shop = await stage.open();
    shop.device.takeNumbers(1, 20);
    expect(await shop.fiscalise(shop.put())).toMatchObject({ state: "fiscalised", invoiceNumber: "21" });
  });

  it("twenty-one times in a row ends in words that say so, and lost numbers are not used again", async () => {
    const shop = await stage.open();
    shop.device.takeNumbers(1, 21);
    const view = await shop.fiscalise(shop.put());
    expect(view).toMatchObject({ state: "rejected", invoiceNumber: null, attempts: 21 });
    expect(view.deviceAnswer?.resultCode).toBe("924");
    expect(shop.device.ledger()).toHaveLength(0);
    const [row] = await stage.database.owner`select problem from submissions where id = ${view.id}`;
    expect(row?.problem).toBe("device-numbering-conflict");
    expect(await shop.fiscalise(shop.put())).toMatchObject({ state: "fiscalised", invoiceNumber: "22" });
  });

  it("994 says the same as 924", async () => {
    const shop = await stage.open();
    shop.device.behave({ kind: "result", code: "994", signed: false, times: 1 });
    expect(await shop.fiscalise(shop.put())).toMatchObject({ state: "fiscalised", invoiceNumber: "2" });
  });

  it("after an attempt whose answer was lost is not ours when the bytes are new", async () => {
    const shop = await stage.open();
    shop.device.takeNumbers(1, 1);
    shop.device.script(["up", { kind: "reset-before" }]);
    const view = await shop.fiscalise(shop.put());
    expect(view).toMatchObject({ state: "fiscalised", invoiceNumber: "2", attempts: 3 });
  });
});
