import { SUBMISSION_STATES, SUBMISSION_TRANSITIONS } from "@fiscalise/shared/receipt.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ answerWithinMs: 100 });
});
afterAll(() => stage.close());

describe("a fault of ours while a signed answer is in hand", () => {
  it("keeps the answer, never sends the bytes again, and ends fiscalised", async () => {
    const shop = await stage.open();
    const { owner } = stage.database;
    await owner`alter table receipts add constraint boom check (sdc_id = '') not valid`;
    const invoice = shop.put();
    const { id } = await shop.fiscalise(invoice, {}, ["unknown"]);
    expect(await shop.submission(id)).toMatchObject({ needsAttention: true, receipt: null });
    await owner`alter table receipts drop constraint boom`;
    const view = await shop.reaches(id, "fiscalised");
    const [signed] = shop.device.ledger();
    expect(view.receipt).toMatchObject({ signature: signed?.data.rcptSign, source: "device" });
    expect(view).toMatchObject({ attempts: 1, needsAttention: false });
    expect(shop.device.exchanges().filter(({ path }) => path.endsWith("saveSales"))).toHaveLength(1);
  });

  it("does not hold up the device's other sales", async () => {
    const shop = await stage.open();
    const { owner } = stage.database;
    await owner`alter table receipts add constraint boom check (receipt_number <> '1') not valid`;
    const first = await shop.fiscalise(shop.put(), {}, ["unknown"]);
    expect((await shop.fiscalise(shop.put())).state).toBe("fiscalised");
    await owner`alter table receipts drop constraint boom`;
    expect((await shop.reaches(first.id, "fiscalised")).receipt?.counter).toBe("1/1 NS");
  });
});

describe("a fault of ours after the bytes left", () => {
  const breakRecording = (constraint: string) =>
    stage.database.owner.unsafe(
      `alter table submissions add constraint boom check (${constraint}) not valid`,
    );
  const mend = () => stage.database.owner`alter table submissions drop constraint boom`;

  it("never signs again when the answer was lost too", async () => {
    const shop = await stage.open();
    shop.device.behave({ kind: "lose-answer", times: 1 });
    await breakRecording("state <> 'unknown' or problem is not null");
    const view = await shop.fiscalise(shop.put());
    await mend();
    expect(view).toMatchObject({ state: "receipt-missing", invoiceNumber: "1" });
    expect(shop.device.ledger()).toHaveLength(1);
  });

  it("never takes an answer under another HTTP status for a refusal", async () => {
    const shop = await stage.open();
    shop.device.behave({ kind: "http", status: 500, signed: true, times: 1 });
    await breakRecording("state <> 'unknown' or problem is not null");
    const view = await shop.fiscalise(shop.put());
    await mend();
    expect(view).toMatchObject({ state: "receipt-missing", invoiceNumber: "1" });
    expect(shop.device.ledger()).toHaveLength(1);
  });

  it("keeps what a kept answer means when its judge dies", async () => {
    const shop = await stage.open();
    shop.device.takeNumbers(1);
    await breakRecording("number_conflicts = 0");
    const { id } = await shop.fiscalise(shop.put(), {}, ["unknown"]);
    await until("a judge died over it", async () => {
      const dead = await stage.database.owner`
        update submissions set state = 'sending', worker = 'dead' where id = ${id} and state = 'unknown' returning id`;
      return dead.length === 1;
    });
    await mend();
    const view = await shop.reaches(id, "fiscalised");
    expect(view.invoiceNumber).not.toBe("1");
    expect(shop.device.ledger()).toHaveLength(1);
  });
});

it("records what one sale came to when the next one is at fault", async () => {
  const shop = await stage.open();
  await shop.device.takeDown();
  const first = await shop.fiscalise(shop.put(), {}, ["queued"]);
  const second = await shop.fiscalise(shop.put(), {}, ["queued"]);
  await stage.database.owner`update submissions set registrations = '"broken"' where id = ${second.id}`;
  await shop.device.bringUp();
  await shop.reaches(first.id, "fiscalised");
  await until("the second asks for a person", async () => (await shop.submission(second.id)).needsAttention);
  expect(shop.device.exchanges().filter(({ path }) => path.endsWith("saveSales"))).toHaveLength(1);
  expect((await shop.fiscalise(shop.put())).state).toBe("fiscalised");
});

describe("what a device says", () => {
  it("may hold characters no database keeps", async () => {
    const shop = await stage.open();
    shop.device.behave({ kind: "result", code: "910", message: "bad \u0000 buyer", signed: false, times: 1 });
    const view = await shop.fiscalise(shop.put());
    expect(view).toMatchObject({ state: "rejected", deviceAnswer: { resultMessage: "bad \ufffd buyer" } });
    expect((await shop.fiscalise(shop.put())).state).toBe("fiscalised");
  });

  it("of an item, neither yes nor no five times, refuses the sale instead of blocking the device", async () => {
    const shop = await stage.open();
    shop.device.behave({ kind: "result", code: "992", signed: false, paths: ["/items/saveItems"] });
    const view = await shop.fiscalise(shop.put());
    expect(view).toMatchObject({
      state: "rejected",
      invoiceNumber: null,
      deviceAnswer: { resultCode: "992" },
    });
    expect(shop.device.ledger()).toHaveLength(0);
    shop.device.behave("up");
    expect((await shop.fiscalise(shop.put())).invoiceNumber).toBe("1");
  });
});

it("waits, and may be withdrawn, while the device has no usable address", async () => {
  const shop = await stage.open();
  await stage.database
    .owner`update branches set base_url = 'http://127.0.0.1:99999' where business_id = ${shop.id}`;
  const { id } = await shop.fiscalise(shop.put(), {}, ["queued"]);
  expect((await shop.submission(id)).actions).toEqual(["withdraw"]);
  await stage.database
    .owner`update branches set base_url = ${shop.device.url} where business_id = ${shop.id}`;
  expect((await shop.reaches(id, "fiscalised")).state).toBe("fiscalised");
});

it("refuses another document under the id that was asked for", async () => {
  const shop = await stage.open();
  const answer = await shop.api.post(`/invoices/0${shop.put()}/fiscalise`);
  expect(answer.status).toBe(404);
});

it("refuses a misspelt field instead of signing a sale without its buyer", async () => {
  const shop = await stage.open();
  const invoice = shop.put();
  expect((await shop.api.post(`/invoices/${invoice}/fiscalise`, { customerTIN: "103456789" })).status).toBe(
    400,
  );
  expect(shop.device.ledger()).toHaveLength(0);
});

it("lets a submission go only where the table of states says", async () => {
  const { owner } = stage.database;
  for (const from of SUBMISSION_STATES) {
    for (const to of SUBMISSION_STATES) {
      const [row] = await owner`select submission_may_go(${from}, ${to}) as allowed`;
      const listed: readonly string[] = SUBMISSION_TRANSITIONS[from];
      expect(row?.allowed, `${from} → ${to}`).toBe(listed.includes(to));
    }
  }
});
