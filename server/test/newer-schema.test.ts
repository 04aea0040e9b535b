import { SubmissionViewSchema } from "@fiscalise/shared/api/submissions.ts";
import type postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createApi } from "./api.ts";
import { sentinel } from "./factories.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";

const SALES_EACH = 6;

let stage: Stage;
let shop: Business;
beforeAll(async () => {
  stage = await startStage({ answerWithinMs: 100 });
  shop = await stage.open();
});
afterAll(() => stage.close());

/** All that a migration of the version after this one may do (docs/decisions/028), to every table and function we have. */
async function migrateFurther(owner: postgres.Sql): Promise<number> {
  const tables = await owner<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public'`;
  for (const { name } of tables) {
    await owner.unsafe(`alter table ${name} add column newer_text text, add column newer_count integer not null default 7;
      create index on ${name} (newer_count)`);
  }
  const functions = await owner<{ definition: string }[]>`
    select pg_get_functiondef(oid) as definition from pg_proc
    where pronamespace in ('public'::regnamespace, 'gate'::regnamespace) and prokind = 'f'`;
  for (const { definition } of functions) await owner.unsafe(definition);
  await owner.unsafe("create table newer_things (id uuid primary key)");
  return tables.length + functions.length;
}

async function click(url: string, zohoId: string): Promise<string> {
  const answer = await createApi(() => url, stage.token(shop)).post(`/invoices/${zohoId}/fiscalise`, {});
  expect(answer.status, answer.text).toBeLessThan(300);
  return SubmissionViewSchema.parse(answer.body).id;
}

const sell = async (url: string) => {
  const ids = [];
  for (let sale = 0; sale < SALES_EACH; sale += 1) ids.push(await click(url, shop.put()));
  return ids;
};

it("is migrated under a server that signs, and another one started beside it signs too: each sale once", async () => {
  // Everything is prepared by now, and one sale is signed while its answer is on its way.
  const before = await sell(stage.url());
  for (const id of before) await shop.reaches(id, "fiscalised");
  const underWay = await click(stage.url(), shop.put(sentinel("slow-after:900")));
  await until("the device has signed it", () => shop.device.ledger().length === SALES_EACH + 1);
  const [during, changed] = await Promise.all([sell(stage.url()), migrateFurther(stage.database.owner)]);
  expect(changed).toBeGreaterThan(40);
  const newer = await stage.addServer();
  const after = await Promise.all([sell(stage.url()), sell(newer.url)]);

  const ids = [...before, underWay, ...during, ...after.flat()];
  const views = await Promise.all(ids.map((id) => shop.reaches(id, "fiscalised")));
  const numbers = views.map(({ invoiceNumber }) => Number(invoiceNumber)).toSorted((a, b) => a - b);
  expect(numbers).toEqual(ids.map((_, index) => index + 1));
  const signed = shop.device.ledger().map(({ requestText }) => String(JSON.parse(requestText).remark));
  expect(new Set(signed).size).toBe(ids.length);
  expect(signed).toHaveLength(ids.length);
  const [kept] = await stage.database.owner`
    select count(*)::int as receipts, sum(newer_count)::int as newer from receipts where business_id = ${shop.id}`;
  expect(kept).toEqual({ receipts: ids.length, newer: 7 * ids.length });
});
