import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, startStage } from "./harness.ts";
import { reconcilingOf } from "./reconciliation-steps.ts";
import { startServerChild } from "./server-child.ts";
import { until } from "./until.ts";

describe("a reconciliation whose server is killed", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage({ env: { ROLE: "web" }, zohoPerMinute: 20_000, zohoRowsPerPage: 4 });
  });
  afterAll(() => stage.close());

  it("goes on in another where it was, and reads nothing twice but what was on its way", async () => {
    const shop = await stage.open();
    const { start, ended, view, differences } = reconcilingOf(shop);
    const ids = Array.from({ length: 10 }, () => shop.put());
    stage.zoho.behave({ kind: "slow", delayMs: 150, match: "/invoices/" });
    const { id } = await start();
    const killed = await startServerChild({ ...stage.env, ROLE: "worker", LOG_LEVEL: "info" });
    await until("the second page is begun", async () => (await view(id)).documents > 5);
    killed.kill("SIGKILL");
    await killed.ended;
    stage.zoho.behave("up");
    const survivor = await stage.addServer({ ROLE: "worker" });
    expect(await ended(id)).toMatchObject({
      state: "completed",
      documents: 10,
      documentsRead: 10,
      pagesRead: 4,
    });
    expect((await differences()).map(({ document }) => document?.zohoId).toSorted()).toEqual(ids.toSorted());
    const reads = stage.zoho.calls().filter(({ path }) => /\/invoices\/\d+/.test(path));
    expect(reads.length).toBeLessThanOrEqual(ids.length + 1);
    await survivor.stop();
  }, 90_000);
});
