import { ReconciliationsSchema } from "@fiscalise/shared/api/reconciliations.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zohoTime } from "../../sandbox/src/zoho/zoho-time.ts";
import { minuteOf } from "../src/businesses/reconciliation/begin-by-night.ts";
import { businessId } from "../src/db/with-business.ts";
import { problemOf } from "./api.ts";
import { booksOf } from "./books-steps.ts";
import { putNote, refund } from "./credit-notes.ts";
import { today } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { reconcilingOf } from "./reconciliation-steps.ts";
import { until } from "./until.ts";
import { connectBooks } from "./zoho-consent.ts";

let stage: Stage;
beforeAll(async () => {
  const env = { ZOHO_WRITE_SETTLES_MS: "10" };
  stage = await startStage({ answerWithinMs: 300, zohoPerMinute: 20_000, env });
});
afterAll(() => stage.close());

const { callsTo, change, invoicesOf, makeFields, sell, setStatus, textOf, written } = booksOf(() => stage);

describe("reconciling", () => {
  it("answers the one that runs to whoever asks for a second", async () => {
    const shop = await stage.open();
    const { start, ended } = reconcilingOf(shop);
    stage.zoho.behave({ kind: "slow", delayMs: 1_000, match: `organization_id=${shop.organizationId}` });
    const [first, second] = await Promise.all([start(), start({ from: today(), to: today() })]);
    stage.zoho.behave("up");
    expect(second).toEqual(first);
    expect((await ended(first.id)).state).toBe("completed");
  });

  it("reads nothing again that has not changed", async () => {
    const shop = await stage.open();
    const { run, differences } = reconcilingOf(shop);
    const zohoId = shop.put();
    const anHourAgo = Date.now() - 3_600_000;
    change(shop, zohoId, { last_modified_time: zohoTime(new Date(anHourAgo)) });
    expect(await run()).toMatchObject({ documents: 1, documentsRead: 1, found: 1 });
    expect(await run()).toMatchObject({ documents: 1, documentsRead: 0, found: 1 });
    change(shop, zohoId, { last_modified_time: zohoTime(new Date(anHourAgo + 1_000)), total: 12 });
    expect(await run()).toMatchObject({ documents: 1, documentsRead: 1, found: 1 });
    expect(await differences()).toMatchObject([{ there: expect.stringMatching(/^12 RWF/) }]);
  });

  it("reads an invoice once more, and no credit note, when the fields of receipts were made after it", async () => {
    const shop = await stage.open();
    const { run, differences } = reconcilingOf(shop);
    const zohoId = await sell(shop);
    const noteId = putNote(stage, shop, { invoices: [zohoId], total: "11800" });
    await refund(shop, noteId);
    await written(shop);
    const last_modified_time = zohoTime(new Date(Date.now() - 3_600_000));
    const notes = stage.zoho.forOrganization(shop.organizationId).creditnotes;
    notes.put(JSON.stringify({ ...JSON.parse(notes.get(noteId) ?? ""), last_modified_time }));
    change(shop, zohoId, { last_modified_time });
    const bare = textOf(shop, zohoId);
    expect(await run()).toMatchObject({ documents: 2, documentsRead: 2, found: 0 });
    await makeFields(shop);
    await written(shop);
    shop.putText(bare);
    expect(await run()).toMatchObject({ documents: 2, documentsRead: 1, found: 1 });
    expect(await differences()).toMatchObject([{ kind: "not-written-back", there: null }]);
    expect(await run()).toMatchObject({ documents: 2, documentsRead: 0, found: 1 });
  });

  it("leaves what it could not read as it was known, and goes on", async () => {
    const shop = await stage.open();
    const { run, differences } = reconcilingOf(shop);
    const [broken, fine] = [shop.put(), shop.put()];
    await run();
    change(shop, broken, { line_items: "none" });
    await shop.fiscalise(fine, {}, ["fiscalised"]);
    expect(await run()).toMatchObject({ state: "completed", documentsUnread: 1 });
    expect(await differences()).toMatchObject([{ document: { zohoId: broken } }]);
  });

  it("says nothing of what the predecessor may never have had signed", async () => {
    const shop = await stage.open();
    const { run, differences } = reconcilingOf(shop);
    const zohoId = shop.put();
    shop.device.behave({ kind: "lose-answer", times: 1 });
    const { id } = await shop.fiscalise(zohoId, {}, ["receipt-missing"]);
    await stage.database.owner`
      update submissions set imported_at = now(), problem = 'imported-outcome-unknown', invoice_number = 90000000
      where id = ${id}`;
    invoicesOf(shop).remove(zohoId);
    expect(await run()).toMatchObject({ state: "completed", found: 0 });
    expect(await differences()).toEqual([]);
  });

  it("closes by any later run what was mended, whatever its day, and keeps the rest", async () => {
    const shop = await stage.open();
    const { run, differences } = reconcilingOf(shop);
    const [mended, voided, open] = [shop.put(), shop.put(), shop.put()];
    const moved = await sell(shop);
    await written(shop);
    change(shop, moved, { date: today(-30) });
    await run();
    expect(await differences()).toHaveLength(4);
    await shop.fiscalise(mended, {}, ["fiscalised"]);
    setStatus(shop, voided, "void");
    change(shop, moved, { date: today() });
    await written(shop);
    expect(await run({ from: today(-90), to: today(-60) })).toMatchObject({ state: "completed", found: 1 });
    expect((await differences()).map(({ document }) => document?.zohoId)).toEqual([open]);
  });

  it("does not look for an organisation's documents in the one that took its place", async () => {
    const shop = await stage.open();
    const other = await stage.open({ connected: false });
    const { start, ended, run, differences } = reconcilingOf(shop);
    await sell(shop);
    await written(shop);
    stage.zoho.behave({ kind: "slow", delayMs: 1_500, match: `organization_id=${shop.organizationId}` });
    const { id } = await start();
    await connectBooks(stage, { ...shop, zohoUserId: other.zohoUserId });
    stage.zoho.behave("up");
    expect(await ended(id)).toMatchObject({ state: "stopped", problem: { code: "zoho-not-connected" } });
    expect(await run()).toMatchObject({ state: "completed", found: 0 });
    expect(await differences()).toEqual([]);
  });

  it("stops with a sentence when the day's calls are used up, and later goes on", async () => {
    const shop = await stage.open();
    const { run, kinds } = reconcilingOf(shop);
    shop.put();
    const { owner } = stage.database;
    await owner`insert into zoho_automation (business_id, daily_calls_max) values (${shop.id}, 1000)
      on conflict (business_id) do update set daily_calls_max = 1000`;
    await owner`insert into zoho_usage (business_id, day, calls) values (${shop.id}, (now() at time zone 'UTC')::date, 800)
      on conflict (business_id, day) do update set calls = 800`;
    const before = callsTo(shop).length;
    expect(await run()).toMatchObject({
      state: "stopped",
      problem: { code: "zoho-day-used-up", remedy: expect.stringMatching(/./) },
    });
    expect(callsTo(shop)).toHaveLength(before);
    await owner`update zoho_usage set calls = 1 where business_id = ${shop.id}`;
    expect(await run()).toMatchObject({ state: "completed" });
    expect(await kinds()).toEqual(["not-fiscalised"]);
  });

  it("says why the device was not compared, and leaves what is known of it", async () => {
    const shop = await stage.open();
    const { run, kinds } = reconcilingOf(shop);
    shop.device.takeNumbers(1, 3);
    await run();
    await shop.device.takeDown();
    const { device } = await run();
    expect(device).toMatchObject({ compared: false, problem: { code: "unavailable" } });
    expect(await kinds()).toEqual(["device-ahead"]);
  });

  it("refuses a period that is none, and whoever may not start one", async () => {
    const shop = await stage.open();
    for (const days of [
      { from: today(), to: today(-1) },
      { from: "2025-01-01", to: "2026-01-02" },
      { from: "yesterday", to: today() },
      {},
    ])
      expect(problemOf(await shop.api.post("/reconciliations", days)).code).toBe("input-invalid");
    const unconnected = await stage.open({ connected: false });
    const refused = await unconnected.api.post("/reconciliations", { from: today(), to: today() });
    expect(problemOf(refused).code).toBe("zoho-not-connected");
  });

  it("lists and exports its own differences alone, a page at a time", async () => {
    const [shop, other] = [await stage.open(), await stage.open()];
    for (let count = 0; count < 3; count += 1) shop.put();
    const { run, differences } = reconcilingOf(shop);
    const { id } = await run();
    const first = (await shop.api.get("/differences?limit=2")).body as {
      items: { id: string }[];
      nextCursor: string;
    };
    // Not a number counted over all businesses.
    const names = Buffer.from(first.nextCursor, "base64url").subarray(0, 16).toString("hex");
    expect(names).toBe(first.items[1]?.id.replaceAll("-", ""));
    const second = await shop.api.get(`/differences?limit=2&cursor=${encodeURIComponent(first.nextCursor)}`);
    expect(second.body).toMatchObject({ items: [{}], nextCursor: null });
    const elsewhere = await other.api.get(`/differences?limit=2&cursor=${first.nextCursor}`);
    expect(problemOf(elsewhere)).toMatchObject({ code: "input-invalid", fields: [{ path: "cursor" }] });
    const csv = (await shop.api.get("/differences.csv?state=open")).text;
    expect(csv.trim().split("\r\n")).toHaveLength(4);
    expect(problemOf(await other.api.get(`/reconciliations/${id}`)).code).toBe("not-found");
    const [mine] = await differences();
    const write = await other.api.post(`/differences/${mine?.id}/write-again`);
    expect(problemOf(write).code).toBe("not-found");
    expect(problemOf(await shop.api.post(`/differences/${mine?.id}/write-again`)).code).toBe(
      "action-not-allowed",
    );
    expect(await reconcilingOf(other).differences("")).toEqual([]);
  });
});

