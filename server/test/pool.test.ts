import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diceOf } from "../../sandbox/src/prove/dice.ts";
import { branches, businesses, users } from "../src/db/tables.ts";
import {
  type BusinessId,
  type BusinessTx,
  businessId,
  type Database,
  openDatabase,
} from "../src/db/with-business.ts";
import { insertSuperAdmin } from "./every-table.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
let shops: Business[];
let superAdminId: string;
beforeAll(async () => {
  stage = await startStage();
  shops = [
    await stage.open({ connected: false }),
    await stage.open({ connected: false }),
    await stage.open({ connected: false }),
  ];
  superAdminId = await insertSuperAdmin(stage.database.owner);
});
afterAll(() => stage.close());

const idOf = (index: number): BusinessId => businessId(shops[index]?.id ?? "");
const namesSeen = async (tx: Pick<BusinessTx, "sql">) =>
  (await tx.sql.select({ id: businesses.id }).from(businesses)).map(({ id }) => id);
const backend = async (tx: Pick<BusinessTx, "sql">) => {
  const [row] = await tx.sql.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  return Number(row?.pid);
};

/** One connection, so that whatever is left behind is met by the next transaction. */
async function onOneConnection(work: (database: Database) => Promise<void>): Promise<void> {
  const database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 1 });
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

/** Nothing of a business at the gate, for a super admin, or on the bare connection. */
async function expectForgotten(database: Database): Promise<void> {
  expect(await database.client`select id from businesses`).toHaveLength(0);
  expect(await database.atGate(namesSeen)).toEqual([]);
  expect(await database.withSuperAdmin(superAdminId, namesSeen)).toEqual([]);
  expect(await database.withBusiness(idOf(1), namesSeen)).toEqual([idOf(1)]);
}

describe("the business ends with its transaction", () => {
  const boom = new Error("boom");
  const endings: [string, (database: Database) => Promise<unknown>][] = [
    ["after a commit", (database) => database.withBusiness(idOf(0), namesSeen)],
    [
      "after a rollback",
      (database) =>
        database.withBusiness(idOf(0), async () => {
          throw boom;
        }),
    ],
    [
      "after an error of the database in the middle",
      (database) => database.withBusiness(idOf(0), (tx) => tx.sql.execute(sql`select 1 / 0`)),
    ],
    [
      "after an error that was caught in the transaction",
      (database) =>
        database.withBusiness(idOf(0), async (tx) => {
          await tx.sql.execute(sql`select nothing`).catch(() => {});
          return namesSeen(tx);
        }),
    ],
    [
      "after a savepoint that was rolled back",
      (database) =>
        database.withBusiness(idOf(0), async (tx) => {
          await tx.sql
            .transaction(async (inner) => {
              await inner.execute(sql`select set_config('app.business_id', ${idOf(2)}, true)`);
              throw boom;
            })
            .catch(() => {});
          expect(await namesSeen(tx)).toEqual([idOf(0)]);
        }),
    ],
    [
      "after a query that ran too long",
      (database) =>
        database.withBusiness(idOf(0), async (tx) => {
          await tx.sql.execute(sql`set local statement_timeout = 20`);
          await tx.sql.execute(sql`select pg_sleep(5)`);
        }),
    ],
    [
      "after a query that was cancelled",
      (database) =>
        database.withBusiness(idOf(0), async (tx) => {
          const pid = await backend(tx);
          const sleeping = tx.sql.execute(sql`select pg_sleep(5)`);
          await Promise.all([sleeping, stage.database.owner`select pg_cancel_backend(${pid})`]);
        }),
    ],
    [
      "after its connection was killed and made anew",
      (database) =>
        database.withBusiness(idOf(0), async (tx) => {
          const pid = await backend(tx);
          const sleeping = tx.sql.execute(sql`select pg_sleep(5)`);
          await Promise.all([sleeping, stage.database.owner`select pg_terminate_backend(${pid})`]);
        }),
    ],
    [
      "after it failed at the commit",
      (database) =>
        database.withBusiness(idOf(0), async (tx) => {
          await tx.sql.execute(sql`
            insert into audit_events (business_id, actor, action, subject) values (${idOf(0)}, 'x', 'x', 'x')`);
          await tx.sql.execute(sql`set local statement_timeout = 0`);
          throw boom;
        }),
    ],
  ];

  it.each(endings)("%s", (_when, end) =>
    onOneConnection(async (database) => {
      await Promise.allSettled([end(database)]);
      await expectForgotten(database);
    }),
  );

  it("for a session that set one of its own for longer, in every scope", () =>
    onOneConnection(async (database) => {
      await database.client`select set_config('app.business_id', ${idOf(0)}, false)`;
      await database.client`select set_config('app.super_admin', ${superAdminId}, false)`;
      expect(await database.atGate(namesSeen)).toEqual([]);
      expect(await database.withSuperAdmin(superAdminId, namesSeen)).toEqual([]);
      expect(await database.withBusiness(idOf(1), namesSeen)).toEqual([idOf(1)]);
      const people = await database.withBusiness(idOf(1), (tx) => tx.sql.select().from(users));
      expect(new Set(people.map((user) => user.businessId))).toEqual(new Set([idOf(1)]));
    }));

  it("and one that is no id shows an error rather than rows", () =>
    onOneConnection(async (database) => {
      const forged = "' or true --" as BusinessId;
      await expect(database.withBusiness(forged, namesSeen)).rejects.toMatchObject({
        cause: { code: "22P02" },
      });
      expect(() => businessId("' or true --")).toThrow(/not a business id/);
      await expectForgotten(database);
    }));

  it("because no server sets it but by with-business.ts", () => {
    const folder = fileURLToPath(new URL("../src/", import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".ts"),
    );
    const setters = files.filter((name) =>
      /set_config|app\.(business_id|super_admin)|set (local |session )?app\./i.test(
        readFileSync(folder + name, "utf8"),
      ),
    );
    // The second is the owner's, on a connection of its own: no server runs it.
    expect(setters.sort()).toEqual(["db/undo-imports.ts", "db/with-business.ts"]);
  });
});

