import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildServer } from "../../packaging/src/build-server.ts";
import { childEnv } from "../../sandbox/src/stage/child-env.ts";
import { call } from "./api.ts";
import { freePort } from "./free-port.ts";
import { type Stage, startStage } from "./harness.ts";
import { startServerChild } from "./server-child.ts";

const folder = mkdtempSync(join(tmpdir(), "fiscalise-build-"));
const program = (name: string) => join(folder, "server/src/bundle", `${name}.js`);
let stage: Stage;
beforeAll(async () => {
  const installed = fileURLToPath(new URL("../node_modules", import.meta.url));
  const [started] = await Promise.all([
    startStage({ env: { ROLE: "web" } }),
    buildServer(folder, (built) => symlinkSync(installed, join(built, "server/node_modules"))),
  ]);
  stage = started;
});
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

describe("what production runs", () => {
  it("migrates, signs, draws the receipt, serves the reference and ends in order", async () => {
    const { owner, queue } = stage.database.urls;
    execFileSync(process.execPath, [program("migrate-main")], {
      env: childEnv({ OWNER_DATABASE_URL: owner, QUEUE_DATABASE_URL: queue }),
    });
    const port = await freePort();
    const env = { ...stage.env, ROLE: "all", LOG_LEVEL: "info", PORT: String(port) };
    const child = await startServerChild(env, program("main"));
    const shop = await stage.open();
    const { receipt } = await shop.fiscalise(shop.put());
    const address = `http://127.0.0.1:${port}`;
    const pdf = await call(`${address}/api/v1/receipts/${receipt?.id}/pdf`, {
      headers: { authorization: `Bearer ${stage.token(shop)}` },
    });
    expect(pdf.status).toBe(200);
    expect(pdf.text.startsWith("%PDF-")).toBe(true);
    for (const path of ["/docs", "/docs/errors", "/docs/reference.css", "/openapi.json"])
      expect((await call(address + path)).status, path).toBe(200);
    child.kill("SIGTERM");
    expect(await child.ended).toBe(0);
  });

  it("has the command line", () => {
    const help = execFileSync(process.execPath, [program("admin-main"), "--help"], { env: childEnv() });
    expect(help.toString()).toContain("businesses");
  });
});
