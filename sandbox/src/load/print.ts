import { quantile } from "../bench/row.ts";
import { table } from "../prove/print.ts";
import { type Capacity, whatStops } from "./capacity.ts";
import { growthOf } from "./growth.ts";
import { type Mix, SAMPLE_MS } from "./mix.ts";
import { nothingSeen, type Seen } from "./open-loop.ts";
import type { Sample, Work } from "./processes.ts";

const FAIR = 2;
const VIOLATIONS_SHOWN = 20;
const SOAK_ROWS = 12;

export function mixReport(mix: Mix): string {
  const { alone, beside, webhooks, outcome } = mix;
  const told: Seen = { timesMs: outcome.toldMs, answers: new Map([["signed", outcome.toldMs.length]]) };
  // A document put into Zoho is no call of ours.
  const isCall = ([name]: [string, Seen]) => name !== "document sent in Zoho";
  const rows = [
    ...[...alone].filter(isCall).map(([name, seen]) => row(`${name}, alone`, seen)),
    ...[...beside].filter(isCall).map(([name, seen]) => row(`${name}, beside`, seen)),
    row("webhook to Zoho's answer", webhooks),
    row("sent in Zoho to receipt, nobody clicks", told),
  ];
  const head = ["ms", "times", "p50", "p95", "p99", "longest", "answers"];
  return [table(head, rows), table(["what", ""], facts(mix)), ...violations(outcome.violations)].join("\n\n");
}

function row(name: string, { timesMs, answers }: Seen): (string | number)[] {
  const at = (share: number) => Math.round(quantile(timesMs, share));
  const how = [...answers].map(([answer, times]) => `${answer}: ${times}`).join(", ");
  return [name, timesMs.length, at(0.5), at(0.95), at(0.99), at(1), how];
}

function facts({
  alone,
  beside,
  backfillPerSecond,
  outcome,
  work,
  lastedMs,
  samples,
  wholeScans,
}: Mix): string[][] {
  const clicks = (seen: ReadonlyMap<string, Seen>) => seen.get("click to receipt") ?? nothingSeen();
  const ratio = quantile(clicks(beside).timesMs, 0.95) / quantile(clicks(alone).timesMs, 0.95);
  return [
    [
      `fairness: clicks' p95 beside, of alone (at most ${FAIR})`,
      `${ratio.toFixed(2)}${ratio > FAIR ? " OVER" : ""}`,
    ],
    ["backlog, documents a second", backfillPerSecond.toFixed(1)],
    ["documents put into Zoho, signed once", `${outcome.signed} of ${outcome.given}`],
    ...(wholeScans === null
      ? []
      : [["big tables read from end to end", wholeScans.length === 0 ? "none" : wholeScans.join(", ")]]),
    ["processors at work", work === null ? "not measured here" : shares(work, lastedMs)],
    ["servers' memory, first and last", samples.length === 0 ? "not measured here" : ends(samples)],
  ];
}

function shares({ servers, postgres, standIns }: Work, lastedMs: number): string {
  const of = (ms: number) => (ms / lastedMs).toFixed(2);
  return `servers ${of(servers)}, PostgreSQL ${of(postgres)}, stand-ins ${of(standIns)}`;
}

function ends(samples: readonly Sample[][]): string {
  const text = (each: readonly Sample[] | undefined) =>
    (each ?? []).map(({ residentBytes }) => megabytes(residentBytes)).join(" + ");
  return `${text(samples[0])} MB, ${text(samples.at(-1))} MB`;
}

function violations(all: readonly string[]): string[] {
  if (all.length === 0) return [];
  return [[`${all.length} VIOLATIONS`, ...all.slice(0, VIOLATIONS_SHOWN)].join("\n  ")];
}

const megabytes = (bytes: number) => Math.round(bytes / 1_048_576);

export function capacityTable(one: Capacity, two: Capacity): string {
  const times = (ms: number | undefined) => (ms === undefined ? "" : ms.toFixed(1));
  const line = (name: string, of: (capacity: Capacity) => string) => [name, of(one), of(two)];
  const ratio = two.perSecond / one.perSecond;
  return [
    table(
      ["clicks, as many as get through", "one process", "two"],
      [
        line("receipts a second", ({ perSecond }) => perSecond.toFixed(1)),
        line("processor time of a receipt in servers, ms", ({ perReceipt }) => times(perReceipt?.servers)),
        line("in PostgreSQL, ms", ({ perReceipt }) => times(perReceipt?.postgres)),
        line("in the stand-ins, ms", ({ perReceipt }) => times(perReceipt?.standIns)),
      ],
    ),
    `two processes carry ${ratio.toFixed(2)} times one`,
    `what stops one: ${whatStops(one)}`,
    `what stops two: ${whatStops(two)}`,
  ].join("\n");
}

/** Of the first server, twelve times over the soak, and what grew. */
export function soakTable(samples: readonly Sample[][]): string {
  const own = samples.flatMap(([first]) => first ?? []);
  const step = Math.max(1, Math.floor(own.length / SOAK_ROWS));
  const rows = own
    .filter((_, index) => index % step === 0)
    .map(({ residentBytes, heapBytes, openFiles }, index) => [
      `${Math.round((index * step * SAMPLE_MS) / 6_000) / 10} min`,
      megabytes(residentBytes),
      megabytes(heapBytes),
      openFiles,
    ]);
  const growth = growthOf(own).map(({ what, early, late, isGrown }) => [
    what,
    early,
    late,
    isGrown ? "GROWN" : "no growth",
  ]);
  return [
    table(["after", "memory, MB", "heap in use, MB", "open files"], rows),
    table(["", "second quarter", "last quarter", ""], growth),
  ].join("\n\n");
}