describe("a connection prepares a statement", () => {
  const prepared = async (tx: BusinessTx) => {
    const [row] = await tx.sql.execute<{ count: string; runs: string }>(sql`
      select count(*), sum(generic_plans + custom_plans) as runs from pg_prepared_statements
      where statement like 'select "id" from "businesses"%'`);
    return { count: Number(row?.count), runs: Number(row?.runs) };
  };

  it("once, however often and for whomever it comes", () =>
    onOneConnection(async (database) => {
      for (const shop of [0, 1, 0, 1]) {
        expect(await database.withBusiness(idOf(shop), namesSeen)).toEqual([idOf(shop)]);
      }
      expect(await database.withBusiness(idOf(0), prepared)).toEqual({ count: 1, runs: 4 });
    }));

  it("no more once there are 500 of them: lists of ever new lengths are sent as they come", () =>
    onOneConnection(async (database) => {
      const count = await database.withBusiness(idOf(0), async (tx) => {
        for (let length = 1; length <= 520; length += 1) {
          const [row] = await tx.sql.execute(sql`select ${length}::int as length, ${sql.raw(`'${length}'`)}`);
          expect(row?.length).toBe(length);
        }
        const [row] = await tx.sql.execute<{ count: string }>(
          sql`select count(*) from pg_prepared_statements`,
        );
        return Number(row?.count);
      });
      expect(count).toBe(500);
    }));
});

describe("businesses that share connections", () => {
  /** Ways a transaction may go; each checks that it sees its own business and no other. */
  const ways: ((tx: BusinessTx, id: BusinessId) => Promise<unknown>)[] = [
    namesSeen,
    (tx) => tx.sql.update(branches).set({ failures: sql`${branches.failures} + 1` }),
    async () => {
      throw new Error("boom");
    },
    (tx) => tx.sql.execute(sql`select 1 / 0`),
    (tx) =>
      tx.sql.transaction(async (inner) => {
        await inner.update(branches).set({ failures: 0 });
        throw new Error("boom");
      }),
    // It goes on as if nothing had happened; its queries must not reach whom the connection serves next.
    async (tx) => stage.database.owner`select pg_terminate_backend(${await backend(tx)})`,
  ];

  it.each([true, false])(
    "see only their own in 500 interleaved transactions (prepare: %s)",
    async (prepare) => {
      const dice = diceOf(20_261_125);
      const database = openDatabase({ url: stage.database.urls.app, prepare, connectionsMax: 2 });
      const strangers: string[] = [];
      let finished = 0;
      const one = async (way: number, shop: number) => {
        const id = idOf(shop);
        try {
          await database.withBusiness(id, async (tx) => {
            const before = await namesSeen(tx);
            await ways[way]?.(tx, id);
            const after = await tx.sql.select({ id: branches.businessId }).from(branches);
            strangers.push(...[...before, ...after.map((row) => row.id)].filter((seen) => seen !== id));
          });
          finished += 1;
        } catch {
          // These ways end in an error; what they saw before is checked above.
        }
      };
      const all = Array.from({ length: 500 }, (_, index) =>
        one(index % ways.length, dice.between(0, shops.length - 1)),
      );
      await Promise.all(all);
      expect(strangers).toEqual([]);
      expect(finished).toBeGreaterThan(100);
      await expectForgotten(database);
      await database.close();
    },
  );

  it("keep to their own through a deadlock and a failed serialisation", async () => {
    const database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 2 });
    const id = idOf(0);
    let arrived = 0;
    let open = () => {};
    const both = new Promise<void>((resolve) => {
      open = resolve;
    });
    const crossing = (first: string, second: string) =>
      database.withBusiness(id, async (tx) => {
        await tx.sql.execute(sql`select from users where email = ${first} for update`);
        arrived += 1;
        if (arrived === 2) open();
        await both;
        await tx.sql.execute(sql`select from users where email = ${second} for update`);
        return namesSeen(tx);
      });
    const results = await Promise.allSettled([
      crossing("aline@example.rw", "eric@example.rw"),
      crossing("eric@example.rw", "aline@example.rw"),
    ]);
    const codes = results.map((one) => (one.status === "fulfilled" ? one.value : one.reason.cause?.code));
    expect(codes).toContainEqual([id]);
    expect(codes).toContain("40P01");
    await expectForgotten(database);
    await database.close();
  });

  it("are told apart for a pooler that gives each transaction another connection", async () => {
    const bare = postgres(stage.database.urls.app, { max: 1, prepare: false, onnotice: () => {} });
    for (const shop of shops) {
      const seen = await bare.begin(async (tx) => {
        await tx`select set_config('app.business_id', ${shop.id}, true)`;
        return tx`select id from businesses`;
      });
      expect(seen.map(({ id }) => id)).toEqual([shop.id]);
      expect(await bare`select id from businesses`).toHaveLength(0);
    }
    await bare.end();
  });
});
