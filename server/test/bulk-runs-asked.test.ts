import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bulkOf, putMany } from "./bulk-steps.ts";
import { today } from "./factories.ts";
import { type Stage, startStage } from "./harness.ts";

describe("what is asked of bulk runs", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  afterAll(() => stage.close());

  it("takes no half period, none in disorder, no ids that are none", async () => {
    const shop = await stage.open();
    for (const body of [
      {},
      { from: today() },
      { from: today(), to: today(-1) },
      { from: "1999-01-01", to: today() },
      { zohoIds: [] },
      { zohoIds: ["x"] },
      { from: today(), to: today(), zohoIds: ["1"] },
    ]) {
      expect([(await shop.api.post("/bulk-runs", body)).status, body]).toEqual([400, body]);
    }
  });

  it("is another business's secret", async () => {
    const [shop, other] = [await stage.open(), await stage.open()];
    putMany(shop, 1);
    const { id } = await bulkOf(shop).check();
    for (const path of ["", "/documents", "/documents.csv"]) {
      expect((await other.api.get(`/bulk-runs/${id}${path}`)).status).toBe(404);
    }
    for (const action of ["start", "pause", "resume", "stop"]) {
      expect((await other.api.post(`/bulk-runs/${id}/${action}`, {})).status).toBe(404);
    }
    expect((await other.api.get("/bulk-runs")).body).toEqual({ items: [] });
    expect((await bulkOf(shop).view(id)).state).toBe("checked");
  });
});
