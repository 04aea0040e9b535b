import type { Stage } from "../prove/stage.ts";
import { measureBareRate } from "./bare-rate.ts";
import { hammer } from "./calls.ts";
import type { InstantDevices } from "./instant-device.ts";
import { measureQueue } from "./queue.ts";
import { percent, type Row, withinBudget } from "./row.ts";
import { fiscaliseCall, type Pen } from "./sales.ts";

const PER_DEVICE = 20;
const CLICKS_PER_DEVICE = 8;
const BUDGET = 0.4;

/** What one server process gets through, beside the same machine's bare transactions. */
export async function measureThroughput(
  stage: Stage,
  { pen, devices }: { pen: Pen; devices: InstantDevices },
): Promise<Row[]> {
  const bare = await measureBareRate(stage);
  const queue = await measureQueue(stage, { pen, devices, perDevice: PER_DEVICE });
  const clicks = await measureClicks(stage, pen);
  const peer = `${Math.round(bare)}/s bare transactions`;
  const row = (name: string, perSecond: number) => ({
    name,
    measured: `${Math.round(perSecond)}/s`,
    peer,
    ratio: percent(perSecond, bare),
  });
  const count = stage.businesses.length;
  return [
    {
      ...row(`submissions through ${count} devices, accepted to fiscalised`, queue.drainedPerSecond),
      budget: `≥ ${percent(BUDGET, 1)}`,
      verdict: withinBudget(queue.drainedPerSecond >= BUDGET * bare),
    },
    {
      ...row("accepting alone, without HTTP and Zoho", queue.acceptedPerSecond),
      budget: null,
      verdict: "no budget",
    },
    { ...row("the whole click over HTTP, Zoho included", clicks), budget: null, verdict: "no budget" },
  ];
}

/** One click at a time for each business, all businesses at once. */
async function measureClicks(stage: Stage, pen: Pen): Promise<number> {
  const calls = Array.from({ length: CLICKS_PER_DEVICE }, () => stage.businesses)
    .flat()
    .map((business) => fiscaliseCall(stage, business, pen(stage, business).zohoId));
  const { perSecond } = await hammer({ connections: stage.businesses.length, calls });
  return perSecond;
}
