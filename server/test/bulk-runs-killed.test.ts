import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NO_TAX, VAT_AND_LEVY } from "../../sandbox/src/zoho/invoice-parts.ts";
import { bulkOf, isEachSignedOnce, putMany } from "./bulk-steps.ts";
import { line, today } from "./factories.ts";
import { type Stage, startStage } from "./harness.ts";
import { startServerChild } from "./server-child.ts";
import { until } from "./until.ts";

describe("a bulk run whose server is killed", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage({ env: { ROLE: "web" }, answerWithinMs: 50, zohoPerMinute: 20_000 });
  });
  afterAll(() => stage.close());

  it("goes on in another: 17 of 20 signed exactly once, 3 refused with their remedies", async () => {
    const shop = await stage.open();
    const bulk = bulkOf(shop);
    putMany(shop, 17);
    shop.put({ status: "draft" });
    shop.put({ lines: [line({ tax: VAT_AND_LEVY })] });
    shop.put({ lines: [line({ tax: NO_TAX })] });
    const env = { ...stage.env, ROLE: "worker", LOG_LEVEL: "info" };
    const checking = await startServerChild(env);
    const { id } = (await shop.api.post("/bulk-runs", { from: today(-3), to: today() })).body as {
      id: string;
    };
    await bulk.when(id, "a part is checked", ({ counts }) => counts.ready > 2);
    checking.kill("SIGKILL");
    await checking.ended;
    const signing = await startServerChild(env);
    expect((await bulk.reaches(id, "checked")).counts).toMatchObject({ ready: 17, refused: 3 });
    await bulk.ask(id, "start");
    await until("a part is signed", () => shop.device.ledger().length > 3);
    signing.kill("SIGKILL");
    await signing.ended;
    const survivor = await stage.addServer({ ROLE: "worker" });
    const run = await bulk.settled(id);
    const missing = run.counts["receipt-missing"];
    expect(run.counts.fiscalised + missing).toBe(17);
    // The one whose answer died with the process was signed, once.
    expect(missing).toBeLessThanOrEqual(1);
    expect(shop.device.ledger()).toHaveLength(17);
    expect(isEachSignedOnce(shop)).toBe(true);
    expect(run.reasons).toHaveLength(3);
    for (const { remedy, count } of run.reasons) expect([remedy.length > 10, count]).toEqual([true, 1]);
    const [twice] = await stage.database.owner`
      select count(*)::int as times from (
        select from submissions where business_id = ${shop.id} group by zoho_document_id having count(*) > 1) s`;
    expect(twice?.times).toBe(0);
    await survivor.stop();
  }, 150_000);
});
