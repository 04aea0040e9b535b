import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordAudit } from "../src/db/audit.ts";
import { PROVIDER_CHAIN } from "../src/db/audit-chain.ts";
import { branches } from "../src/db/tables.ts";
import { businessId } from "../src/db/with-business.ts";
import { type AuditStage, startAuditStage } from "./audit-stage.ts";
import type { Business } from "./harness.ts";
import { until } from "./until.ts";

let audit: AuditStage;
let stage: AuditStage["stage"];
let database: AuditStage["database"];
let intruder: AuditStage["intruder"];
let verify: AuditStage["verify"];
let brokenIn: AuditStage["brokenIn"];
let chainOf: AuditStage["chainOf"];
let anchorAll: AuditStage["anchorAll"];
let record: AuditStage["record"];
beforeAll(async () => {
  audit = await startAuditStage();
  ({ stage, database, intruder, verify, brokenIn, chainOf, anchorAll, record } = audit);
});
afterAll(() => audit.close());

describe("an untouched chain", () => {
  it("verifies, whatever the events hold, the provider's own too", async () => {
    const shop = await chainOf(4);
    await record(shop, { actor: "", action: "" as never, subject: "", detail: {} });
    await record(shop, { subject: "a,3:b", detail: { "": "", 'quote"': "\\ \n é", z: true, a: -0.5 } });
    await database.withBusiness(businessId(shop.id), (tx) =>
      recordAudit(tx, { actor: "system", action: "device-tested", subject: "no origin", result: "refused" }),
    );
    await stage.database
      .owner`insert into audit_events (actor, action, subject) values ('system', 'tested', 'provider')`;
    const report = await verify();
    expect(report).toMatchObject({ intact: true });
    expect(report.chains.find(({ businessId: id }) => id === shop.id)).toMatchObject({
      events: 7,
      broken: null,
    });
    expect(report.chains.find(({ chain }) => chain === PROVIDER_CHAIN)).toMatchObject({ events: 1 });
  });

  it("longer than one read verifies, and shows a change beyond it", async () => {
    const shop = await chainOf(1);
    await stage.database.owner`
      insert into audit_events (business_id, actor, action, subject)
      select ${shop.id}, 'system', 'tested', 'it:' || n from generate_series(1, 2100) n`;
    await anchorAll();
    expect(await brokenIn(shop.id)).toBeNull();
    await intruder`update audit_events set subject = 'other' where business_id = ${shop.id} and sequence = 2050`;
    expect(await brokenIn(shop.id)).toMatchObject({ kind: "edited", sequence: "2050" });
  });

  it("holds nothing of a transaction that was rolled back, not even a number", async () => {
    const shop = await chainOf(3);
    const failing = database.withBusiness(businessId(shop.id), async (tx) => {
      await recordAudit(tx, { actor: "system", action: "device-tested", subject: "never" });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await record(shop);
    const rows = await intruder`
      select sequence::int, subject from audit_events where business_id = ${shop.id} order by sequence`;
    expect(rows.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(rows.map(({ subject }) => subject)).not.toContain("never");
  });
});

it("of a business nobody knows is not called intact", async () => {
  await expect(verify({ chain: randomUUID() })).rejects.toThrow(/^no chain \S{36} is known$/);
});

describe("anchoring", () => {
  it("signs each head that moved once, whoever runs it at the same time", async () => {
    const shop = await chainOf(3);
    const { owner } = stage.database;
    let running: ReturnType<typeof anchorAll>[] = [];
    await owner.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(hashtext('fiscalise-audit-anchors'), 0)`;
      running = [anchorAll(), anchorAll(), anchorAll()];
      await until("all wait for their turn", async () => {
        const waiting = await owner`
          select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`;
        return waiting.length >= 3;
      });
    });
    const runs = await Promise.all(running);
    expect(runs.filter(({ moved }) => moved > 0)).toHaveLength(1);
    expect(new Set(runs.map(({ digest }) => digest)).size).toBe(1);
    const anchors = await intruder`select sequence::int from audit_anchors where chain = ${shop.id}`;
    expect(anchors).toMatchObject([{ sequence: 3 }]);
    await record(shop);
    expect(await anchorAll()).toMatchObject({ moved: 1 });
  });

  it("is done by the workers each hour", async () => {
    const queue = postgres(stage.database.urls.queue, { max: 1, onnotice: () => {} });
    const second = await stage.addServer({ ROLE: "worker" });
    try {
      const crontabs = await queue`select identifier from graphile_worker._private_known_crontabs`;
      expect(crontabs.map(({ identifier }) => identifier)).toContain("anchor-audit");
      const shop = await chainOf(2);
      await queue`select graphile_worker.add_job('anchor-audit')`;
      await until("the head is anchored", async () => {
        const rows = await intruder`select from audit_anchors where chain = ${shop.id}`;
        return rows.length === 1;
      });
      expect(await brokenIn(shop.id)).toBeNull();
    } finally {
      await second.stop();
      await queue.end();
    }
  });
});

describe("many at once", () => {
  it("200 transactions of one business give a chain without a gap, also under device locks", async () => {
    const shop = await stage.open({ connected: false });
    const other = await stage.open({ connected: false });
    const locking = (business: Business, index: number) =>
      database.withBusiness(businessId(business.id), async (tx) => {
        const entry = { actor: "system", action: "device-tested", subject: `it:${index}` } as const;
        if (index % 3 === 0) await recordAudit(tx, entry);
        await tx.sql.select().from(branches).for("update");
        if (index % 3 === 1) await tx.sql.update(branches).set({ failures: index });
        if (index % 3 !== 0) await recordAudit(tx, entry);
        await recordAudit(tx, entry);
      });
    const all = Array.from({ length: 200 }, (_, index) => [
      index % 2 === 0 ? locking(shop, index) : record(shop),
      index % 10 === 0 ? locking(other, index) : Promise.resolve(),
    ]).flat();
    await Promise.all(all);
    const report = await verify({ chain: shop.id });
    const [counted] = await intruder`
      select count(*)::int as count, max(sequence)::int as last from audit_events where business_id = ${shop.id}`;
    expect(counted?.count).toBeGreaterThanOrEqual(300);
    expect(counted?.last).toBe(counted?.count);
    expect(report).toMatchObject({ intact: true, chains: [{ events: counted?.count }] });
  });
});

describe("the server's role", () => {
  it("neither changes, deletes nor seals an event, nor reads or changes an anchor", async () => {
    const shop = await chainOf(2);
    const app = postgres(stage.database.urls.app, { max: 1, onnotice: () => {} });
    const inBusiness = (statement: string) =>
      app.begin(async (sql) => {
        await sql`select set_config('app.business_id', ${shop.id}, true)`;
        await sql.unsafe(statement);
      });
    const columns = "business_id, actor, action, subject";
    const values = `'${shop.id}', 'x', 'x', 'x'`;
    const denied = [
      "update audit_events set subject = 'x'",
      "update audit_events set hash = null",
      "delete from audit_events",
      "truncate audit_events",
      `insert into audit_events (${columns}, hash) values (${values}, 'x')`,
      `insert into audit_events (${columns}, sequence) values (${values}, 1)`,
      `insert into audit_events (${columns}, previous_hash) values (${values}, 'x')`,
      `insert into audit_events (${columns}, at) values (${values}, now())`,
      `insert into audit_events (${columns}, id) overriding system value values (${values}, 1)`,
      "alter table audit_events disable trigger all",
      "set local session_replication_role = 'replica'",
      "set local role fiscalise_gate",
      "select gate.seal_audit_event()",
      "select * from audit_anchors",
      "delete from audit_anchors",
      "update audit_anchors set signature = 'x'",
      "insert into audit_anchors select * from audit_anchors",
    ];
    try {
      for (const statement of denied)
        await expect(inBusiness(statement), statement).rejects.toMatchObject({ code: "42501" });
      // Deferring or hurrying the seal changes nothing of it.
      await inBusiness(
        `set constraints all immediate; insert into audit_events (${columns}) values (${values})`,
      );
      expect(await brokenIn(shop.id)).toBeNull();
    } finally {
      await app.end();
    }
  });
});
