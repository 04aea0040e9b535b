import { StatsSchema } from "@fiscalise/shared/api/figures.ts";
import { ReconciliationsSchema } from "@fiscalise/shared/api/reconciliations.ts";
import type { DifferenceKind } from "@fiscalise/shared/reconciliation.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDevice } from "../../sandbox/src/vsdc/device.ts";
import { readOff } from "../../sandbox/src/vsdc/read-off.ts";
import { zohoTime } from "../../sandbox/src/zoho/zoho-time.ts";
import { minuteOf } from "../src/businesses/reconciliation/begin-by-night.ts";
import { businessId } from "../src/db/with-business.ts";
import { problemOf } from "./api.ts";
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

const callsTo = (shop: Business) =>
  stage.zoho.calls().filter(({ path }) => path.includes(shop.organizationId));
const invoicesOf = (shop: Business) => stage.zoho.forOrganization(shop.organizationId).invoices;
const textOf = (shop: Business, zohoId: string) => invoicesOf(shop).get(zohoId) ?? "";
/** As somebody would in Zoho Books, which notes when. */
const change = (shop: Business, zohoId: string, to: object, text = textOf(shop, zohoId)) => {
  const last_modified_time = zohoTime(new Date());
  shop.putText(JSON.stringify({ ...JSON.parse(text), last_modified_time, ...to }));
};
const setStatus = ({ organizationId }: Business, zohoId: string, status: string) =>
  stage.zoho.setStatus("invoices", zohoId, { status, organizationId });
/** Done with what goes back to Zoho by itself. */
const written = (shop: Business) =>
  until("written back", async () => {
    const open = await stage.database.owner`
      select from write_backs where business_id = ${shop.id} and state in ('waiting', 'writing')`;
    return open.length === 0;
  });

/** Its organisation has the fields that receipts are written to. */
async function openWithFields(): Promise<Business> {
  const shop = await stage.open();
  const made = await shop.api.post("/businesses/me/zoho-config/parts");
  if (made.status >= 300) throw new Error(`the parts were not made: ${made.text}`);
  return shop;
}

async function sell(shop: Business): Promise<string> {
  const zohoId = shop.put();
  await shop.fiscalise(zohoId, {}, ["fiscalised"]);
  return zohoId;
}

async function sellWritten(shop: Business): Promise<string> {
  const zohoId = await sell(shop);
  await written(shop);
  return zohoId;
}

