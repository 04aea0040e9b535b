import { createHash, randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { exportAnchors } from "../src/audit/verify-audit.ts";
import { type AuditStage, startAuditStage } from "./audit-stage.ts";
import type { Business } from "./harness.ts";

let audit: AuditStage;
let intruder: AuditStage["intruder"];
let auditor: AuditStage["auditor"];
let verify: AuditStage["verify"];
let brokenIn: AuditStage["brokenIn"];
let chainOf: AuditStage["chainOf"];
let anchorAll: AuditStage["anchorAll"];
let record: AuditStage["record"];
beforeAll(async () => {
  audit = await startAuditStage();
  ({ intruder, auditor, verify, brokenIn, chainOf, anchorAll, record } = audit);
});
afterAll(() => audit.close());

const HOURS = 3_600_000;

describe("whoever owns the database", () => {
  const LENGTH = 8;
  let shop: Business;
  beforeEach(async () => {
    shop = await chainOf(LENGTH);
    expect(await brokenIn(shop.id)).toBeNull();
  });
  const bend = async (tamper: () => Promise<unknown>) => {
    await tamper();
    return brokenIn(shop.id);
  };
  const change = (sequence: number, to: Record<string, unknown>) =>
    intruder`update audit_events set ${intruder(to)} where business_id = ${shop.id} and sequence = ${sequence}`;

  const edits: [string, Record<string, unknown>][] = [
    ["at", { at: new Date(0) }],
    ["actor", { actor: "user:2" }],
    ["action", { action: "other" }],
    ["subject", { subject: "it:other" }],
    ["detail", { detail: { words: "other" } }],
    ["result", { result: "refused" }],
    ["address", { address: "192.0.2.99" }],
    ["address, to none", { address: null }],
    ["request_id", { request_id: randomUUID() }],
    ["request_id, to none", { request_id: null }],
    ["previous_hash", { previous_hash: randomBytes(32) }],
    ["hash", { hash: randomBytes(32) }],
  ];
  it.each(edits)("cannot change %s", async (_column, to) => {
    expect(await bend(() => change(4, to))).toMatchObject({ sequence: "4" });
  });

  it("cannot change the id", async () => {
    const found = await bend(
      () => intruder`
        update audit_events set id = default where business_id = ${shop.id} and sequence = 4`,
    );
    expect(found).toMatchObject({ kind: "edited", sequence: "4" });
  });

  it("cannot move an event to another business, or to the provider", async () => {
    const other = await chainOf(3);
    await change(LENGTH, { business_id: other.id });
    expect(await brokenIn(other.id)).toMatchObject({ kind: "missing", sequence: "4" });
    await change(4, { business_id: null });
    expect(await brokenIn(shop.id)).toMatchObject({ kind: "missing", sequence: "4" });
    await intruder`delete from audit_events where business_id = ${other.id} and sequence = ${LENGTH}`;
    await intruder`delete from audit_events where business_id is null and sequence = 4`;
  });

  it.each([
    ["first", 1, "1"],
    ["one in the middle", 4, "4"],
  ])("cannot delete the %s", async (_which, sequence, expected) => {
    const found = await bend(
      () => intruder`delete from audit_events where business_id = ${shop.id} and sequence = ${sequence}`,
    );
    expect(found).toMatchObject({ kind: "missing", sequence: expected });
  });

  it("cannot delete one and number the rest anew", async () => {
    await intruder`delete from audit_events where business_id = ${shop.id} and sequence = 4`;
    await intruder`update audit_events set sequence = 1 - sequence where business_id = ${shop.id} and sequence > 4`;
    const found = await bend(
      () => intruder`
        update audit_events set sequence = -sequence where business_id = ${shop.id} and sequence < 0`,
    );
    expect(found).toMatchObject({ kind: "unlinked", sequence: "4" });
  });

  it("cannot exchange two", async () => {
    await change(4, { sequence: -1 });
    await change(5, { sequence: 4 });
    expect(await bend(() => change(-1, { sequence: 5 }))).toMatchObject({ kind: "unlinked", sequence: "4" });
  });

  it("cannot put one in before the first", async () => {
    expect(await bend(() => change(4, { sequence: 0 }))).toMatchObject({
      kind: "out-of-place",
      sequence: "0",
    });
  });

  it("cannot put one in beside the chain", async () => {
    const found = await bend(
      () => intruder`
        insert into audit_events (business_id, actor, action, subject) values (${shop.id}, 'user:1', 'forged', 'x')`,
    );
    expect(found).toMatchObject({ kind: "unsealed" });
  });

  /** Writes a link as the seal would have, at that place. */
  const forge = async (sequence: number) => {
    await intruder`
      insert into audit_events (business_id, actor, action, subject, sequence, previous_hash, hash)
      select ${shop.id}, 'user:1', 'forged', 'x', ${sequence}, hash, '' from audit_events
      where business_id = ${shop.id} and sequence = ${sequence - 1}`;
    await intruder`
      update audit_events e set hash = gate.audit_hash(e, e.sequence, e.previous_hash)
      where business_id = ${shop.id} and action = 'forged'`;
  };

  it("cannot put one in with a right-looking hash", async () => {
    await intruder`
      update audit_events set sequence = -sequence where business_id = ${shop.id} and sequence > 4`;
    await intruder`
      update audit_events set sequence = 1 - sequence where business_id = ${shop.id} and sequence < 0`;
    await forge(5);
    expect(await brokenIn(shop.id)).toMatchObject({ kind: "unlinked", sequence: "6" });
  });

  it("cannot have a number twice, were the key dropped", async () => {
    const failed = intruder.begin(async (sql) => {
      await sql`alter table audit_events drop constraint audit_events_chain_sequence`;
      await sql`
        insert into audit_events (business_id, actor, action, subject, sequence, previous_hash, hash)
        select business_id, actor, action, subject, sequence, previous_hash, hash from audit_events
        where business_id = ${shop.id} and sequence = 4`;
    });
    await failed;
    expect(await brokenIn(shop.id)).toMatchObject({ kind: "duplicate", sequence: "4" });
    await intruder`
      delete from audit_events where id = (
        select max(id) from audit_events where business_id = ${shop.id} and sequence = 4)`;
    await intruder`alter table audit_events add constraint audit_events_chain_sequence unique (chain, sequence)`;
  });

  /** All hashes right again: only an anchor tells. */
  const rewriteFrom = async (sequence: number) => {
    for (let at = sequence; at <= LENGTH; at += 1) {
      await intruder`
        update audit_events e set previous_hash = p.hash, hash = gate.audit_hash(e, e.sequence, p.hash)
        from audit_events p where e.business_id = ${shop.id} and e.sequence = ${at}
        and p.business_id = e.business_id and p.sequence = ${at - 1}`;
    }
  };

  describe("after an anchor", () => {
    beforeEach(async () => {
      await anchorAll();
      expect(await brokenIn(shop.id)).toBeNull();
    });

    it("cannot cut the tail off, nor the whole chain", async () => {
      await intruder`delete from audit_events where business_id = ${shop.id} and sequence = ${LENGTH}`;
      expect(await brokenIn(shop.id)).toMatchObject({ kind: "truncated", sequence: String(LENGTH) });
      await intruder`delete from audit_events where business_id = ${shop.id}`;
      expect(await brokenIn(shop.id)).toMatchObject({ kind: "truncated", sequence: "1" });
    });

    it("cannot write history anew, however right its hashes", async () => {
      await change(4, { subject: "it:other" });
      await rewriteFrom(4);
      const found = await brokenIn(shop.id);
      expect(found).toMatchObject({ kind: "rewritten", sequence: String(LENGTH) });
      await anchorAll();
      expect(await brokenIn(shop.id)).toEqual(found);
    });

    it("cannot forge an anchor, nor sign one with another key", async () => {
      const [kept] = await intruder`select * from audit_anchors where chain = ${shop.id}`;
      for (const forged of [
        { at: new Date(0) },
        { signature: createHash("sha256").update("x").digest("base64url") },
        { signature: "" },
      ]) {
        await intruder`update audit_anchors set ${intruder(forged)} where chain = ${shop.id}`;
        expect(await brokenIn(shop.id)).toMatchObject({ kind: "anchor-forged" });
        await intruder`update audit_anchors set at = ${kept?.at}, signature = ${kept?.signature} where chain = ${shop.id}`;
      }
      await intruder`update audit_anchors set key_id = 'mine' where chain = ${shop.id}`;
      expect(await brokenIn(shop.id)).toMatchObject({ kind: "anchor-key-unknown" });
      await intruder`update audit_anchors set key_id = 'dev' where chain = ${shop.id}`;
      const other = { id: "dev", key: randomBytes(32) };
      expect((await verify({ chain: shop.id }, { keys: [other] })).chains[0]?.broken).toMatchObject({
        kind: "anchor-forged",
      });
    });

    it("cannot delete anchors and history unnoticed by who kept an export or a log", async () => {
      const witnesses = await exportAnchors(auditor);
      const { at, digest } = await anchorAll();
      const logged = [{ at, digest }];
      expect(await verify({ chain: shop.id, witnesses, logged })).toMatchObject({ intact: true });

      await intruder`delete from audit_anchors where chain = ${shop.id}`;
      expect(await brokenIn(shop.id, { witnesses })).toMatchObject({ kind: "anchor-deleted" });
      expect(await verify({ chain: shop.id, logged })).toMatchObject({ intact: false, wrongDigests: logged });

      await change(4, { subject: "it:other" });
      await rewriteFrom(4);
      await anchorAll();
      // What the database alone cannot tell (docs/decisions/012).
      expect(await brokenIn(shop.id)).toBeNull();
      expect(await brokenIn(shop.id, { witnesses })).toMatchObject({ kind: "rewritten" });
      expect((await verify({ logged })).wrongDigests).toEqual(logged);

      await intruder`delete from audit_anchors where chain = ${shop.id}`;
      await intruder`delete from audit_events where business_id = ${shop.id}`;
      expect(await brokenIn(shop.id)).toBeNull();
      expect(
        (await verify({ witnesses })).chains.find(({ chain }) => chain === shop.id)?.broken,
      ).toMatchObject({
        kind: "truncated",
      });
    });

    it("cannot keep new events from being anchored for long", async () => {
      await record(shop);
      const later = new Date(Date.now() + 3 * HOURS);
      const [report] = (await verify({ chain: shop.id }, { at: later })).chains;
      expect(report?.broken).toMatchObject({ kind: "not-anchored", sequence: String(LENGTH + 1) });
      expect(await brokenIn(shop.id)).toBeNull();
    });
  });
});
