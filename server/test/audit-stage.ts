import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { expect } from "vitest";
import { anchorChains } from "../src/audit/anchor-chains.ts";
import { type VerifyAuditQuery, verifyAudit } from "../src/audit/verify-audit.ts";
import { recordAudit } from "../src/db/audit.ts";
import { openAuditorDatabase } from "../src/db/audit-chain.ts";
import { businessId, openDatabase } from "../src/db/with-business.ts";
import { type Business, startStage } from "./harness.ts";

export type AuditStage = Awaited<ReturnType<typeof startAuditStage>>;

/** A stage with an auditor, and with somebody who owns the machine: superuser, every trigger of ours switched off. */
export async function startAuditStage() {
  const stage = await startStage();
  const database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 30 });
  const auditor = openAuditorDatabase(stage.database.urls.owner);
  const intruder = postgres(stage.database.urls.owner, {
    max: 1,
    onnotice: () => {},
    connection: { session_replication_role: "replica" },
  });
  const auditKey = { id: "dev", key: new Uint8Array(Buffer.from(stage.secrets.auditKey, "base64")) };
  const verify = (query: Partial<VerifyAuditQuery> = {}, { keys = [auditKey], at = new Date() } = {}) =>
    verifyAudit(
      { database: auditor, keys, clock: () => at },
      { chain: null, witnesses: [], logged: [], ...query },
    );
  const record = ({ id }: Pick<Business, "id">, change: Partial<Parameters<typeof recordAudit>[1]> = {}) =>
    database.withBusiness(businessId(id), (tx) =>
      recordAudit(tx, {
        actor: "user:1",
        action: "device-tested",
        subject: "it:1",
        detail: { words: "à « 1 » 😀", number: 1.5, none: null },
        origin: { address: "192.0.2.1", requestId: randomUUID() },
        ...change,
      }),
    );
  return {
    stage,
    database,
    auditor,
    intruder,
    verify,
    record,
    anchorAll: () => anchorChains({ atGate: database.atGate, keys: [auditKey], clock: () => new Date() }),
    /** What is wrong with one chain. */
    brokenIn: async (chain: string, query: Partial<VerifyAuditQuery> = {}) => {
      const report = await verify({ chain, ...query });
      expect(report.chains).toHaveLength(1);
      expect(report.intact).toBe(report.chains[0]?.broken === null);
      return report.chains[0]?.broken ?? null;
    },
    /** A business whose chain is just long enough to be bent everywhere. */
    chainOf: async (length: number): Promise<Business> => {
      const shop = await stage.open({ connected: false });
      const [{ count = 0 } = {}] = await intruder`
        select count(*)::int as count from audit_events where business_id = ${shop.id}`;
      for (let made = count; made < length; made += 1) await record(shop, { subject: `it:${made}` });
      return shop;
    },
    close: async () => {
      await intruder.end();
      await auditor.close();
      await database.close();
      await stage.close();
    },
  };
}
