import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childEnv } from "../../sandbox/src/stage/child-env.ts";
import { type AuditStage, startAuditStage } from "./audit-stage.ts";

let audit: AuditStage;
let stage: AuditStage["stage"];
let intruder: AuditStage["intruder"];
let chainOf: AuditStage["chainOf"];
let anchorAll: AuditStage["anchorAll"];
beforeAll(async () => {
  audit = await startAuditStage();
  ({ stage, intruder, chainOf, anchorAll } = audit);
});
afterAll(() => audit.close());

/** Each command is a process of its own. */
const PROCESSES_MS = 120_000;

describe("the command line", { timeout: PROCESSES_MS }, () => {
  const main = fileURLToPath(new URL("../src/admin-main.ts", import.meta.url));
  const run = (args: string[], change: Record<string, string> = {}) => {
    const env = childEnv({ ...stage.env, OWNER_DATABASE_URL: stage.database.urls.owner });
    return spawnSync(process.execPath, [main, ...args], { env: { ...env, ...change }, encoding: "utf8" });
  };

  it("says whether a chain is intact, in words or JSON, and by its exit code", async () => {
    const shop = await chainOf(3);
    await anchorAll();
    const folder = mkdtempSync(join(tmpdir(), "fiscalise-anchors-"));
    const file = join(folder, "anchors.jsonl");
    writeFileSync(file, run(["audit", "export-anchors"]).stdout);
    const args = ["audit", "verify", "--business", shop.id, "--anchors", file];
    const intact = run(args);
    expect(intact).toMatchObject({ status: 0, stdout: "Intact: 1 chains, 3 events and 1 anchors read\n" });
    await intruder`delete from audit_anchors where chain = ${shop.id}`;
    await intruder`delete from audit_events where business_id = ${shop.id} and sequence = 3`;
    const broken = run([...args, "--json"]);
    expect(broken.status).toBe(1);
    expect(JSON.parse(broken.stdout)).toMatchObject({
      intact: false,
      chains: [{ chain: shop.id, events: 2, broken: { kind: "truncated", sequence: "3" } }],
    });
    expect(run(args).stdout).toContain(`BROKEN business ${shop.id}: the chain ends before event 3`);
    rmSync(folder, { recursive: true });
  });

  it("asked wrongly, or without its keys, says so and exits 2", () => {
    expect(run([]).status).toBe(2);
    expect(run(["audit"]).status).toBe(2);
    expect(run(["audit", "verify", "--business", "x"]).status).toBe(2);
    const keyless = run(["audit", "verify"], { AUDIT_KEYS: "" });
    expect(keyless.status).toBe(2);
    expect(keyless.stderr).toMatch(/^configuration: AUDIT_KEYS/);
  });

  it("changes the operator's key and says when the older one may go", async () => {
    await stage.open();
    const next = `next:${randomBytes(32).toString("base64")}`;
    const both = { ENCRYPTION_KEYS: `${next},${stage.env.ENCRYPTION_KEYS}` };
    expect(run(["keys", "check"], both).status).toBe(1);
    expect(run(["keys", "rotate"], both)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^[1-9]\d* data keys/),
    });
    const checked = run(["keys", "check"], both);
    expect(checked).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("dev: older, 0 secrets; may be removed"),
    });
    expect(run(["keys", "rotate"], { ENCRYPTION_KEYS: next }).stdout).toMatch(/^0 data keys/);
  });
});
