import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { lockBranch } from "../src/db/branches.ts";
import { businesses } from "../src/db/tables.ts";
import { createTurns } from "../src/db/turns.ts";
import { businessId, type Database, openDatabase } from "../src/db/with-business.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

const CONNECTIONS = 10;
const ITS_SHARE = 2;
let stage: Stage;
let noisy: Business;
let quiet: Business;
let database: Database;
beforeAll(async () => {
  stage = await startStage();
  noisy = await stage.open({ connected: false });
  quiet = await stage.open({ connected: false });
  database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: CONNECTIONS });
});
afterAll(async () => {
  await database.close();
  await stage.close();
});

it("leaves the connections to others while fifty transactions of one business wait for its device's lock", async () => {
  const holder = await stage.database.owner.reserve();
  await holder`begin`;
  await holder`select id from branches where id = ${noisy.branchId} for update`;
  let [atOnce, atMost, done] = [0, 0, 0];
  const waiting = Array.from({ length: 50 }, () =>
    database.withBusiness(businessId(noisy.id), async (tx) => {
      atOnce += 1;
      atMost = Math.max(atMost, atOnce);
      await lockBranch(tx, noisy.branchId);
      atOnce -= 1;
      done += 1;
    }),
  );
  const served = await Promise.all(
    Array.from({ length: CONNECTIONS }, () =>
      database.withBusiness(businessId(quiet.id), (tx) =>
        tx.sql.select({ id: businesses.id }).from(businesses),
      ),
    ),
  );
  expect(served.flat()).toEqual(Array.from({ length: CONNECTIONS }, () => ({ id: quiet.id })));
  expect(done).toBe(0);
  await holder`rollback`;
  holder.release();
  await Promise.all(waiting);
  expect({ done, atMost }).toEqual({ done: 50, atMost: ITS_SHARE });
});

it("runs a crowd of one business one by one while others are present, and at its share when they have gone", async () => {
  let [nowMs, atOnce, atMost] = [0, 0, 0];
  const inTurn = createTurns(4, () => nowMs);
  const crowd = async () => {
    atMost = 0;
    const work = async () => {
      atOnce += 1;
      atMost = Math.max(atMost, atOnce);
      await new Promise(setImmediate);
      atOnce -= 1;
    };
    await Promise.all(Array.from({ length: 40 }, () => inTurn("noisy", work)));
    return atMost;
  };
  expect(await crowd()).toBe(4);
  await inTurn("quiet", async () => {});
  const first = inTurn("noisy", () => new Promise(setImmediate));
  const waiting = Array.from({ length: 20 }, () => inTurn("noisy", () => new Promise(setImmediate)));
  await first;
  const after = crowd();
  await Promise.all(waiting);
  expect(await after).toBe(1);
  nowMs = 60_000;
  expect(await crowd()).toBe(4);
});

it("gives the turn back when a transaction fails", async () => {
  const failing = Array.from({ length: 20 }, () =>
    database.withBusiness(businessId(noisy.id), (tx) => tx.sql.execute(sql`select 1 / 0`)),
  );
  expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(
    failing.map(() => "rejected"),
  );
  const rows = await database.withBusiness(businessId(noisy.id), (tx) => tx.sql.select().from(businesses));
  expect(rows).toHaveLength(1);
});

it("an answer in hand is recorded at once, however many of the business's transactions wait for their turn", async () => {
  const holder = await stage.database.owner.reserve();
  await holder`begin`;
  await holder`select id from branches where id = ${noisy.branchId} for update`;
  const waiting = Array.from({ length: 500 }, () =>
    database.withBusiness(businessId(noisy.id), (tx) => lockBranch(tx, noisy.branchId)),
  );
  const recorded = await database.withBusinessAtOnce(businessId(noisy.id), (tx) =>
    tx.sql.select({ id: businesses.id }).from(businesses),
  );
  expect(recorded).toEqual([{ id: noisy.id }]);
  await holder`commit`;
  holder.release();
  await Promise.all(waiting);
});
