import { setTimeout as pause } from "node:timers/promises";
import { Gauge, type Registry } from "prom-client";
import { Failure } from "./failure.ts";

/** A count, or an age in seconds. */
export interface Figure {
  figure: string;
  /** One for each label of its gauge, in their order. */
  kinds: string[];
  value: number;
}

export interface GaugeOf {
  name: string;
  help: string;
  labels?: readonly string[];
  /** Shown as 0 where nothing is counted, so that a rule never waits for a series to appear. */
  always?: readonly string[];
}

/** However often it is scraped, the database is asked this often at most. */
const FRESH_MS = 10_000;
/** Below Prometheus's own patience: what a process knows by itself is answered all the same. */
const WAIT_MS = 5_000;

export interface GaugesOptions {
  gauges: Readonly<Record<string, GaugeOf>>;
  /** Its gauge is 1 while the figures can be had; null: none. */
  up: string | null;
  read: () => Promise<Figure[]>;
  /** The figures could not be had, or not in time. */
  onUnread: (error: unknown) => void;
  waitMs?: number;
  freshMs?: number;
}

/** Answers what to call before each scrape. While the database is away its numbers are absent, not old. */
export function registerGauges(
  registry: Registry,
  { gauges: specs, up, read, onUnread, waitMs = WAIT_MS, freshMs = FRESH_MS }: GaugesOptions,
): () => Promise<void> {
  const gauges = Object.entries(specs).map(([figure, spec]) => {
    const { name, help, labels = [] } = spec;
    return { figure, spec, gauge: new Gauge({ name, help, labelNames: labels, registers: [registry] }) };
  });
  const isUp =
    up === null
      ? null
      : new Gauge({ name: up, help: "1 when the database answered with its figures", registers: [registry] });
  let latest: { at: number; done: Promise<void> } | null = null;

  async function refresh(): Promise<void> {
    const figures = await inTime(read, waitMs).catch((error: unknown) => {
      onUnread(error);
      return null;
    });
    isUp?.set(figures === null ? 0 : 1);
    for (const { figure, spec, gauge } of gauges) {
      const own = figures?.filter((each) => each.figure === figure) ?? null;
      fill(gauge, spec, own);
    }
  }

  return async () => {
    const now = performance.now();
    if (latest === null || now - latest.at >= freshMs) latest = { at: now, done: refresh() };
    await latest.done;
  };
}

async function inTime<T>(read: () => Promise<T>, waitMs: number): Promise<T> {
  const answered = new AbortController();
  const late = pause(waitMs, undefined, { signal: answered.signal }).then(() => {
    throw new Failure("unavailable", `no figures within ${waitMs} ms`);
  });
  try {
    return await Promise.race([read(), late]);
  } finally {
    answered.abort();
  }
}

function fill(gauge: Gauge, { labels = [], always = [] }: GaugeOf, figures: Figure[] | null): void {
  gauge.reset();
  if (labels.length === 0) gauge.remove();
  if (figures === null) return;
  const [label] = labels;
  for (const kind of always) gauge.set(label === undefined ? {} : { [label]: kind }, 0);
  for (const { kinds, value } of figures)
    gauge.set(Object.fromEntries(labels.map((name, index) => [name, kinds[index] ?? ""])), value);
}
