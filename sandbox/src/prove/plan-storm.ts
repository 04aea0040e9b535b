import type { Behaviour } from "../vsdc/behaviour.ts";
import type { Dice } from "./dice.ts";

/** What happens to the surroundings, whatever document is on its way. */
export type StormEvent = { atMs: number } & (
  | { kind: "server killed"; server: number }
  /** Both, in the moment between a signature and its answer. */
  | { kind: "servers killed after a signature" }
  | { kind: "PostgreSQL stopped" | "PostgreSQL killed" }
  | { kind: "device down"; device: number; forMs: number }
  | { kind: "another till takes numbers"; device: number; ahead: number; count: number }
  | { kind: "device fails any call"; device: number; behaviours: Behaviour[] }
  | { kind: "Zoho fails"; status: number; times: number }
  | { kind: "sweep" }
  | { kind: "Zoho tokens expire" }
);

const SALES_AND_ITEMS = ["/trnsSales/saveSales", "/items/saveItems"];
const KILL_EVERY_MS = [8_000, 20_000] as const;
const KILL_BOTH_EVERY_MS = 30_000;
const TROUBLE_EVERY_MS = [300, 1_500] as const;

export function planStorm(
  dice: Dice,
  { durationMs, devices, servers }: { durationMs: number; devices: number; servers: number },
): StormEvent[] {
  const events: StormEvent[] = [
    { atMs: durationMs * 0.3, kind: "PostgreSQL stopped" },
    { atMs: durationMs * 0.6, kind: "PostgreSQL killed" },
    { atMs: durationMs * 0.45, kind: "Zoho tokens expire" },
    { atMs: durationMs * 0.4, kind: "sweep" },
    { atMs: durationMs * 0.8, kind: "sweep" },
  ];
  for (let atMs = KILL_EVERY_MS[0]; atMs < durationMs; atMs += dice.between(...KILL_EVERY_MS)) {
    events.push({ atMs, kind: "server killed", server: dice.between(0, servers - 1) });
  }
  for (let atMs = durationMs * 0.5; atMs < durationMs; atMs += KILL_BOTH_EVERY_MS) {
    events.push({ atMs, kind: "servers killed after a signature" });
  }
  for (let atMs = 500; atMs < durationMs; atMs += dice.between(...TROUBLE_EVERY_MS)) {
    events.push({ atMs, ...planTrouble(dice, dice.between(0, devices - 1)) });
  }
  return events.sort((a, b) => a.atMs - b.atMs);
}

type Trouble = StormEvent extends infer Each ? (Each extends StormEvent ? Omit<Each, "atMs"> : never) : never;

function planTrouble(dice: Dice, device: number): Trouble {
  const kind = dice.fraction();
  if (kind < 0.35) return { kind: "device down", device, forMs: dice.between(200, 2_500) };
  if (kind < 0.55) {
    const [ahead, count] = [dice.between(1, 4), dice.between(1, 2)];
    return { kind: "another till takes numbers", device, ahead, count };
  }
  if (kind < 0.9) {
    const behaviours = Array.from({ length: dice.between(1, 3) }, () => planBehaviour(dice));
    return { kind: "device fails any call", device, behaviours };
  }
  return { kind: "Zoho fails", status: dice.pick([500, 503, 429]), times: dice.between(1, 5) };
}

function planBehaviour(dice: Dice): Behaviour {
  const signed = dice.chance(0.5);
  const faults: Behaviour[] = [
    { kind: "reset-before" },
    { kind: "lose-answer" },
    { kind: "http", status: 503, signed },
    { kind: "garbage", signed },
    { kind: "result", code: dice.pick(["894", "896", "899"]), signed },
  ];
  return { ...dice.pick(faults), paths: SALES_AND_ITEMS };
}
