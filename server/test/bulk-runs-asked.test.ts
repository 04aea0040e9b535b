import { BulkDocumentsSchema } from "@fiscalise/shared/api/bulk-runs.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VAT_AND_LEVY } from "../../sandbox/src/zoho/invoice-parts.ts";
import { bulkOf, putMany } from "./bulk-steps.ts";
import { line, today } from "./factories.ts";
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

  it("lists each document of a run page by page and by state, and as CSV", async () => {
    const shop = await stage.open();
    const bulk = bulkOf(shop);
    putMany(shop, 3);
    shop.put({ lines: [line({ tax: VAT_AND_LEVY })] });
    const { id } = await bulk.check();
    await bulk.ask(id, "start");
    await bulk.settled(id);
    const page = async (query: string) =>
      BulkDocumentsSchema.parse((await shop.api.get(`/bulk-runs/${id}/documents?${query}`)).body);
    const first = await page("limit=3");
    const rest = await page(`limit=3&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items].map(({ position }) => position)).toEqual([1, 2, 3, 4]);
    expect(rest.nextCursor).toBeNull();
    expect((await page("state=refused")).items).toMatchObject([
      { state: "refused", reasons: [{ code: "tax-group-unsupported" }] },
    ]);
    expect((await page("state=fiscalised")).items[0]).toMatchObject({
      counter: expect.stringMatching(/NS$/),
    });
    const csv = await shop.api.get(`/bulk-runs/${id}/documents.csv`);
    expect(csv.text.trim().split("\r\n")).toHaveLength(5);
    expect(csv.text).toContain("tax-group-unsupported");
    expect(csv.headers.get("content-disposition")).toContain("attachment");
  });
});
