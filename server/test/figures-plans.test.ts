import { afterAll, beforeAll, expect, it } from "vitest";
import { plansOf } from "../../sandbox/src/bench/plans.ts";
import { seededBusiness, seedMillion } from "../../sandbox/src/bench/seed-million.ts";
import { openDatabase } from "../src/db/with-business.ts";
import { type Stage, startStage } from "./harness.ts";

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
