import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VAT_AND_LEVY } from "../../sandbox/src/zoho/invoice-parts.ts";
import { problemOf } from "./api.ts";
import { bulkOf, isEachSignedOnce, putMany } from "./bulk-steps.ts";
import { line, today } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";

const readsOf = (stage: Stage, zohoId: string) =>
  stage.zoho.calls().filter(({ method, path }) => method === "GET" && path.includes(`/invoices/${zohoId}`))
    .length;

/** As if the time the run's job comes back at had come. */
const dueNow = ({ database }: Stage, { id }: Business) => database.owner`
  select device_queue.enqueue_bulk_run(${id}, now()) from (select set_config('app.business_id', ${id}, true)) s`;

describe("a bulk run", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage({ answerWithinMs: 50, zohoPerMinute: 20_000 });
  });
  afterAll(() => stage.close());

  it("says before anything is signed what is ready, and what is refused with its remedy", async () => {
    const shop = await stage.open();
    const bulk = bulkOf(shop);
    const done = shop.put();
    await shop.fiscalise(done, {}, ["fiscalised"]);
    putMany(shop, 4);
    shop.put({ date: today(-40) });
    shop.put({ status: "void" });
    const draft = shop.put({ status: "draft" });
    shop.put({ lines: [line({ tax: VAT_AND_LEVY })] });
    shop.put({ lines: [line({ tax: VAT_AND_LEVY })] });
    const run = await bulk.check();
    expect(run).toMatchObject({ state: "checked", leftOut: 1, actions: ["start", "stop"] });
    expect(run.counts).toMatchObject({ ready: 4, refused: 3, waiting: 0, fiscalised: 0 });
    expect(run.reasons.map(({ code, count }) => [code, count])).toEqual(
      expect.arrayContaining([
        ["tax-group-unsupported", 2],
        ["document-not-final", 1],
      ]),
    );
    expect(run.reasons.find(({ code }) => code === "document-not-final")).toMatchObject({
      remedy: expect.stringMatching(/./),
      documents: [{ zohoId: draft }],
    });
    expect(readsOf(stage, draft)).toBe(0);
    expect(shop.device.ledger()).toHaveLength(1);
    const [row] = await stage.database.owner`
      select count(*)::int as submissions from submissions where business_id = ${shop.id}`;
    expect(row?.submissions).toBe(1);
  });

  it("signs what was ready in the starter's name, and reads nothing twice that did not change", async () => {
    const shop = await stage.open();
    const bulk = bulkOf(shop);
    const ids = putMany(shop, 6);
    const { id } = await bulk.check();
    await bulk.ask(id, "start");
    const run = await bulk.settled(id);
    expect(run.counts).toMatchObject({ fiscalised: 6, ready: 0 });
    expect(shop.device.ledger()).toHaveLength(6);
    for (const zohoId of ids) expect(readsOf(stage, zohoId)).toBe(1);
    const audit = await shop.audit();
    expect(audit.filter(({ action }) => action === "submission-accepted")).toHaveLength(6);
    expect(
      audit
        .filter(({ subject }) => subject === `bulk-run:${id}`)
        .map(({ actor, action }) => `${actor} ${action}`),
    ).toEqual([
      "user:1 bulk-run-created",
      "system bulk-run-checked",
      "user:1 bulk-run-started",
      "system bulk-run-done",
    ]);
    const kept = await stage.database.owner`
      select from bulk_documents where business_id = ${shop.id} and document_text is not null`;
    expect(kept).toHaveLength(0);
  });

  it("refuses what changed for the worse between check and start, and signs the rest", async () => {
    const shop = await stage.open();
    const bulk = bulkOf(shop);
    const [first = "", voided = ""] = putMany(shop, 3);
    const { id } = await bulk.check();
    const { organizationId } = shop;
    stage.zoho.setStatus("invoices", voided, { status: "void", organizationId });
    await bulk.ask(id, "start");
    const run = await bulk.settled(id);
    expect(run.counts).toMatchObject({ fiscalised: 2, refused: 1 });
    expect(run.reasons).toMatchObject([{ code: "document-not-final", documents: [{ zohoId: voided }] }]);
    expect([readsOf(stage, first), readsOf(stage, voided)]).toEqual([1, 2]);
  });

  it("goes on past a document the device rejects and one Zoho no longer has", async () => {
    const shop = await stage.open();
    const bulk = bulkOf(shop);
    const [kept = ""] = putMany(shop, 1);
    shop.device.behave({ kind: "result", code: "881", signed: false, times: 1 });
    const { id } = await bulk.check({ zohoIds: [kept, shop.put(), "48150000000999999999"] });
    expect((await bulk.view(id)).counts).toMatchObject({ ready: 2, failed: 1 });
    await bulk.ask(id, "start");
    const run = await bulk.settled(id);
    expect(run.counts).toMatchObject({ rejected: 1, fiscalised: 1, failed: 1 });
    expect(run.reasons).toMatchObject([{ code: "zoho-document-not-found", count: 1 }]);
  });

  it("pauses and goes on where it was; stopped, it leaves the rest alone", async () => {
    const shop = await stage.open();
    const bulk = bulkOf(shop);
    putMany(shop, 8);
    const { id } = await bulk.check();
    await shop.device.takeDown();
    await bulk.ask(id, "start");
    await bulk.when(id, "the line is full", ({ counts }) => counts["under-way"] === 3);
    expect(await bulk.ask(id, "pause")).toMatchObject({ state: "paused", reason: null });
    await shop.device.bringUp();
    const paused = await bulk.when(id, "the line is empty", ({ counts }) => counts["under-way"] === 0);
    expect(paused.counts.fiscalised).toBeLessThanOrEqual(4);
    expect(await bulk.ask(id, "resume")).toMatchObject({ state: "running" });
    await bulk.when(id, "it went on", ({ counts }) => counts.fiscalised > 4);
    expect((await bulk.settled(id)).counts.fiscalised).toBe(8);
    expect(isEachSignedOnce(shop)).toBe(true);

    putMany(shop, 5);
    const second = await bulk.check();
    expect(second).toMatchObject({ leftOut: 8, counts: { ready: 5 } });
    expect(await bulk.ask(second.id, "stop")).toMatchObject({ state: "stopped", actions: [] });
    const again = await shop.api.post(`/bulk-runs/${second.id}/start`, {});
    expect(problemOf(again).code).toBe("action-not-allowed");
    expect(shop.device.ledger()).toHaveLength(8);
  });

  it.each(["stop", "pause"] as const)("accepts nothing more once %s was answered", async (action) => {
    const shop = await stage.open();
    const bulk = bulkOf(shop);
    putMany(shop, 2);
    const { id } = await bulk.check();
    const { owner } = stage.database;
    // The first document is read and about to be accepted, which needs the branch's row.
    await owner.begin(async (sql) => {
      await sql`select from branches where business_id = ${shop.id} for update`;
      await bulk.ask(id, "start");
      await until("a document is about to be accepted", async () => {
        const waiting = await owner`
          select from pg_stat_activity where datname = current_database()
            and wait_event_type = 'Lock' and query like '%"branches"%for update%'`;
        return waiting.length === 1;
      });
      await bulk.ask(id, action);
    });
    await until("the run's job has ended", async () => {
      const jobs = await owner`select from graphile_worker._private_jobs where key = ${`bulk:${shop.id}`}`;
      return jobs.length === 0;
    });
    expect(await owner`select from submissions where business_id = ${shop.id}`).toHaveLength(0);
    expect((await bulk.view(id)).counts).toMatchObject({ ready: 2, failed: 0 });
    if (action === "stop") return;
    await bulk.ask(id, "resume");
    expect((await bulk.settled(id)).counts.fiscalised).toBe(2);
  });

  it("never puts a person's click behind more than three of its documents", async () => {
    const shop = await stage.open();
    const bulk = bulkOf(shop);
    putMany(shop, 6);
    const { id } = await bulk.check();
    await shop.device.takeDown();
    await bulk.ask(id, "start");
    await bulk.when(id, "the line is full", ({ counts }) => counts["under-way"] === 3);
    const clicked = await shop.fiscalise(shop.put(), {}, ["queued"]);
    expect(clicked.wait?.before).toBeLessThanOrEqual(3);
    await shop.device.bringUp();
    await shop.reaches(clicked.id, "fiscalised");
    expect((await bulk.settled(id)).counts.fiscalised).toBe(6);
    expect(isEachSignedOnce(shop)).toBe(true);
  });

  it("pauses with the reason when the grant is lost, and goes on after connecting anew", async () => {
    const shop = await stage.open();
    const bulk = bulkOf(shop);
    const { id } = await bulk.check({ zohoIds: putMany(shop, 8) });
    await shop.device.takeDown();
    await bulk.ask(id, "start");
    await bulk.when(id, "the line is full", ({ counts }) => counts["under-way"] === 3);
    stage.zoho.revokeAll();
    await shop.device.bringUp();
    await bulk.when(id, "the line is empty", ({ counts }) => counts["under-way"] === 0);
    await dueNow(stage, shop);
    const paused = await bulk.reaches(id, "paused");
    expect(paused.reason).toMatchObject({ code: "zoho-grant-lost", remedy: expect.stringMatching(/./) });
    expect(paused.counts.ready).toBeGreaterThan(0);
    await stage.connect(shop);
    await bulk.ask(id, "resume");
    expect((await bulk.settled(id)).counts.fiscalised).toBe(8);
    expect(isEachSignedOnce(shop)).toBe(true);
  });

  it("waits where Zoho is away, says for what, and goes on by itself", async () => {
    const shop = await stage.open();
    const bulk = bulkOf(shop);
    const zohoIds = putMany(shop, 2);
    stage.zoho.behave({
      kind: "rate-limited",
      retryAfterSeconds: 25,
      match: `/invoices/${zohoIds[0]}`,
      times: 1,
    });
    const { id } = (await shop.api.post("/bulk-runs", { zohoIds })).body as { id: string };
    const waiting = await bulk.when(id, "it waits", (run) => run.waiting !== null);
    expect(waiting).toMatchObject({ state: "checking", waiting: { code: "zoho-rate-limited" } });
    await until("it comes back by itself, later", async () => {
      const [job] = await stage.database.owner`
        select run_at > now() as is_later from graphile_worker._private_jobs where key = ${`bulk:${shop.id}`}`;
      return job?.is_later;
    });
    await dueNow(stage, shop);
    expect((await bulk.reaches(id, "checked")).waiting).toBeNull();
  });

  it("signs nothing more in the name of somebody who is no admin any more", async () => {
    const shop = await stage.open();
    const bulk = bulkOf(shop);
    putMany(shop, 2);
    const { id } = await bulk.check();
    const { owner } = stage.database;
    await owner`update users set role = 'business_admin' where id = ${shop.userId}`;
    await owner`update bulk_runs set started_by = ${shop.userId}, started_at = now(), state = 'paused' where id = ${id}`;
    await owner`update users set role = 'business_user' where id = ${shop.userId}`;
    await owner`update bulk_runs set state = 'running' where id = ${id}`;
    const other = await stage.open();
    await dueNow(stage, other);
    await dueNow(stage, shop);
    expect((await bulk.reaches(id, "paused")).reason?.code).toBe("forbidden");
    expect(shop.device.ledger()).toHaveLength(0);
    await bulk.ask(id, "resume");
    expect((await bulk.settled(id)).counts.fiscalised).toBe(2);
  });

  it("pauses while its business is inactive, and goes on when a person says so", async () => {
    const shop = await stage.open();
    const bulk = bulkOf(shop);
    putMany(shop, 2);
    const { id } = await bulk.check();
    const { owner } = stage.database;
    await owner`update businesses set status = 'inactive' where id = ${shop.id}`;
    await owner`update bulk_runs set started_by = ${shop.adminId}, started_at = now(), state = 'running' where id = ${id}`;
    await dueNow(stage, shop);
    await until("it paused", async () => {
      const [run] = await owner`select state from bulk_runs where id = ${id}`;
      return run?.state === "paused";
    });
    expect(shop.device.ledger()).toHaveLength(0);
    await owner`update businesses set status = 'active' where id = ${shop.id}`;
    expect(await bulk.reaches(id, "paused")).toMatchObject({ reason: { code: "business-inactive" } });
    await bulk.ask(id, "resume");
    expect((await bulk.settled(id)).counts.fiscalised).toBe(2);
  });

  it("is one at a time, and a check nobody started gives way to the next", async () => {
    const shop = await stage.open();
    const bulk = bulkOf(shop);
    putMany(shop, 1);
    const first = await bulk.check();
    const second = await bulk.check();
    expect((await bulk.view(first.id)).state).toBe("stopped");
    await shop.device.takeDown();
    putMany(shop, 5);
    const third = await bulk.check();
    await bulk.ask(third.id, "start");
    const refused = await shop.api.post("/bulk-runs", { from: today(), to: today() });
    expect([refused.status, problemOf(refused).code]).toEqual([409, "bulk-run-unfinished"]);
    expect((await shop.api.get("/bulk-runs")).body).toMatchObject({
      items: [{ id: third.id }, { id: second.id, state: "stopped" }, { id: first.id }],
    });
  });
});
