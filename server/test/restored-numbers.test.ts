import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markRestored } from "../src/businesses/restored-database.ts";
import { problemOf } from "./api.ts";
import { freePort } from "./free-port.ts";
import type { Stage } from "./harness.ts";
import { check, hold, settle, startRestored } from "./restored-shop.ts";

let restored: Awaited<ReturnType<typeof startRestored>>;
let stage: Stage;
beforeAll(async () => {
  restored = await startRestored();
  ({ stage } = restored);
});
afterAll(() => restored.close());

const deps = () => restored.deps;

describe("a restored device", () => {
  it("whose lost number was another till's goes on without a document", async () => {
    const shop = await stage.open();
    await markRestored(deps());
    expect(problemOf(await check(shop, "9".repeat(20))).code).toBe("input-invalid");
    expect(await check(shop, "1")).toMatchObject({ body: { hold: { numbers: [{ number: "1" }] } } });
    const others = { number: "1", as: "other-till", confirmed: true };
    expect((await settle(shop, { ...others, number: "7" })).status).toBe(404);
    expect(await settle(shop, others)).toMatchObject({ status: 200, body: { hold: null } });
    expect(problemOf(await settle(shop, others)).code).toBe("action-not-allowed");
    expect(await shop.fiscalise(shop.put())).toMatchObject({ invoiceNumber: "2" });
    const actions = (await shop.audit()).map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(["database-restored", "restored-device-checked", "lost-number-of-another-till"]),
    );
  });

  it("lists of an earlier restore's numbers none, and says whether the device was asked in this one", async () => {
    const shop = await stage.open();
    const others = { as: "other-till", confirmed: true };
    await markRestored(deps());
    await check(shop, "2");
    expect((await settle(shop, { ...others, number: "1" })).status).toBe(200);
    expect(await hold(shop)).toMatchObject({
      checkedAt: expect.any(String),
      numbers: [
        { number: "1", settledAs: "other-till" },
        { number: "2", settledAs: null },
      ],
    });
    expect(await settle(shop, { ...others, number: "2" })).toMatchObject({ body: { hold: null } });
    await markRestored(deps());
    expect(await hold(shop)).toMatchObject({ checkedAt: null, numbers: [] });
  });

  it("is held until what was on its way is settled, and what is refused meanwhile frees no number", async () => {
    const { owner } = stage.database;
    const shop = await stage.open();
    await shop.fiscalise(shop.put());
    await owner`update branches set base_url = ${`http://127.0.0.1:${await freePort()}`} where business_id = ${shop.id}`;
    const waiting = await shop.fiscalise(shop.put(), {}, ["queued"]);
    await markRestored(deps());
    expect(await check(shop, "1")).toMatchObject({ body: { hold: { numbers: [], underWay: 1 } } });
    shop.device.behave({ kind: "result", code: "910", signed: false, times: 1 });
    await owner`update branches set base_url = ${shop.device.url}, resting_until = null where business_id = ${shop.id}`;
    await owner`update submissions set next_attempt_at = now() where id = ${waiting.id}`;
    await owner`update graphile_worker._private_jobs set run_at = now() where key like ${`%${shop.branchId}`}`;
    await shop.reaches(waiting.id, "rejected");
    expect(await hold(shop)).toMatchObject({ numbers: [{ number: "2", settledAs: null }] });
    expect(await settle(shop, { number: "2", as: "other-till", confirmed: true })).toMatchObject({
      body: { hold: null },
    });
  });

  it("keeps under its number what has a receipt, and says of which state each is", async () => {
    const { owner } = stage.database;
    const shop = await stage.open();
    const zohoId = shop.put();
    const { id } = await shop.fiscalise(zohoId);
    await markRestored(deps());
    await owner`insert into lost_numbers (business_id, branch_id, number) values (${shop.id}, ${shop.branchId}, 1)`;
    const document = { kind: "invoice", submissionId: id, state: "fiscalised" };
    expect(await check(shop)).toMatchObject({ body: { hold: { numbers: [{ number: "1", document }] } } });
    const others = { number: "1", as: "other-till", confirmed: true, takesBack: id };
    expect(problemOf(await settle(shop, others)).code).toBe("action-not-allowed");
    expect(await shop.submission(id)).toMatchObject({ state: "fiscalised", invoiceNumber: "1" });
    expect(await settle(shop, { number: "1", as: "invoice", zohoId, entry: {} })).toMatchObject({
      body: { hold: null },
    });
  });
});
