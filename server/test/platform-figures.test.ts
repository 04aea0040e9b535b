import { Registry } from "prom-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { registerGauges } from "../src/gauges.ts";
import { PLATFORM_GAUGES } from "../src/platform-gauges.ts";
import { call } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { storeDocuments, storedDocument } from "./stored-documents.ts";

/** A little ahead: what was just queued is due. */
const NOW = new Date(Date.now() + 300_000);
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000).toISOString();

let stage: Stage;
let shops: Business[];
beforeAll(async () => {
  stage = await startStage({ env: { ROLE: "web" }, clock: () => NOW, answerWithinMs: 10 });
  shops = [await stage.open(), await stage.open(), await stage.open({ connected: false })];
});
afterAll(() => stage.close());

const platform = { gauges: PLATFORM_GAUGES, up: "fiscalise_database_up" };

/** A fresh process's figures: the first one's are kept for a moment. */
async function scrape(role: "web" | "worker", env: Record<string, string> = {}): Promise<string> {
  const server = await stage.addServer({ ROLE: role, ...env });
  const { text } = await call(`${server.url}/metrics`);
  await server.stop();
  return text;
}
const figureIn = (text: string) => (series: string) =>
  text
    .split("\n")
    .filter((line) => line.startsWith(`${series} `))
    .map((line) => Number(line.slice(series.length + 1)))
    .at(0);

it("counts over all businesses what is not done and how old it is, and says nothing of whose it is", async () => {
  const { owner } = stage.database;
  const [first, second, third] = shops as [Business, Business, Business];
  await storeDocuments(stage, first, [
    storedDocument({ state: "unknown", needsAttention: true }),
    storedDocument({ state: "queued", createdAt: ago(90) }),
  ]);
  await storeDocuments(stage, second, [
    storedDocument({ state: "unknown" }),
    storedDocument({ state: "receipt-missing" }),
    storedDocument({ state: "rejected" }),
  ]);
  await owner`update submissions set unknown_since = ${ago(7_300)} where state = 'unknown' and business_id = ${second.id}`;
  await owner`update submissions set unknown_since = ${ago(60)} where state = 'unknown' and business_id = ${first.id}`;
  await owner`update submissions set state_since = ${ago(30)} where state = 'receipt-missing'`;
  await owner`update branches set failing_since = ${ago(600)}, failures = 4 where business_id = ${second.id}`;
  await owner`update branches set failing_since = ${ago(900)}, resting_until = ${ago(-20)} where business_id = ${third.id}`;
  await owner`update zoho_connections set status = 'lost' where business_id = ${second.id}`;
  await owner`insert into zoho_usage (business_id, day, calls) values (${first.id}, ${NOW.toISOString().slice(0, 10)}, 901)
    on conflict (business_id, day) do update set calls = excluded.calls`;
  await owner`insert into zoho_automation (business_id, daily_calls_max) values (${first.id}, 1000)
    on conflict (business_id) do update set daily_calls_max = 1000`;
  await owner`insert into write_backs (business_id, submission_id, part, state, created_at)
    select business_id, id, 'fields', 'waiting', ${ago(120)}::timestamptz from submissions where state = 'receipt-missing'`;
  await owner`insert into write_backs (business_id, submission_id, part, state, problem)
    select business_id, id, 'attachment', 'blocked', p.problem from submissions s
    cross join lateral (select case s.state when 'unknown' then 'zoho-fields-missing' else 'zoho-refused' end) p(problem)
    where s.state in ('unknown', 'receipt-missing')`;

  for (const [shop, kind, resolved, accepted] of [
    [first, "device-ahead", null, null],
    [second, "device-ahead", null, null],
    [second, "device-ahead", ago(5), null],
    [third, "device-ahead", null, ago(5)],
  ] as const) {
    const [run] =
      await owner`insert into reconciliations (business_id, created_at, from_day, to_day, outcome, ended_at)
      values (${shop.id}, now(), '2026-01-01', '2026-01-01', 'completed', now()) returning id`;
    await owner`insert into differences (business_id, kind, subject, detail, found_sha256, first_seen, reconciliation_id,
        resolved_at, accepted_at, accepted_by, accepted_reason)
      values (${shop.id}, ${kind}, 'device:1', '{}', '', now(), ${run?.id}, ${resolved}, ${accepted},
        ${accepted && shop.adminId}, ${accepted && "Another till's"})`;
  }

  const text = await scrape("worker");
  const figure = figureIn(text);
  expect(figure('fiscalise_differences_open{kind="device-ahead"}')).toBe(2);
  expect(figure('fiscalise_differences_open{kind="not-fiscalised"}')).toBe(0);
  expect(figure('fiscalise_submissions{state="unknown"}')).toBe(2);
  expect(figure('fiscalise_submissions{state="sending"}')).toBe(0);
  expect(figure('fiscalise_submission_oldest_seconds{state="unknown"}')).toBe(7_300);
  expect(figure('fiscalise_submission_oldest_seconds{state="queued"}')).toBe(90);
  expect(figure('fiscalise_submission_oldest_seconds{state="receipt-missing"}')).toBe(30);
  expect(figure("fiscalise_submissions_needing_attention")).toBe(1);
  expect(figure('fiscalise_devices{condition="set-up"}')).toBe(3);
  expect(figure('fiscalise_devices{condition="failing"}')).toBe(2);
  expect(figure('fiscalise_devices{condition="resting"}')).toBe(1);
  expect(figure("fiscalise_device_failing_longest_seconds")).toBe(900);
  expect(figure('fiscalise_zoho_grants{status="lost"}')).toBe(1);
  expect(figure('fiscalise_zoho_grants{status="connected"}')).toBe(1);
  expect(figure('fiscalise_zoho_day_limit_organisations{level="near"}')).toBe(1);
  expect(figure('fiscalise_write_backs{state="waiting"}')).toBe(1);
  expect(figure('fiscalise_write_backs{state="blocked"}')).toBe(1);
  expect(figure('fiscalise_write_back_oldest_seconds{state="waiting"}')).toBe(120);
  expect(figure('fiscalise_businesses{status="active"}')).toBe(3);
  expect(figure("fiscalise_database_up")).toBe(1);
  expect(figure("fiscalise_workers_alive")).toBe(2);
  expect(figure("fiscalise_database_connections")).toBeGreaterThan(2);
  expect(figure("fiscalise_database_bytes")).toBeGreaterThan(1_000_000);
  for (const { id, tin, organizationId, branchId } of shops)
    for (const secret of [id, tin, organizationId, branchId]) expect(text).not.toContain(secret);
});

