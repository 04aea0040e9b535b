import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

describe("one device", () => {
  it("gets its sales one at a time, in the order they were accepted", async () => {
    const shop = await stage.open();
    shop.device.behave({ kind: "slow", delayMs: 20 });
    await Promise.all(Array.from({ length: 10 }, () => shop.fiscalise(shop.put())));
    expect(shop.device.mostAtOnce()).toBe(1);
    const accepted = await stage.database.owner`
      select request_sha256 from submissions where business_id = ${shop.id} order by sequence`;
    expect(shop.device.ledger().map(({ requestSha256 }) => requestSha256)).toEqual(
      accepted.map(({ request_sha256 }) => request_sha256),
    );
  });

  it("gets nothing else while an earlier sale is unknown", async () => {
    const shop = await stage.open();
    shop.device.behave({ kind: "result", code: "999", signed: false, times: 4 });
    const [first, second] = await Promise.all([shop.fiscalise(shop.put()), shop.fiscalise(shop.put())]);
    const attempts = await stage.database.owner`
      select s.invoice_number from attempts a join submissions s on s.id = a.submission_id
      where a.business_id = ${shop.id} order by a.id`;
    expect(attempts.map(({ invoice_number }) => invoice_number)).toEqual(["1", "1", "1", "1", "1", "2"]);
    expect([first.state, second.state]).toEqual(["fiscalised", "fiscalised"]);
  });

  it("is driven by one worker at a time, however many servers run", async () => {
    const shop = await stage.open();
    const others = [await stage.addServer({ ROLE: "worker" }), await stage.addServer({ ROLE: "worker" })];
    shop.device.behave({ kind: "slow", delayMs: 20 });
    await Promise.all(Array.from({ length: 10 }, () => shop.fiscalise(shop.put())));
    for (const other of others) await other.stop();
    expect(shop.device.mostAtOnce()).toBe(1);
    expect(shop.device.ledger()).toHaveLength(10);
    expect(shop.device.exchanges().filter(({ path }) => path === "/trnsSales/saveSales")).toHaveLength(10);
  });
});

describe("several devices", () => {
  it("work at the same time: one that hangs delays no other", async () => {
    const [hanging, quick] = [await stage.open(), await stage.open()];
    hanging.device.behave({ kind: "hang", times: 1 });
    const stuck = hanging.fiscalise(hanging.put());
    await until("the first device has the request", () => hanging.device.mostAtOnce() === 1);
    for (let sale = 1; sale <= 3; sale += 1)
      expect(await quick.fiscalise(quick.put())).toMatchObject({ invoiceNumber: String(sale) });
    const [row] = await stage.database.owner`select state from submissions where business_id = ${hanging.id}`;
    expect(row?.state).toBe("sending");
    await hanging.device.takeDown();
    await hanging.device.bringUp();
    expect(await stuck).toMatchObject({ state: "fiscalised", invoiceNumber: "1" });
  });
});