describe("a reconciliation", () => {
  it("of a business whose books agree finds nothing, writes nothing and asks the device once", async () => {
    const shop = await openWithFields();
    const { run, differences } = reconcilingOf(shop);
    await sell(shop);
    const refunded = await sell(shop);
    await refund(shop, putNote(stage, shop, { invoices: [refunded], total: "11800" }));
    shop.put({ status: "draft" });
    const voided = shop.put({ status: "void" });
    // From before its device signed anything; and of a sale that was never signed.
    shop.put({ date: today(-2) });
    putNote(stage, shop, { invoices: [voided], total: "11800" });
    await written(shop);
    const [before, asked] = [callsTo(shop).length, shop.device.exchanges().length];
    const done = await run();
    expect(await differences()).toEqual([]);
    expect(done).toMatchObject({ state: "completed", documentsUnread: 0, found: 0, problem: null });
    expect(done.device).toEqual({ compared: true, problem: null });
    const methods = new Set(
      callsTo(shop)
        .slice(before)
        .map(({ method }) => method),
    );
    expect([...methods]).toEqual(["GET"]);
    const questions = shop.device.exchanges().slice(asked);
    expect(questions.map(({ path }) => path)).toEqual([expect.stringMatching(/selectInitInfo$/)]);
    const actions = (await shop.audit()).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(["reconciliation-started", "reconciliation-completed"]));
  });

  type Case = [string, DifferenceKind[], () => Promise<{ of?: string; mend: () => unknown }>];
  const casesOf = (shop: Business): Case[] => [
    [
      "an invoice that was sent and never fiscalised",
      ["not-fiscalised"],
      async () => {
        const of = shop.put();
        return { of, mend: () => shop.fiscalise(of, {}, ["fiscalised"]) };
      },
    ],
    [
      "a credit note over a signed invoice that was never fiscalised",
      ["not-fiscalised"],
      async () => {
        const of = putNote(stage, shop, { invoices: [await sell(shop)], total: "11800" });
        return { of, mend: () => refund(shop, of) };
      },
    ],
    [
      "another total",
      ["changed-after-signing"],
      async () => {
        const of = await sellWritten(shop);
        const before = textOf(shop, of);
        change(shop, of, { total: 11900 });
        return { of, mend: () => change(shop, of, {}, before) };
      },
    ],
    [
      "a date outside the days compared",
      ["changed-after-signing"],
      async () => {
        const of = await sellWritten(shop);
        change(shop, of, { date: today(-40) });
        return { of, mend: () => change(shop, of, { date: today() }) };
      },
    ],
    [
      "an invoice voided though signed",
      ["void-after-signing"],
      async () => {
        const of = await sellWritten(shop);
        setStatus(shop, of, "void");
        return { of, mend: () => setStatus(shop, of, "sent") };
      },
    ],
    [
      "an invoice voided though signed, until its refund is",
      ["void-after-signing"],
      async () => {
        const of = await sellWritten(shop);
        setStatus(shop, of, "void");
        return {
          of,
          mend: () => refund(shop, putNote(stage, shop, { invoices: [of], total: "11800" })),
        };
      },
    ],
    [
      "an invoice deleted though signed",
      ["gone-after-signing"],
      async () => {
        const of = await sellWritten(shop);
        const before = textOf(shop, of);
        invoicesOf(shop).remove(of);
        return { of, mend: () => shop.putText(before) };
      },
    ],
    [
      "a receipt that is missing for more than a day",
      ["unresolved"],
      async () => {
        const of = shop.put();
        shop.device.behave({ kind: "lose-answer", times: 1 });
        const { id } = await shop.fiscalise(of, {}, ["receipt-missing"]);
        const longAgo = new Date(Date.now() - 25 * 3_600_000);
        await stage.database.owner`
          update submissions set state_since = ${longAgo}, unknown_since = null where id = ${id}`;
        const entry = readOff(shop.device.ledger().at(-1));
        return { of, mend: () => shop.api.post(`/submissions/${id}/adopt`, entry) };
      },
    ],
    [
      "fields that somebody emptied",
      ["not-written-back"],
      async () => {
        const of = await sellWritten(shop);
        change(shop, of, { custom_fields: [], custom_field_hash: {} });
        const mend = async () => {
          const [found] = await reconcilingOf(shop).differences("kind=not-written-back");
          expect(found).toMatchObject({ action: "write-again", there: null });
          expect((await shop.api.post(`/differences/${found?.id}/write-again`)).status).toBe(204);
        };
        return { of, mend };
      },
    ],
    [
      "a copy that carries the receipt of what it was copied from",
      ["not-fiscalised", "twice-at-zoho"],
      async () => {
        const copied = await sellWritten(shop);
        const of = `${copied}9`;
        const copy = { invoice_id: of, invoice_number: "INV-COPY" };
        shop.putText(JSON.stringify({ ...JSON.parse(textOf(shop, copied)), ...copy }));
        return { of, mend: () => setStatus(shop, of, "void") };
      },
    ],
  ];

  it("finds every kind of difference, each once, and closes it when it is mended", async () => {
    const shop = await openWithFields();
    const { run, differences } = reconcilingOf(shop);
    const made: { what: string; kinds: DifferenceKind[]; of: string; mend: () => unknown }[] = [];
    for (const [what, kinds, differ] of casesOf(shop)) {
      const { of = "", mend } = await differ();
      made.push({ what, kinds, of, mend });
    }
    await written(shop);
    const whatIs = (zohoId: string | undefined) => made.find(({ of }) => of === zohoId)?.what ?? zohoId;
    const expected = made.flatMap(({ what, kinds }) => kinds.map((kind) => `${kind}: ${what}`)).toSorted();
    const first = await run();
    const found = await differences();
    expect(found.map(({ kind, document }) => `${kind}: ${whatIs(document?.zohoId)}`).toSorted()).toEqual(
      expected,
    );
    expect(first).toMatchObject({ state: "completed", found: expected.length });
    // Without the one that the overview tells as a missing receipt.
    const { attention } = StatsSchema.parse((await shop.api.get("/businesses/me/stats")).body);
    expect(attention.find(({ kind }) => kind === "differences")?.count).toBe(expected.length - 1);
    await run();
    expect(await differences()).toEqual(found);
    const signed = shop.device.ledger().length;
    for (const { mend } of made) await mend();
    await written(shop);
    // What was mended by signing: an invoice and two credit notes.
    expect(shop.device.ledger().length - signed).toBe(3);
    await run();
    expect((await differences()).map(({ kind, document }) => `${kind}: ${whatIs(document?.zohoId)}`)).toEqual(
      [],
    );
    const closed = await differences("open=false");
    expect(closed.map(({ id }) => id)).toEqual(found.map(({ id }) => id));
  });

  it("finds a device that signed more than we know, and one that was exchanged for an empty one", async () => {
    const shop = await stage.open();
    const { run, differences, kinds } = reconcilingOf(shop);
    await sell(shop);
    shop.device.takeNumbers(2, 2);
    await run();
    expect(await differences()).toMatchObject([
      { kind: "device-ahead", here: "1", there: "3", document: null },
    ]);
    await sell(shop);
    const { tin, bhfId, serial } = shop.device;
    const empty = await startDevice({ tin, bhfId, serial });
    await stage.database.owner`update branches set base_url = ${empty.url} where business_id = ${shop.id}`;
    await run();
    expect(await differences()).toMatchObject([{ kind: "device-behind", here: "4", there: "0" }]);
    await stage.database
      .owner`update branches set base_url = ${shop.device.url} where business_id = ${shop.id}`;
    await run();
    expect(await kinds()).toEqual([]);
    await empty.close();
  });
});

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
    const first = (await shop.api.get("/differences?limit=2")).body as { nextCursor: string };
    const second = await shop.api.get(`/differences?limit=2&cursor=${encodeURIComponent(first.nextCursor)}`);
    expect(second.body).toMatchObject({ items: [{}], nextCursor: null });
    const csv = (await shop.api.get("/differences.csv?open=true")).text;
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
