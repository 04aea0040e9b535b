import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Behaviour, SALE_PATH } from "../../sandbox/src/vsdc/behaviour.ts";
import { problemOf } from "./api.ts";
import { sentinel } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

function salesSent(shop: Business): string[] {
  return shop.device
    .exchanges()
    .filter(({ path }) => path === SALE_PATH)
    .map(({ requestText }) => requestText);
}

async function attemptsOf({ id }: SubmissionView) {
  return stage.database.owner`
    select number, outcome, result_code, reason, request_sha256, invoice_number from attempts
    where submission_id = ${id} order by number`;
}

async function actionsOf(shop: Business, { id }: SubmissionView): Promise<string[]> {
  const events = await shop.audit();
  return events.filter(({ subject }) => subject === `submission:${id}`).map(({ action }) => action);
}

const SIGNED: [string, Behaviour][] = [
  ["the connection breaks", { kind: "lose-answer" }],
  ["half an answer comes", { kind: "half-answer" }],
  ["the answer is no JSON", { kind: "garbage", signed: true }],
  ["the answer is HTTP 500", { kind: "http", status: 500, signed: true }],
  ["the answer is HTTP 503", { kind: "http", status: 503, signed: true }],
  ["the answer is HTTP 404", { kind: "http", status: 404, signed: true }],
  ["the answer is above 1 MB", { kind: "oversize" }],
  ["the answer is 000 without the receipt", { kind: "empty-success" }],
  ...["894", "896", "899", "991", "992", "993", "999", "555"].map((code): [string, Behaviour] => [
    `the answer is ${code}`,
    { kind: "result", code, signed: true },
  ]),
];

describe("the device signed and the answer is lost", () => {
  it.each(SIGNED)("%s: the same bytes go again, 924 tells, and it is signed once", async (_what, fault) => {
    const shop = await stage.open();
    shop.device.behave({ ...fault, times: 1 });
    const view = await shop.fiscalise(shop.put());
    expect(view).toMatchObject({
      state: "receipt-missing",
      invoiceNumber: "1",
      attempts: 2,
      needsAttention: true,
      receipt: null,
      actions: ["adopt"],
    });
    expect(view.unknownSince).not.toBeNull();
    const [first, second, ...others] = salesSent(shop);
    expect(others).toEqual([]);
    expect(second).toBe(first);
    expect(shop.device.ledger()).toHaveLength(1);
    expect(await attemptsOf(view)).toMatchObject([
      { number: 1, outcome: "unknown", invoice_number: "1" },
      { number: 2, outcome: "unknown", result_code: "924", invoice_number: "1" },
    ]);
    expect(await actionsOf(shop, view)).toEqual([
      "submission-accepted",
      "submission-unknown",
      "submission-receipt-missing",
    ]);
  });

  it("asking again answers the same submission and sends nothing", async () => {
    const shop = await stage.open();
    shop.device.behave({ kind: "lose-answer", times: 1 });
    const zohoId = shop.put();
    const view = await shop.fiscalise(zohoId);
    expect((await shop.fiscalise(zohoId)).id).toBe(view.id);
    expect(salesSent(shop)).toHaveLength(2);
  });

  it("does not hold up the sales after it, and their numbers go on", async () => {
    const shop = await stage.open();
    shop.device.behave({ kind: "lose-answer", times: 1 });
    await shop.fiscalise(shop.put());
    expect(await shop.fiscalise(shop.put())).toMatchObject({ state: "fiscalised", invoiceNumber: "2" });
  });

  it("883 after it means our own lost sale used the purchase code", async () => {
    const shop = await stage.open();
    shop.device.behave({ kind: "lose-answer", times: 1 });
    const view = await shop.fiscalise(shop.put(), { customerTin: "102345678", purchaseCode: "Ab12Cd" });
    expect(view).toMatchObject({ state: "receipt-missing", invoiceNumber: "1" });
    expect(await attemptsOf(view)).toMatchObject([{ outcome: "unknown" }, { result_code: "883" }]);
    expect(shop.device.ledger()).toHaveLength(1);
  });
});

const UNSIGNED: [string, Behaviour][] = [
  ["the connection breaks", { kind: "reset-before" }],
  ["the answer is no JSON", { kind: "garbage", signed: false }],
  ["the answer is HTTP 503", { kind: "http", status: 503, signed: false }],
  ["a redirect", { kind: "redirect" }],
  ...["894", "896", "899", "922", "990", "991", "999"].map((code): [string, Behaviour] => [
    `result ${code}`,
    { kind: "result", code, signed: false },
  ]),
];

