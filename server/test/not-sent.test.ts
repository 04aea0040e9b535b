import { InvoiceViewSchema } from "@fiscalise/shared/api/invoices.ts";
import { SubmissionViewSchema } from "@fiscalise/shared/api/submissions.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { ownLife } from "./life-of.ts";
import { until } from "./until.ts";

const REST_MS = 300;

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ answerWithinMs: 50, env: { DEVICE_REST_MS: String(REST_MS) } });
});
afterAll(() => stage.close());

/** A business that has sold once, so that its item is registered, and whose device is then switched off. */
async function openWithDeviceDown(): Promise<Business> {
  const shop = await stage.open();
  await shop.fiscalise(shop.put());
  await shop.device.takeDown();
  return shop;
}

async function clickQueued(shop: Business) {
  const answer = await shop.api.post(`/invoices/${shop.put()}/fiscalise`, {});
  expect(answer.status).toBe(202);
  return SubmissionViewSchema.parse(answer.body);
}

const attemptsOf = (id: string) => stage.database.owner`
  select outcome, reason, started_at from attempts where submission_id = ${id} order by number`;

describe("a device that is switched off", () => {
  it("leaves the sale queued: a refused connection proves that nothing was sent", async () => {
    const shop = await openWithDeviceDown();
    const { id } = await clickQueued(shop);
    const attempts = await until("three attempts ended", async () => {
      const rows = await attemptsOf(id);
      return rows.filter(({ reason }) => reason !== null).length >= 3 && rows;
    });
    const ended = attempts.filter(({ reason }) => reason !== null);
    expect(new Set(ended.map(({ outcome, reason }) => `${outcome} ${reason}`))).toEqual(
      new Set(["not-sent ECONNREFUSED"]),
    );
    const view = await shop.reaches(id, "queued");
    expect(view).toMatchObject({ invoiceNumber: "2", unknownSince: null, needsAttention: false });
    expect(view.actions).toEqual(["withdraw"]);
    expect(["device-unreachable", "device-resting"]).toContain(view.wait?.reason);
  });

  it("gets the sale by itself once it is back, with the number it was given", async () => {
    const shop = await openWithDeviceDown();
    const { id } = await clickQueued(shop);
    await until("an attempt was refused", async () => (await attemptsOf(id)).length > 1);
    await shop.device.bringUp();
    expect(await shop.reaches(id, "fiscalised")).toMatchObject({ invoiceNumber: "2" });
    expect(shop.device.ledger()).toHaveLength(2);
  });

  it("is also waited for before the item is registered", async () => {
    const shop = await stage.open();
    await shop.device.takeDown();
    const { id } = await clickQueued(shop);
    await until("the failed registration counts", async () => {
      const view = await shop.submission(id);
      return view.wait?.reason !== "in-line";
    });
    await shop.device.bringUp();
    expect(await shop.reaches(id, "fiscalised")).toMatchObject({ invoiceNumber: "1", attempts: 1 });
  });

  it("shows on the page, with how many sales wait", async () => {
    const shop = await openWithDeviceDown();
    const first = await clickQueued(shop);
    const second = await clickQueued(shop);
    await shop.reaches(first.id, "queued");
    const zohoId = shop.put();
    const page = await until("the page says so", async () => {
      const view = InvoiceViewSchema.parse((await shop.api.get(`/invoices/${zohoId}`)).body);
      return view.device.status === "not-answering" && view;
    });
    expect(page.device).toMatchObject({ waiting: 2 });
    expect(page.device.lastAnswerAt).not.toBeNull();
    expect((await shop.submission(second.id)).wait?.before).toBe(1);
  });
});

describe("withdrawing", () => {
  it("gives the number to the next sale, and leaves a trace", async () => {
    const shop = await openWithDeviceDown();
    const { id, zohoDocumentId } = await clickQueued(shop);
    await until("it is withdrawn", async () => {
      const answer = await shop.api.post(`/submissions/${id}/withdraw`);
      return answer.status === 200;
    });
    expect(await shop.submission(id)).toMatchObject({ state: "withdrawn", invoiceNumber: null, wait: null });
    expect((await shop.audit()).findLast(({ action }) => action === "submission-withdrawn")).toMatchObject({
      actor: "user:1",
      action: "submission-withdrawn",
      subject: `submission:${id}`,
    });
    await shop.device.bringUp();
    expect(await shop.fiscalise(shop.put())).toMatchObject({ state: "fiscalised", invoiceNumber: "2" });
    expect(await shop.fiscalise(zohoDocumentId)).toMatchObject({ state: "fiscalised", invoiceNumber: "3" });
    expect(shop.device.ledger().map(({ invcNo }) => invcNo)).toEqual(["1", "2", "3"]);
    expect(await shop.submission(id)).toMatchObject({ state: "withdrawn" });
  });

  it("is refused once a sale is signed or was already withdrawn", async () => {
    const shop = await stage.open();
    const sold = await shop.fiscalise(shop.put());
    const answer = problemOf(await shop.api.post(`/submissions/${sold.id}/withdraw`));
    expect(answer).toMatchObject({ code: "action-not-allowed", status: 409 });
    expect(ownLife(await shop.submission(sold.id))).toEqual(ownLife(sold));
  });

  it("is refused while the device has the bytes", async () => {
    const shop = await stage.open();
    await shop.fiscalise(shop.put());
    const held = Promise.withResolvers<void>();
    shop.device.behave({ kind: "held", until: held.promise, times: 1 });
    const answer = await shop.api.post(`/invoices/${shop.put()}/fiscalise`, {});
    const { id } = SubmissionViewSchema.parse(answer.body);
    await shop.reaches(id, "sending");
    expect(problemOf(await shop.api.post(`/submissions/${id}/withdraw`))).toMatchObject({
      code: "action-not-allowed",
    });
    held.resolve();
    expect(await shop.reaches(id, "fiscalised")).toMatchObject({ attempts: 1 });
  });
});

describe("after five failures in a row", () => {
  it("the device rests, and is probed once a rest", async () => {
    const shop = await openWithDeviceDown();
    const { id } = await clickQueued(shop);
    await until("it says that it rests", async () => {
      const view = await shop.submission(id);
      return view.wait?.reason === "device-resting";
    });
    const attempts = await until("two probes after the fifth failure", async () => {
      const rows = await attemptsOf(id);
      return rows.length >= 7 && rows;
    });
    const times = attempts.map(({ started_at }) => (started_at as Date).getTime());
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    for (const gap of gaps.slice(4)) expect(gap).toBeGreaterThanOrEqual(REST_MS);
    await shop.device.bringUp();
    await shop.reaches(id, "fiscalised");
    const [branch] = await stage.database.owner`
      select failures, resting_until from branches where id = ${shop.branchId}`;
    expect(branch).toMatchObject({ failures: 0, resting_until: null });
  });

  it("other devices are not waited with", async () => {
    const [resting, other] = [await openWithDeviceDown(), await stage.open()];
    const { id } = await clickQueued(resting);
    await until("it rests", async () => (await resting.submission(id)).wait?.reason === "device-resting");
    expect(await other.fiscalise(other.put())).toMatchObject({ state: "fiscalised" });
    await resting.device.bringUp();
    await resting.reaches(id, "fiscalised");
  });
});
