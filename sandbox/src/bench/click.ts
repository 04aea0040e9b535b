import { Agent } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Stage } from "../prove/stage.ts";
import { post } from "./calls.ts";
import { quantile, type Row, withinBudget } from "./row.ts";
import { fiscaliseCall, type Pen } from "./sales.ts";

const WARM_UP = 60;
const CLICKS = 200;
const EVERY_MS = 100;
const BUDGET_MS = 250;

/** From the click to the receipt, at a steady rate whether or not the last click is answered. */
export async function measureClick(stage: Stage, pen: Pen): Promise<Row> {
  const agent = new Agent({ keepAlive: true });
  const latenciesMs: number[] = [];
  const clicks: Promise<void>[] = [];
  for (let index = 0; index < WARM_UP + CLICKS; index += 1) {
    const business = stage.businesses[index % stage.businesses.length];
    if (!business) throw new Error("bug: no business");
    const call = fiscaliseCall(stage, business, pen(stage, business).zohoId);
    const begun = performance.now();
    clicks.push(
      post(agent, call).then(() => {
        if (index >= WARM_UP) latenciesMs.push(performance.now() - begun);
      }),
    );
    await pause(EVERY_MS);
  }
  await Promise.all(clicks);
  agent.destroy();
  const p95 = quantile(latenciesMs, 0.95);
  return {
    name: `click to receipt, instant device, ${1_000 / EVERY_MS} a second, p95`,
    measured: `${Math.round(p95)} ms (p50 ${Math.round(quantile(latenciesMs, 0.5))} ms)`,
    peer: null,
    ratio: null,
    budget: `≤ ${BUDGET_MS} ms`,
    verdict: withinBudget(p95 <= BUDGET_MS),
  };
}
