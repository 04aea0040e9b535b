import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childEnv } from "../../sandbox/src/stage/child-env.ts";
import { serverProgram } from "../../sandbox/src/stage/server-program.ts";
import { runAdmin } from "../src/admin/run-admin.ts";
import { type AuditStage, startAuditStage } from "./audit-stage.ts";
import { until } from "./until.ts";

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
  const main = serverProgram("admin-main");
  const start = (args: string[], change: Record<string, string> = {}) => {
    const env = childEnv({ ...stage.env, OWNER_DATABASE_URL: stage.database.urls.owner, ...change });
    return promisify(execFile)(process.execPath, [main, ...args], { env });
  };
  const run = (args: string[], change: Record<string, string> = {}) =>
    start(args, change).then(
      ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
        status: code,
        stdout,
        stderr,
      }),
    );

  it("says whether a chain is intact, in words or JSON, and by its exit code", async () => {
    const shop = await chainOf(3);
    await anchorAll();
    const folder = mkdtempSync(join(tmpdir(), "fiscalise-anchors-"));
    const file = join(folder, "anchors.jsonl");
    writeFileSync(file, (await run(["audit", "export-anchors"])).stdout);
    const args = ["audit", "verify", "--business", shop.id, "--anchors", file];
    const intact = await run(args);
    expect(intact).toMatchObject({ status: 0, stdout: "Intact: 1 chains, 3 events and 1 anchors read\n" });
    await intruder`delete from audit_anchors where chain = ${shop.id}`;
    await intruder`delete from audit_events where business_id = ${shop.id} and sequence = 3`;
    const broken = await run([...args, "--json"]);
    expect(broken.status).toBe(1);
    expect(JSON.parse(broken.stdout)).toMatchObject({
      intact: false,
      chains: [{ chain: shop.id, events: 2, broken: { kind: "truncated", sequence: "3" } }],
    });
    expect((await run(args)).stdout).toContain(`BROKEN business ${shop.id}: the chain ends before event 3`);
    rmSync(folder, { recursive: true });
  });

  it.each<[string[], RegExp]>([
    [[], /^Usage: admin/],
    [["audit"], /audit verify/],
    [["audit", "verify", "--business", "x"], /--business wants an id or "provider"/],
    [["audit", "verify", "--bussines", "x"], /Unknown option '--bussines'/],
    [["audit", "verify", "--logged", "yesterday"], /--logged wants <at>=<digest>/],
    [["audit", "verify", "--anchors", "/none"], /no such file or directory, open '\/none'/],
    [["audit", "verify", "--anchors", main], /line 1 of \S+ is no exported anchor/],
  ])("asked wrongly says so in words and exits 2: %j", async (args, words) => {
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    const terminal = { print: say, complain: say, readPassword: () => Promise.reject(new Error("asked")) };
    const unread = () => {
      throw new Error("looked");
    };
    const deps = { terminal, clock: () => new Date(), ownerUrl: unread, databaseSettings: unread };
    expect(await runAdmin(deps, args)).toBe(2);
    expect(said.join("\n")).toMatch(words);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ["its keys", { AUDIT_KEYS: "" }, /^configuration: AUDIT_KEYS/],
    ["its database", { OWNER_DATABASE_URL: "postgres://me:secret@127.0.0.1:1/x" }, /^error: .*ECONNREFUSED/],
  ])("without %s says so in one line, and exits 2", async (_what, change, words) => {
    const { status, stdout, stderr } = await run(["audit", "verify"], change);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(words);
    expect(stderr.trim()).not.toMatch(/secret|\n/);
  });

  it("changes the operator's key, killed in the middle too, and says when the older one may go", async () => {
    await Promise.all([stage.open(), stage.open()]);
    const { owner } = stage.database;
    const next = `next:${randomBytes(32).toString("base64")}`;
    const both = { ENCRYPTION_KEYS: `${next},${stage.env.ENCRYPTION_KEYS}` };
    const [last] = (await owner`select business_id from gate.encryption_keys_in_use()`).slice(-1);
    await owner.begin(async (sql) => {
      await sql`select from data_keys where business_id = ${last?.business_id} for update`;
      const rotating = start(["keys", "rotate"], both);
      await until("it comes to the last business", async () => {
        const waiting = await owner`
          select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%"data_keys"%'`;
        return waiting.length === 1;
      });
      rotating.child.kill("SIGKILL");
      await expect(rotating).rejects.toMatchObject({ signal: "SIGKILL" });
    });
    const sealedBy = await owner`
      select split_part(wrapped, '.', 1) as key, count(*)::int from data_keys group by 1 order by 1`;
    expect(sealedBy).toMatchObject([{ key: "dev", count: 1 }, { key: "next" }]);
    expect(await run(["keys", "rotate"], both)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^1 data keys/),
    });
    expect(await run(["keys", "check"], both)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("dev: older, 0 secrets; may be removed"),
    });
    expect(await run(["keys", "rotate"], { ENCRYPTION_KEYS: next })).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^0 data keys/),
    });
  });
});
