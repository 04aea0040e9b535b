import type { ClassSuggestion, ItemMapping } from "@fiscalise/shared/api/mappings.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createApi, problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
let shop: Business;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  shop = await stage.open();
  await addItems({ "item:1": "Copper cable 2.5 mm", "item:2": "Cable, copper 4 mm", "item:3": "Ikawa" });
});

const ITEMS = "/businesses/me/item-mappings";

async function addItems(names: Record<string, string>): Promise<void> {
  for (const [key, name] of Object.entries(names))
    await stage.database
      .owner`insert into items (business_id, key, name) values (${shop.id}, ${key}, ${name})`;
}
async function addClass(code: string, name: string, inUse = true): Promise<void> {
  await stage.database.owner`
    insert into item_classes (business_id, branch_id, code, name, level, in_use)
    values (${shop.id}, ${shop.branchId}, ${code}, ${name}, 5, ${inUse})`;
}
const classesOf = async () =>
  Object.fromEntries(
    ((await shop.api.get(ITEMS)).body as { items: ItemMapping[] }).items
      .filter(({ key }) => key.startsWith("item:"))
      .map(({ key, itemClass }) => [key, itemClass]),
  );

describe("several items at once", () => {
  it("get one class in one transaction, each with its own audit event", async () => {
    await addClass("2612160099", "Copper cable");
    const keys = ["item:2", "item:1", "shipping", "item:1"];
    const answer = await shop.api.put(ITEMS, { keys, itemClass: "2612160099" });
    expect(answer.status).toBe(200);
    const { items } = answer.body as { items: ItemMapping[] };
    expect(items.map(({ key, itemClassName }) => [key, itemClassName])).toEqual([
      ["item:1", "Copper cable"],
      ["item:2", "Copper cable"],
      ["shipping", "Copper cable"],
    ]);
    expect(await classesOf()).toEqual({ "item:1": "2612160099", "item:2": "2612160099", "item:3": null });
    const mapped = (await shop.audit()).filter(({ action }) => action === "item-mapped");
    expect(mapped.map(({ subject }) => subject)).toEqual(["item:item:1", "item:item:2", "item:shipping"]);
    expect(mapped[0]?.detail).toMatchObject({ itemClass: "2612160099", previousItemClass: null });
  });

  it("are all left alone when one of them or the class is unknown", async () => {
    await addClass("2612160099", "Copper cable");
    await addClass("2612160098", "Taken out of use", false);
    const unknown = await shop.api.put(ITEMS, { keys: ["item:1", "item:9"], itemClass: "2612160099" });
    expect(problemOf(unknown).status).toBe(404);
    const outOfUse = await shop.api.put(ITEMS, { keys: ["item:1"], itemClass: "2612160098" });
    expect(problemOf(outOfUse).code).toBe("item-class-unknown");
    expect(await classesOf()).toEqual({ "item:1": null, "item:2": null, "item:3": null });
    expect((await shop.audit()).some(({ action }) => action === "item-mapped")).toBe(false);
  });

  it("of another business are 404, and a user may not map", async () => {
    const other = await stage.open();
    const body = { keys: ["item:1"], itemClass: null };
    expect(problemOf(await other.api.put(ITEMS, body)).status).toBe(404);
    const user = createApi(stage.url, stage.token(shop, "business_user"));
    expect((await user.put(ITEMS, body)).status).toBe(403);
    expect((await createApi(stage.url, null).put(ITEMS, body)).status).toBe(401);
  });

  it.each([
    { keys: [], itemClass: null },
    { keys: ["item:1", "x"], itemClass: null },
    { keys: Array.from({ length: 201 }, (_, index) => `item:${index}`), itemClass: null },
    { keys: ["item:1"], itemClass: "12" },
  ])("refuse what is no list of items and a class", async (body) => {
    expect(problemOf(await shop.api.put(ITEMS, body)).code).toBe("input-invalid");
  });

  it("change both ways at once without a deadlock", async () => {
    await addClass("2612160099", "Copper cable");
    const keys = ["item:1", "item:2", "item:3"];
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        shop.api.put(ITEMS, {
          keys: index % 2 ? keys : keys.toReversed(),
          itemClass: index % 2 ? "2612160099" : null,
        }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(Object.values(await classesOf())).size).toBe(1);
  });
});

describe("suggestions", () => {
  const suggested = async (key: string) =>
    ((await shop.api.get(`${ITEMS}/${key}/suggestions`)).body as { items: ClassSuggestion[] }).items;

  it("name the class that shares words, how sure that is and why, and choose nothing", async () => {
    await addClass("2612160099", "Copper cables");
    await addClass("2612160097", "Copper cable, obsolete", false);
    const [first] = await suggested("item:1");
    expect(first).toEqual({
      code: "2612160099",
      name: "Copper cables",
      confidence: "high",
      words: ["copper", "cable"],
    });
    expect((await suggested("item:1")).map(({ code }) => code)).not.toContain("2612160097");
    expect(await suggested("item:3")).toEqual([]);
    expect(await suggested("general:goods")).toEqual([]);
    expect(await classesOf()).toEqual({ "item:1": null, "item:2": null, "item:3": null });
  });

  it("find a plural that is spelled otherwise", async () => {
    await addClass("2611170099", "Alkaline batteries");
    await addItems({ "item:4": "Alkaline battery AA" });
    expect((await suggested("item:4"))[0]).toMatchObject({ code: "2611170099", confidence: "high" });
  });

  it("are not told of another business's items", async () => {
    const other = await stage.open();
    expect(problemOf(await other.api.get(`${ITEMS}/item:1/suggestions`)).status).toBe(404);
  });
});
