import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AuditKey } from "../src/audit/anchor.ts";
import { anchorChains } from "../src/audit/anchor-chains.ts";
import { exportAnchors, verifyAudit } from "../src/audit/verify-audit.ts";
import { recordAudit } from "../src/db/audit.ts";
import { type AuditorDatabase, openAuditorDatabase } from "../src/db/audit-chain.ts";
import { businessId, type Database, openDatabase } from "../src/db/with-business.ts";
import { createApi, problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

const EVENTS = 6;
const keys: AuditKey[] = [{ id: "a1", key: new Uint8Array(randomBytes(32)) }];

let stage: Stage;
let shop: Business;
let database: Database;
let auditor: AuditorDatabase;
beforeAll(async () => {
  stage = await startStage();
  database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 8 });
  auditor = openAuditorDatabase(stage.database.urls.owner);
});
afterAll(async () => {
  await auditor.close();
  await database.close();
  await stage.close();
});
beforeEach(async () => {
  shop = await stage.open({ connected: false });
  for (let index = 0; index < EVENTS; index += 1) await add(`event-${index}`);
});

const add = (action: string) =>
  database.withBusiness(businessId(shop.id), (tx) =>
    recordAudit(tx, { actor: "user:1", action, subject: "thing:1", detail: { action } }),
  );
const anchor = () => anchorChains({ atGate: database.atGate, keys, clock: () => new Date() });
const verify = async (witnesses: Awaited<ReturnType<typeof exportAnchors>> = []) => {
  const [report] = await verifyAudit(auditor, { keys, now: new Date(), witnesses, businessId: shop.id });
  return report?.broken?.kind ?? "whole";
};

/** As somebody who owns the database, around every trigger. */
async function tamper(work: (sql: postgres.TransactionSql) => Promise<unknown>): Promise<void> {
  await stage.database.owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await work(sql);
  });
}

describe("an untouched chain", () => {
  it("is whole, before and after it was anchored", async () => {
    expect(await verify()).toBe("whole");
    await anchor();
    await add("later");
    expect(await verify(await exportAnchors(auditor))).toBe("whole");
  });

  it("has no gap and no fork after 200 transactions at once, some of which fail", async () => {
    const boom = new Error("boom");
    const one = (index: number) =>
      database.withBusiness(businessId(shop.id), async (tx) => {
        await recordAudit(tx, { actor: "user:1", action: `many-${index}`, subject: "thing:1" });
        if (index % 10 === 0) throw boom;
      });
    const ended = await Promise.allSettled(Array.from({ length: 200 }, (_, index) => one(index)));
    expect(ended.filter(({ status }) => status === "rejected")).toHaveLength(20);
    expect(await verify()).toBe("whole");
    const [row] = await stage.database.owner`
      select count(*)::int as events, max(sequence)::int as last from audit_events where chain = ${shop.id}`;
    expect(row?.events).toBe(row?.last);
  });
});

describe("a change by whoever owns the database", () => {
  const third = (sql: postgres.TransactionSql) => sql`chain = ${shop.id} and sequence = 3`;
  const changes: [string, string, (sql: postgres.TransactionSql) => Promise<unknown>][] = [
    ["of who did it", "edited", (sql) => sql`update audit_events set actor = 'user:9' where ${third(sql)}`],
    ["of what was done", "edited", (sql) => sql`update audit_events set action = 'x' where ${third(sql)}`],
    ["of on what", "edited", (sql) => sql`update audit_events set subject = 'x' where ${third(sql)}`],
    ["of the detail", "edited", (sql) => sql`update audit_events set detail = '{}' where ${third(sql)}`],
    ["of the result", "edited", (sql) => sql`update audit_events set result = 'refused' where ${third(sql)}`],
    ["of from where", "edited", (sql) => sql`update audit_events set address = '::1' where ${third(sql)}`],
    [
      "of the request",
      "edited",
      (sql) => sql`
      update audit_events set request_id = gen_random_uuid() where ${third(sql)}`,
    ],
    [
      "of the time",
      "edited",
      (sql) => sql`update audit_events set at = at - interval '1 microsecond' where ${third(sql)}`,
    ],
    ["of the hash", "edited", (sql) => sql`update audit_events set hash = sha256('x') where ${third(sql)}`],
    [
      "of the link",
      "unlinked",
      (sql) => sql`update audit_events set previous_hash = sha256('x') where ${third(sql)}`,
    ],
    [
      "that deletes the first",
      "missing",
      (sql) => sql`
      delete from audit_events where chain = ${shop.id} and sequence = 1`,
    ],
    ["that deletes one in the middle", "missing", (sql) => sql`delete from audit_events where ${third(sql)}`],
    [
      "that closes the gap it made",
      "unlinked",
      async (sql) => {
        await sql`delete from audit_events where ${third(sql)}`;
        await sql`alter table audit_events drop constraint audit_events_chain_sequence`;
        await sql`update audit_events set sequence = sequence - 1 where chain = ${shop.id} and sequence > 3`;
        await sql`alter table audit_events add constraint audit_events_chain_sequence unique (chain, sequence)`;
      },
    ],
    [
      "that exchanges two",
      "unlinked",
      async (sql) => {
        const move = (from: number, to: number) => sql`
        update audit_events set sequence = ${to} where chain = ${shop.id} and sequence = ${from}`;
        await move(3, 1_000);
        await move(4, 3);
        await move(1_000, 4);
      },
    ],
    [
      "that puts one in without the seal",
      "unsealed",
      (sql) => sql`
      insert into audit_events (business_id, actor, action, subject) values (${shop.id}, 'user:1', 'forged', 'x')`,
    ],
  ];

  it.each(changes)("%s is found: %s", async (_what, kind, change) => {
    await tamper(change);
    expect(await verify()).toBe(kind);
  });

  it("that cuts off the end is found once the end was anchored", async () => {
    await anchor();
    await tamper((sql) => sql`delete from audit_events where chain = ${shop.id} and sequence > 4`);
    expect(await verify()).toBe("truncated");
  });

  it("that writes all of history anew, hashes included, is found by its anchor", async () => {
    await anchor();
    await tamper(async (sql) => {
      await sql`update audit_events set actor = 'user:9' where ${third(sql)}`;
      const rows =
        await sql`select id, sequence from audit_events where chain = ${shop.id} order by sequence`;
      for (const { id, sequence } of rows) {
        await sql`update audit_events e set
          previous_hash = (select hash from audit_events p where p.chain = e.chain and p.sequence = ${sequence}::bigint - 1),
          hash = gate.audit_hash(e, ${sequence}::bigint,
            (select hash from audit_events p where p.chain = e.chain and p.sequence = ${sequence}::bigint - 1))
          where id = ${id}`;
      }
    });
    expect(await verify()).toBe("rewritten");
  });

  it("that deletes the anchors too is found by those kept outside", async () => {
    await anchor();
    const kept = await exportAnchors(auditor);
    await tamper((sql) => sql`delete from audit_anchors where chain = ${shop.id}`);
    expect(await verify(kept)).toBe("anchor-deleted");
    await tamper((sql) => sql`delete from audit_events where chain = ${shop.id} and sequence > 2`);
    expect(await verify(kept)).toBe("truncated");
  });

  it("that signs an anchor without the key is found", async () => {
    await anchor();
    await tamper((sql) => sql`update audit_anchors set signature = 'AAAA' where chain = ${shop.id}`);
    expect(await verify()).toBe("anchor-forged");
  });
});

