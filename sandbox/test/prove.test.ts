import { expect, it } from "vitest";
import { runCampaign } from "../src/prove/campaign.ts";
import { printed } from "../src/prove/print.ts";

const CAMPAIGN_MAX_MS = 120_000;

it("signs each document once, loses none and keeps numbers gapless through kills, restarts and lost answers", {
  timeout: CAMPAIGN_MAX_MS,
}, async () => {
  const report = await runCampaign({ documents: 40, seed: 20_260_720, devices: 4 });
  expect(report.violations, printed(report)).toEqual([]);
  expect(report.signed).toBeGreaterThan(20);
  expect(report.attempts).toBeGreaterThan(report.signed);
  expect(report.events.get("server killed")).toBeGreaterThan(0);
  expect(report.events.get("PostgreSQL killed")).toBe(1);
});
