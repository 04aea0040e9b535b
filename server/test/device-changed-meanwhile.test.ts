import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf } from "./api.ts";
import { branchesOf, deviceOf, INITIALISE, LOOKED, stepTwo } from "./device-steps.ts";
import { type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

/** Set up, and being asked for its facts once more, as far as this question. */
async function askedAgain(asked: string = INITIALISE) {
  const shop = await stage.open({ device: { repeatedInitialisation: "000" } });
  const before = shop.device.exchanges().length;
  const held = Promise.withResolvers<void>();
  shop.device.behave({ kind: "held", until: held.promise, times: 1, paths: [asked] });
  const again = stepTwo(shop);
  const isAsked = () =>
    shop.device
      .exchanges()
      .slice(before)
      .some(({ path }) => path === asked);
  await until("it is asked", isAsked);
  const answered = () => {
    held.resolve();
    return again;
  };
  return { shop, answered };
}

describe("step 2, while another admin changes the device", () => {
  it.each([
    ["looked at", LOOKED],
    ["asked for its facts", INITIALISE],
  ])("leaves an address that was changed while the device was %s", async (_, asked) => {
    const { shop, answered } = await askedAgain(asked);
    const moved = shop.device.url.replace("127.0.0.1", "localhost");
    expect(moved).not.toBe(shop.device.url);
    const change = deviceOf(shop, { baseUrl: moved, lineArithmetic: "exact" });
    expect((await shop.api.put("/businesses/me/vsdc-config", change)).status).toBe(200);
    expect((await answered()).body).toMatchObject({
      factsFrom: "device",
      vsdc: { baseUrl: moved, lineArithmetic: "exact" },
    });
    const [branch] = await branchesOf(stage, shop);
    expect(branch).toMatchObject({ base_url: moved, line_arithmetic: "exact" });
  });

  it.each([
    ["looked at", LOOKED],
    ["asked for its facts", INITIALISE],
  ])("does not put back a device that was replaced while it was %s", async (_, asked) => {
    const { shop, answered } = await askedAgain(asked);
    const other = deviceOf(shop, { serial: "another" });
    expect((await shop.api.put("/businesses/me/vsdc-config", other)).status).toBe(200);
    expect(problemOf(await answered())).toMatchObject({ status: 409, code: "device-changed-meanwhile" });
    expect((await branchesOf(stage, shop))[0]).toMatchObject({
      device_serial: "another",
      initialised_on: null,
    });
    expect((await shop.audit()).at(-1)).toMatchObject({ action: "device-not-set-up" });
  });

  it("keeps no device at the address of another that was entered while it was asked", async () => {
    const [shop, other] = [await stage.open({ setUp: false }), await stage.open({ setUp: false })];
    const mistyped = deviceOf(shop, { serial: "mistyped" });
    await shop.api.put("/businesses/me/vsdc-config", mistyped);
    const held = Promise.withResolvers<void>();
    shop.device.behave({ kind: "held", until: held.promise, times: 1, paths: [INITIALISE] });
    const again = stepTwo(shop);
    await until("it is asked", () => shop.device.exchanges().some(({ path }) => path === INITIALISE));
    const third = deviceOf(shop, { serial: "third", baseUrl: other.device.url });
    expect((await shop.api.put("/businesses/me/vsdc-config", third)).status).toBe(200);
    held.resolve();
    expect(problemOf(await again)).toMatchObject({ code: "device-changed-meanwhile" });
    expect((await branchesOf(stage, shop))[0]).toMatchObject({
      ...{ device_serial: "third", base_url: third.baseUrl, initialised_on: null },
    });
  });
});