describe("the server's own role", () => {
  it("adds to the chain and does nothing else to it", async () => {
    const app = postgres(stage.database.urls.app, { max: 1, onnotice: () => {} });
    const inShop = (work: (sql: postgres.TransactionSql) => Promise<unknown>) =>
      app.begin(async (sql) => {
        await sql`select set_config('app.business_id', ${shop.id}, true)`;
        await work(sql);
      });
    const denied = /permission denied/;
    await expect(inShop((sql) => sql`update audit_events set actor = 'x'`)).rejects.toThrow(denied);
    await expect(inShop((sql) => sql`delete from audit_events`)).rejects.toThrow(denied);
    await expect(
      inShop(
        (sql) => sql`
        insert into audit_events (business_id, actor, action, subject, hash) values (${shop.id}, 'x', 'x', 'x', '')`,
      ),
    ).rejects.toThrow(denied);
    await expect(inShop((sql) => sql`select from audit_anchors`)).rejects.toThrow(denied);
    await app.end();
  });
});

describe("the audit of a business", () => {
  interface Page {
    items: { sequence: string; action: string; actorName: string | null }[];
    nextCursor: string | null;
  }
  it("is paged newest first, filtered, and its own only", async () => {
    const first = (await shop.api.get("/businesses/me/audit-events?limit=4")).body as Page;
    const second = (await shop.api.get(`/businesses/me/audit-events?limit=4&cursor=${first.nextCursor}`))
      .body as Page;
    const numbers = [...first.items, ...second.items].map(({ sequence }) => Number(sequence));
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    expect(new Set(numbers).size).toBe(numbers.length);
    const one = (await shop.api.get("/businesses/me/audit-events?action=event-2")).body as Page;
    expect(one.items).toMatchObject([{ action: "event-2", actorName: "Aline Uwase" }]);
    const other = await stage.open({ connected: false });
    const theirs = (await other.api.get("/businesses/me/audit-events?action=event-2")).body as Page;
    expect(theirs.items).toEqual([]);
    expect(
      problemOf(await other.api.get(`/businesses/me/audit-events?cursor=${first.nextCursor}`)).status,
    ).toBe(400);
  });

  it("comes as a table no spreadsheet runs, to admins only", async () => {
    await add("=cmd()");
    const answer = await shop.api.get("/businesses/me/audit-events.csv");
    expect(answer.headers.get("content-type")).toMatch(/^text\/csv/);
    expect(answer.text).toContain(`,'=cmd(),`);
    expect(answer.text.trim().split("\r\n")).toHaveLength(1 + EVENTS + 2);
    const user = createApi(stage.url, stage.token(shop, "business_user"));
    expect(problemOf(await user.get("/businesses/me/audit-events")).status).toBe(403);
    const refused = (await shop.api.get("/businesses/me/audit-events?result=refused")).body as Page;
    expect(refused.items).toMatchObject([{ action: "access-refused" }]);
  });
});