describe("the answer is lost and the device had not signed", () => {
  it.each(UNSIGNED)("%s: the same bytes go again and are signed", async (_what, fault) => {
    const shop = await stage.open();
    shop.device.behave({ ...fault, times: 1 });
    const view = await shop.fiscalise(shop.put());
    expect(view).toMatchObject({
      state: "fiscalised",
      invoiceNumber: "1",
      attempts: 2,
      needsAttention: false,
    });
    const [first, second, ...others] = salesSent(shop);
    expect(others).toEqual([]);
    expect(second).toBe(first);
    expect(shop.device.ledger()).toHaveLength(1);
    expect(await attemptsOf(view)).toMatchObject([{ outcome: "unknown" }, { outcome: "signed" }]);
  });

  it.each(["881", "882", "884", "910", "913"])(
    "%s is still a refusal then, and frees the number",
    async (code) => {
      const shop = await stage.open();
      shop.device.script([
        { kind: "result", code: "999", signed: false },
        { kind: "result", code, message: "no", signed: false },
      ]);
      const view = await shop.fiscalise(shop.put());
      expect(view).toMatchObject({
        state: "rejected",
        invoiceNumber: null,
        deviceAnswer: { resultCode: code },
      });
      expect(shop.device.ledger()).toHaveLength(0);
      expect(await shop.fiscalise(shop.put())).toMatchObject({ state: "fiscalised", invoiceNumber: "1" });
    },
  );

  it.each(["603", "891", "895", "900", "901", "903", "911", "912", "921", "902", "001"])(
    "%s proves nothing then: the number and the bytes stay",
    async (code) => {
      const shop = await stage.open();
      shop.device.script([
        { kind: "result", code: "999", signed: false },
        { kind: "result", code, signed: false },
      ]);
      const view = await shop.fiscalise(shop.put());
      expect(view).toMatchObject({ state: "fiscalised", invoiceNumber: "1", attempts: 3 });
      expect(await attemptsOf(view)).toMatchObject([
        { outcome: "unknown", result_code: "999" },
        { outcome: "unknown", result_code: code },
        { outcome: "signed" },
      ]);
      expect(new Set(salesSent(shop)).size).toBe(1);
    },
  );

  it("a device that then cannot be reached leaves it unknown: it may not be withdrawn", async () => {
    const shop = await stage.open();
    await shop.fiscalise(shop.put());
    shop.device.behave({ kind: "hang" });
    const clicked = shop.api.post(`/invoices/${shop.put()}/fiscalise`, {});
    await until("the device has the request", () => salesSent(shop).length === 2);
    await shop.device.takeDown();
    await clicked;
    const { id } = (await clicked).body as { id: string };
    const view = await until("refused connections are recorded", async () => {
      const seen = await shop.submission(id);
      return seen.attempts >= 3 && seen;
    });
    expect(view.state).toBe("unknown");
    expect(problemOf(await shop.api.post(`/submissions/${view.id}/withdraw`))).toMatchObject({
      code: "action-not-allowed",
    });
    shop.device.behave("up");
    await shop.device.bringUp();
    expect(await shop.reaches(view.id, "fiscalised")).toMatchObject({ invoiceNumber: "2" });
    expect(new Set(salesSent(shop).slice(1)).size).toBe(1);
  });
});

describe("a device that never answers", () => {
  let hasty: Stage;
  beforeAll(async () => {
    hasty = await startStage({
      env: { DEVICE_RESPONSE_TIMEOUT_MS: "1500", DEVICE_TOTAL_TIMEOUT_MS: "2000" },
    });
  });
  afterAll(() => hasty.close());

  it.each([
    ["signed", true, "receipt-missing"],
    ["did not sign", false, "fiscalised"],
  ] as const)("and %s is given up, and the same bytes go again", async (_what, signed, state) => {
    const shop = await hasty.open();
    shop.device.behave({ kind: "hang", signed, times: 1 });
    expect(await shop.fiscalise(shop.put())).toMatchObject({ state, invoiceNumber: "1", attempts: 2 });
    expect(new Set(salesSent(shop)).size).toBe(1);
    expect(shop.device.ledger()).toHaveLength(1);
  });
});

describe("a sale that stays unknown", () => {
  it("asks for a person after 10 attempts and steps aside, so that later sales go", async () => {
    const shop = await stage.open();
    const stuck = shop.put(sentinel("result:999-always"));
    const view = await shop.fiscalise(stuck, {}, ["unknown"]);
    const later = await shop.fiscalise(shop.put());
    expect(later).toMatchObject({ state: "fiscalised", invoiceNumber: "2" });
    const asking = await until("it asks for a person", async () => {
      const seen = await shop.submission(view.id);
      return seen.needsAttention && seen;
    });
    expect(asking).toMatchObject({ state: "unknown", invoiceNumber: "1", receipt: null });
    const [order] = await stage.database.owner`
      select count(*)::int as before from attempts where submission_id = ${view.id}
      and id < (select min(id) from attempts where submission_id = ${later.id})`;
    expect(order?.before).toBeGreaterThanOrEqual(10);
    expect(new Set(salesSent(shop).filter((text) => text.includes("[[")))).toHaveProperty("size", 1);
  });

  it("is still tried after it stepped aside, and ends by itself", async () => {
    const shop = await stage.open();
    shop.device.behave({ kind: "result", code: "999", signed: false, times: 12 });
    const view = await shop.fiscalise(shop.put());
    expect(view).toMatchObject({ state: "fiscalised", attempts: 13, needsAttention: false });
  });
});

describe("a fault of ours while an answer is in hand", () => {
  it("keeps the answer, lets other sales go, and carries it out later without sending again", async () => {
    const own = await startStage({ env: { DEVICE_RETRY_MAX_MS: "300000" } });
    try {
      const shop = await own.open();
      await shop.fiscalise(shop.put());
      const { owner } = own.database;
      await owner`alter table receipts add constraint boom check (total_number <> '2') not valid`;
      const faulty = await shop.fiscalise(shop.put(), {}, ["unknown"]);
      expect(faulty).toMatchObject({ invoiceNumber: "2", needsAttention: true, receipt: null });
      expect(await shop.fiscalise(shop.put())).toMatchObject({ state: "fiscalised", invoiceNumber: "3" });
      await owner`alter table receipts drop constraint boom`;
      await owner`update submissions set next_attempt_at = now() where id = ${faulty.id}`;
      await shop.fiscalise(shop.put());
      expect(await shop.reaches(faulty.id, "fiscalised")).toMatchObject({
        attempts: 1,
        needsAttention: false,
        receipt: { counter: "2/2 NS" },
      });
      expect(salesSent(shop)).toHaveLength(4);
      expect(new Set(salesSent(shop)).size).toBe(4);
    } finally {
      await own.close();
    }
  });
});
