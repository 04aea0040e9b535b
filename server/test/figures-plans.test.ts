import { afterAll, beforeAll, expect, it } from "vitest";
import { plansOf } from "../../sandbox/src/bench/plans.ts";
import { seededBusiness, seedMillion } from "../../sandbox/src/bench/seed-million.ts";
import { watchWholeScans } from "../../sandbox/src/bench/whole-scans.ts";
import { openDatabase } from "../src/db/with-business.ts";
import { putNote, refund } from "./credit-notes.ts";
import { type Stage, startStage } from "./harness.ts";
import { reconcilingOf } from "./reconciliation-steps.ts";
import { xOf } from "./report-steps.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  await seedMillion(stage.database.urls.owner, { size: { businesses: 20, receipts: 20_000, bigShare: 0.1 } });
});
afterAll(() => stage.close());

it("figures, lists and exports reach a business's rows by an index, whatever else is stored", async () => {
  const database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 1 });
  try {
    for (const n of [1, 2]) {
      const plans = await plansOf(database.withBusiness, seededBusiness(n).id, new Date());
      for (const { name, scans } of plans) {
        expect(
          scans.filter((scan) => scan.startsWith("Seq Scan")),
          name,
        ).toEqual([]);
      }
      const of = (name: string) => plans.find((plan) => plan.name === name)?.scans;
      expect(of("figures")).toEqual(["Index Only Scan receipts_figures"]);
      expect(of("search")?.[0]).toBe("Index Only Scan submissions_list");
      expect(of("some days")?.[0]).toBe("Index Only Scan submissions_list");
      expect(of("rejected")?.[0]).toBe("Index Only Scan submissions_by_state");
    }
  } finally {
    await database.close();
  }
});

it("a sale, its refund, its copy, its papers, a report and a reconciliation read no big table from end to end", async () => {
  const shop = await stage.open();
  const whole = await watchWholeScans(stage.database.urls.owner);
  try {
    const invoiceId = shop.put();
    const { receipt } = await shop.fiscalise(invoiceId);
    const noteId = putNote(stage, shop, { invoices: [invoiceId], total: "11800" });
    await refund(shop, noteId, { refundReason: "09" });
    expect((await shop.api.post(`/receipts/${receipt?.id}/copies`, {})).status).toBe(201);
    expect((await shop.api.bytes(`/receipts/${receipt?.id}/pdf`)).status).toBe(200);
    expect((await xOf(shop)).figures.total.refunds.count).toBe(1);
    expect((await shop.api.get("/businesses/me/stats")).status).toBe(200);
    expect((await reconcilingOf(shop).run()).state).toBe("completed");
    expect(await whole.since()).toEqual([]);
    await stage.database
      .owner`set enable_indexscan = off; set enable_bitmapscan = off; select count(*) from receipts`.simple();
    expect(await whole.since()).toContainEqual(expect.stringMatching(/^receipts \d/));
  } finally {
    await whole.close();
  }
});
