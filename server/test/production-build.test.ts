import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childEnv } from "../../sandbox/src/stage/child-env.ts";
import { serverProgram } from "../../sandbox/src/stage/server-program.ts";
import { call } from "./api.ts";
import { freePort } from "./free-port.ts";
import { type Stage, startStage } from "./harness.ts";
import { startServerChild } from "./server-child.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ env: { ROLE: "web" } });
});
afterAll(() => stage.close());

describe("what production runs", () => {
  it("migrates, signs, draws the receipt, serves the reference and ends in order", async () => {
    const { owner, queue } = stage.database.urls;
    execFileSync(process.execPath, [serverProgram("migrate-main")], {
      env: childEnv({ OWNER_DATABASE_URL: owner, QUEUE_DATABASE_URL: queue }),
    });
    expect(serverProgram("main")).toMatch(/\.js$/);
    const port = await freePort();
    const env = { ...stage.env, ROLE: "all", LOG_LEVEL: "info", PORT: String(port) };
    const child = await startServerChild(env);
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
    const help = execFileSync(process.execPath, [serverProgram("admin-main"), "--help"], { env: childEnv() });
    expect(help.toString()).toContain("businesses");
  });
});
