import { setTimeout as pause } from "node:timers/promises";
import { runNow } from "../stage/run-now.ts";
import type { StormEvent } from "./plan-storm.ts";
import { isAnswering, type Stage } from "./stage.ts";
import type { StormClock } from "./storm-clock.ts";
import { SIGNED_AND_WAITING } from "./troubles.ts";

const LOOK_MS = 5;
const LOOKS_MAX = 1_000;

export interface StormLog {
  /** How often each kind of event happened. */
  events: Map<string, number>;
  /** Numbers another till used, by device. */
  taken: Map<number, Set<string>>;
}

export function newStormLog(): StormLog {
  return { events: new Map(), taken: new Map() };
}

export function note({ events }: StormLog, kind: string, times = 1): void {
  events.set(kind, (events.get(kind) ?? 0) + times);
}

/** Carries the plan out in its order; devices come back up by themselves. */
export async function rage(
  stage: Stage,
  plan: readonly StormEvent[],
  { clock, log }: { clock: StormClock; log: StormLog },
): Promise<void> {
  const comingUp: Promise<void>[] = [];
  for (const event of plan) {
    await clock.at(event.atMs);
    note(log, event.kind);
    await happen(stage, event, { log, comingUp });
  }
  await Promise.all(comingUp);
}

async function happen(
  stage: Stage,
  event: StormEvent,
  { log, comingUp }: { log: StormLog; comingUp: Promise<void>[] },
): Promise<void> {
  switch (event.kind) {
    case "server killed":
      return killServer(stage, event.server);
    case "servers killed after a signature":
      return killAfterSignature(stage);
    case "PostgreSQL stopped":
      return stage.restartDatabase("stop");
    case "PostgreSQL killed":
      return stage.restartDatabase("kill");
    case "device down":
      comingUp.push(darken(stage, event));
      return;
    case "another till takes numbers":
      return takeNumbers(stage, event, log);
    case "device fails any call":
      return deviceOf(stage, event.device).script(event.behaviours);
    case "Zoho fails":
      return stage.zoho.behave({ kind: "http", status: event.status, times: event.times });
    case "sweep":
      return runNow(stage.queueUrl, "sweep-documents");
    case "Zoho tokens expire":
      return stage.zoho.expireAccessTokens();
  }
}

/** One that works: a server killed while it starts again would never be there. */
async function killServer({ servers }: Stage, index: number): Promise<void> {
  const server = servers[index];
  if (!server) throw new Error(`bug: no server ${index}`);
  await isAnswering(server);
  server.process.kill();
}

async function killAfterSignature(stage: Stage): Promise<void> {
  const isWaiting = () =>
    stage.businesses.some(({ device }) => {
      const last = device.exchanges().at(-1);
      return last?.signed && last.httpStatus === null && last.requestText.includes(SIGNED_AND_WAITING);
    });
  await Promise.all(stage.servers.map(isAnswering));
  for (let look = 0; look < LOOKS_MAX && !isWaiting(); look += 1) await pause(LOOK_MS);
  for (const { process } of stage.servers) process.kill();
}

async function darken(stage: Stage, event: { device: number; forMs: number }): Promise<void> {
  const device = deviceOf(stage, event.device);
  await device.takeDown();
  await pause(event.forMs);
  await device.bringUp();
}

/** Numbers nobody has a receipt for yet, a little ahead of the device's last. */
function takeNumbers(
  stage: Stage,
  { device, ahead, count }: { device: number; ahead: number; count: number },
  log: StormLog,
): void {
  const { ledger, takeNumbers: take } = deviceOf(stage, device);
  const last = ledger().reduce((most, { invcNo }) => (BigInt(invcNo) > most ? BigInt(invcNo) : most), 0n);
  const from = last + BigInt(ahead);
  take(from, count);
  const taken = log.taken.get(device) ?? new Set();
  for (let step = 0; step < count; step += 1) taken.add((from + BigInt(step)).toString());
  log.taken.set(device, taken);
}

/** Everything works again. */
export async function calmDown(stage: Stage): Promise<void> {
  stage.zoho.behave("up");
  for (const { device } of stage.businesses) {
    device.script([]);
    device.behave("up");
    await device.bringUp();
  }
}

function deviceOf(stage: Stage, index: number) {
  const device = stage.businesses[index]?.device;
  if (!device) throw new Error(`bug: no device ${index}`);
  return device;
}