it("counts what waits for the automation in active businesses: what is held waits on purpose", async () => {
  const { owner } = stage.database;
  const [active, held] = [await stage.open({ connected: false }), await stage.open({ connected: false })];
  for (const { id } of [active, held]) {
    await owner`insert into automated_documents (business_id, document_kind, document_id, state, state_since, judged_at)
      values (${id}, 'invoice', '1', 'waiting', ${ago(id === held.id ? 9_000 : 40)}, now())`;
  }
  await owner`update businesses set status = 'inactive' where id = ${held.id}`;
  const figure = figureIn(await scrape("web"));
  expect(figure('fiscalise_automated_documents{state="waiting"}')).toBe(1);
  expect(figure('fiscalise_automated_document_oldest_seconds{state="waiting"}')).toBe(40);
});

it("says how much work waits in the queue, by task", async () => {
  const shop = await stage.open();
  expect((await shop.api.post(`/invoices/${shop.put()}/fiscalise`)).status).toBe(202);
  const figure = figureIn(await scrape("web"));
  expect(figure('fiscalise_queue_jobs{task="drain-device",state="due"}')).toBeGreaterThanOrEqual(1);
  expect(figure('fiscalise_queue_oldest_due_seconds{task="drain-device"}')).toBeGreaterThan(30);
});

it("says since when an audit event has no anchor", async () => {
  const { owner } = stage.database;
  const [oldest] = await owner`select extract(epoch from ${NOW.toISOString()}::timestamptz - min(at)) as age
    from audit_events e where not exists (select from audit_anchors a where a.chain = e.chain)`;
  expect(figureIn(await scrape("web"))("fiscalise_audit_unanchored_seconds")).toBeCloseTo(
    Number(oldest?.age),
    1,
  );
});

it.each([
  ["does not answer", () => new Promise<never>(() => {})],
  ["refuses", () => Promise.reject(new Error("away"))],
])(
  "shows no old figures while the database %s, and what the process knows all the same",
  async (_how, away) => {
    const registry = new Registry();
    const unread: unknown[] = [];
    let isAway = true;
    const read = () => (isAway ? away() : Promise.resolve([{ figure: "workers", kinds: [], value: 2 }]));
    const scraped = registerGauges(registry, {
      ...platform,
      read,
      onUnread: (error) => unread.push(error),
      waitMs: 20,
      freshMs: 0,
    });
    await scraped();
    const text = await registry.metrics();
    expect(text).toContain("fiscalise_database_up 0");
    expect(text).not.toMatch(/^fiscalise_(submissions|workers_alive)/m);
    expect(unread).toHaveLength(1);
    isAway = false;
    await scraped();
    expect(await registry.metrics()).toContain("fiscalise_workers_alive 2");
  },
);

it("asks the database once however many scrape at once", async () => {
  let asked = 0;
  const scraped = registerGauges(new Registry(), {
    ...platform,
    read: async () => {
      asked += 1;
      return [];
    },
    onUnread: () => {},
  });
  await Promise.all(Array.from({ length: 10 }, scraped));
  await scraped();
  expect(asked).toBe(1);
});

it("shows one business's own figures where the operator chose it, and of no other", async () => {
  const [chosen, other] = [await stage.open({ connected: false }), await stage.open({ connected: false })];
  const { owner } = stage.database;
  await storeDocuments(stage, chosen, [storedDocument({ state: "receipt-missing", createdAt: ago(45) })]);
  await owner`update branches set failing_since = ${ago(300)}, failures = 6, resting_until = now() where business_id = ${chosen.id}`;
  const gone = "7c1f4a52-6d2b-4d0e-9c58-5a0b7a3f1d09";
  const text = await scrape("web", { METRICS_BUSINESSES: `${gone}, ${chosen.id}` });
  const figure = figureIn(text);
  const own = `business="${chosen.id}"`;
  expect(figure(`fiscalise_business_submissions{${own},state="receipt-missing"}`)).toBe(1);
  expect(figure(`fiscalise_business_oldest_seconds{${own}}`)).toBe(45);
  expect(figure(`fiscalise_business_device_failing_seconds{${own}}`)).toBe(300);
  expect(figure(`fiscalise_business_grant{${own},status="none"}`)).toBe(1);
  expect(figure(`fiscalise_business_attention{${own},kind="device-not-answering"}`)).toBe(1);
  expect(text).not.toContain(other.id);
});

it.each([
  ["what is no id", "shop"],
  ["more than 50", Array.from({ length: 51 }, () => "7c1f4a52-6d2b-4d0e-9c58-5a0b7a3f1d09").join()],
])("does not start with %s to watch", (_what, METRICS_BUSINESSES) => {
  expect(() => readConfig({ ...stage.env, METRICS_BUSINESSES })).toThrow("configuration: METRICS_BUSINESSES");
});