describe("by night", () => {
  it("each active business with a device and an organisation is compared until yesterday, at its own minute", async () => {
    const { owner } = stage.database;
    const shop = await stage.open();
    const others = [
      await stage.open({ connected: false }),
      await stage.open({ setUp: false }),
      await stage.open(),
    ];
    await owner`update businesses set status = 'inactive' where id = ${others[2]?.id ?? null}`;
    const plannedAt = async ({ id }: Pick<Business, "id">) => {
      const [job] = await owner<{ run_at: Date }[]>`
        select run_at from graphile_worker._private_jobs where key = ${`reconcile-night:${id}`}`;
      return job?.run_at ?? null;
    };
    const before = Date.now();
    await owner`select graphile_worker.add_job('plan-reconciliations', '{}'::json)`;
    const at = await until("planned", () => plannedAt(shop));
    const minute = minuteOf(businessId(shop.id)) * 60_000;
    expect(at.getTime() - before - minute).toBeGreaterThanOrEqual(0);
    expect(at.getTime() - Date.now() - minute).toBeLessThanOrEqual(0);
    for (const other of others) expect(await plannedAt(other)).toBeNull();

    await owner`
      select device_queue.enqueue_reconciliation(${shop.id}, now(), true)
      from (select set_config('app.business_id', ${shop.id}, true)) s`;
    const run = await until("it ran", async () => {
      const [latest] = ReconciliationsSchema.parse((await shop.api.get("/reconciliations")).body).items;
      return latest?.state === "completed" && latest;
    });
    expect(run).toMatchObject({ startedBy: null, from: today(-31), to: today(-1) });
  });
});
