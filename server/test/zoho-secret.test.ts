import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Business, type Stage, startStage } from "./harness.ts";
import { deliver, payloadOf } from "./webhook.ts";
import { isAllMade, zohoPartsOf } from "./zoho-parts-steps.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const { listed, make, renewed, hookOf, automationOf, openSigning } = zohoPartsOf(() => stage);

describe("a renewed secret", () => {
  const isHook = ({ part }: { part: string }) => part.startsWith("webhook-");
  const webhooksMade = async (shop: Business) =>
    (await automationOf(shop)).parts.filter(isHook).map(({ isMade }) => isMade);
  const answers = async (shop: Business, ...hooks: { token: string; secret: string }[]) => {
    const statuses = hooks.map(async (hook) => (await deliver(stage, hook, payloadOf(shop.put()))).status);
    return Promise.all(statuses);
  };

  it("that Zoho may not have is told again; until then either signs, and both are shown as they are", async () => {
    const shop = await openSigning();
    const before = await hookOf(shop);
    const after = await renewed(shop);
    expect(await webhooksMade(shop)).toEqual([false, false]);
    stage.zoho.behave({ kind: "http", status: 500, match: "PUT /books/v3/settings/webhooks" });
    await make(shop);
    stage.zoho.behave("up");
    expect(await webhooksMade(shop)).toEqual([false, false]);
    const latest = await renewed(shop);
    expect(await answers(shop, before, after, latest)).toEqual([202, 401, 202]);
    expect(isAllMade(await make(shop))).toBe(true);
    expect(listed(shop, "webhooks").map(({ url }) => String(url).split("/").at(-1))).toEqual([
      latest.token,
      latest.token,
    ]);
    expect(await answers(shop, before, latest)).toEqual([401, 202]);
  });

  it("whose answer alone was lost is seen to be there", async () => {
    const shop = await openSigning();
    const before = await hookOf(shop);
    const after = await renewed(shop);
    stage.zoho.behave({ kind: "lose-answer", match: "PUT /books/v3/settings/webhooks" });
    expect(isAllMade(await make(shop))).toBe(true);
    stage.zoho.behave("up");
    expect(await answers(shop, before, after)).toEqual([401, 202]);
  });

  it("ends the one before after an hour, whatever Zoho has", async () => {
    const shop = await openSigning();
    const before = await hookOf(shop);
    await renewed(shop);
    expect(await answers(shop, before)).toEqual([202]);
    await stage.database.owner`update zoho_automation
      set secret_before_until = secret_before_until - interval '1 hour' where business_id = ${shop.id}`;
    expect(await answers(shop, before)).toEqual([401]);
  });
});
