import { setTimeout as pause } from "node:timers/promises";
import { seedMillion } from "../bench/seed-million.ts";
import { watchWholeScans } from "../bench/whole-scans.ts";
import { makeZohoParts } from "../prove/make-zoho-parts.ts";
import { openStage, type Stage } from "../prove/stage.ts";
import { doAll, type Seen } from "./open-loop.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { type Sample, samplesOf, type Work, workOf } from "./processes.ts";
import { type Rates, startTraffic, type Traffic } from "./traffic.ts";

export interface MixOptions {
  businesses: number;
  servers: number;
  /** Of ordinary traffic alone, then with the backlog and the hanging device beside it. */
  aloneSeconds: number;
  besideSeconds: number;
  rates: Rates;
  backlog: number;
  /** Whether a million receipts of other businesses are there before. */
  million: boolean;
  onProgress: (line: string) => void;
}

export interface Mix {
  /** By what was done; ordinary traffic twice. */
  alone: ReadonlyMap<string, Seen>;
  beside: ReadonlyMap<string, Seen>;
  /** Of both parts together. */
  webhooks: Seen;
  backfillPerSecond: number;
  outcome: Outcome;
  /** Of each server at the same moments; none where they cannot be read. */
  samples: Sample[][];
  /** Processor time while it lasted, and for how long that was, in milliseconds. */
  work: Work | null;
  lastedMs: number;
  /** Big tables that were read from end to end; null where all are small. */
  wholeScans: string[] | null;
}

const WARM_UP_SECONDS = 10;
export const SAMPLE_MS = 5_000;

/** Real servers and PostgreSQL on disk; a Zoho and strict devices in this process, one of them hanging. */
export async function runMix(options: MixOptions): Promise<Mix> {
  const { businesses, servers, onProgress } = options;
  onProgress(`making ${businesses} businesses, ${servers} server${servers === 1 ? "" : "s"}`);
  const stage = await openStage({
    businesses,
    servers,
    durable: true,
    env: {},
    settings: { autoFiscalise: "on-sent" },
  });
  try {
    const traffic = startTraffic(stage, options.rates);
    traffic.putBacklog(options.backlog);
    await makeZohoParts(stage);
    if (options.million) {
      onProgress("making a million receipts");
      await seedMillion(stage.ownerUrl);
    }
    return await measure(stage, traffic, options);
  } finally {
    await stage.close({ keepFiles: false });
  }
}

async function measure(stage: Stage, traffic: Traffic, options: MixOptions): Promise<Mix> {
  const { aloneSeconds, besideSeconds, backlog, million, onProgress } = options;
  const whole = million ? await watchWholeScans(stage.ownerUrl) : null;
  const samples = sampling(stage);
  const [first] = stage.businesses;
  try {
    await doAll(traffic.ordinary, WARM_UP_SECONDS);
    onProgress("ordinary traffic alone");
    const [before, begun] = [workOf(stage), performance.now()];
    const alone = await doAll(traffic.ordinary, aloneSeconds);
    onProgress(`beside a backlog of ${backlog} and a hanging device`);
    first?.device.behave({ kind: "hang" });
    const [beside, backfillPerSecond] = await Promise.all([
      doAll([...traffic.ordinary, traffic.hanging], besideSeconds),
      traffic.backfill(),
    ]);
    const [after, lastedMs] = [workOf(stage), performance.now() - begun];
    first?.device.behave("up");
    onProgress("the device works again; waiting for the last receipts");
    const outcome = await outcomeOf(stage, traffic);
    return {
      alone,
      beside,
      webhooks: traffic.webhooks,
      backfillPerSecond,
      outcome,
      samples: await samples.stop(),
      work: before && after && difference(after, before),
      lastedMs,
      wholeScans: whole && (await whole.since()),
    };
  } finally {
    await whole?.close();
    await samples.stop();
    traffic.close();
  }
}

export function difference(after: Work, before: Work): Work {
  return {
    servers: after.servers - before.servers,
    postgres: after.postgres - before.postgres,
    standIns: after.standIns - before.standIns,
  };
}

/** As Prometheus would, until it is stopped. */
function sampling(stage: Stage): { stop: () => Promise<Sample[][]> } {
  const taken: Sample[][] = [];
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      const samples = await samplesOf(stage);
      if (samples) taken.push(samples);
      await pause(SAMPLE_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
    return taken;
  })();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
