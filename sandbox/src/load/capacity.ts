import { availableParallelism } from "node:os";
import { hammer } from "../bench/calls.ts";
import { startInstantDevices } from "../bench/instant-device.ts";
import { createPen, fiscaliseCall, makeInstant } from "../bench/sales.ts";
import { openStage } from "../prove/stage.ts";
import { difference } from "./mix.ts";
import { type Work, workOf } from "./processes.ts";

export interface Capacity {
  servers: number;
  perSecond: number;
  /** Processor time for one receipt, in milliseconds. */
  perReceipt: Work | null;
  /** How many processors each part kept at work. */
  busy: Work | null;
}

const WARM_UP = 200;

/** As many clicks as get through, one at a time for each business, devices that sign at once. */
export async function measureCapacity(options: {
  businesses: number;
  servers: number;
  clicks: number;
}): Promise<Capacity> {
  const { servers, clicks } = options;
  const devices = await startInstantDevices();
  const stage = await openStage({ ...options, durable: true, env: {} });
  try {
    await makeInstant(stage, devices);
    const pen = createPen();
    const calls = Array.from({ length: WARM_UP + clicks }, (_, index) => {
      const business = stage.businesses[index % stage.businesses.length];
      if (!business) throw new Error("bug: no business");
      const server = stage.servers[index % stage.servers.length];
      return fiscaliseCall(stage, business, pen(stage, business).zohoId, server);
    });
    const connections = stage.businesses.length;
    await hammer({ connections, calls: calls.slice(0, WARM_UP) });
    const before = workOf(stage);
    const { perSecond } = await hammer({ connections, calls: calls.slice(WARM_UP) });
    const after = workOf(stage);
    const work = before && after && difference(after, before);
    const lastedMs = (clicks / perSecond) * 1_000;
    return {
      servers,
      perSecond,
      perReceipt: work && shareOf(work, clicks),
      busy: work && shareOf(work, lastedMs),
    };
  } finally {
    await stage.close({ keepFiles: false });
    await devices.close();
  }
}

function shareOf({ servers, postgres, standIns }: Work, whole: number): Work {
  return { servers: servers / whole, postgres: postgres / whole, standIns: standIns / whole };
}

const AT_WORK = 0.9;

/** In words, from what was measured: which part had nothing left. */
export function whatStops({ busy, servers }: Capacity): string {
  if (busy === null) return "not measured here";
  const processors = availableParallelism();
  const all = busy.servers + busy.postgres + busy.standIns;
  if (all >= AT_WORK * processors) {
    const parts = `servers ${busy.servers.toFixed(2)}, PostgreSQL ${busy.postgres.toFixed(2)}, stand-ins ${busy.standIns.toFixed(2)}`;
    return `the machine: ${all.toFixed(2)} of ${processors} processors at work (${parts})`;
  }
  if (busy.servers >= AT_WORK * servers) return `the servers' own threads: ${busy.servers.toFixed(2)}`;
  if (busy.standIns >= AT_WORK) return `the stand-ins for Zoho and devices: ${busy.standIns.toFixed(2)}`;
  return `waiting, not processors: ${all.toFixed(2)} of ${processors} at work`;
}
