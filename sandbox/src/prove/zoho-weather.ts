import type { ZohoFault } from "../zoho/zoho-fault.ts";
import { type Dice, diceOf } from "./dice.ts";
import { note, type StormLog } from "./storm.ts";

interface WriteFault {
  name: string;
  /** In a thousand writes. */
  weight: number;
  fault: ZohoFault;
}

const WRITE_FAULTS: readonly WriteFault[] = [
  { name: "500", weight: 40, fault: { kind: "http", status: 500 } },
  { name: "429", weight: 30, fault: { kind: "rate-limited", retryAfterSeconds: 1 } },
  { name: "done, answer lost", weight: 50, fault: { kind: "lose-answer" } },
  { name: "not done, connection broken", weight: 20, fault: { kind: "down" } },
  { name: "slow", weight: 20, fault: { kind: "slow", delayMs: 1_500 } },
  { name: "done, no answer", weight: 2, fault: { kind: "hang-after" } },
];
const QUIET_WRITE: WriteFault = { name: "", weight: 838, fault: { kind: "up" } };
/** These come for certain, each at every second of the first writes; ten seconds of silence only by chance. */
const CERTAIN = WRITE_FAULTS.slice(0, -1);

const WRITE = /^(PUT|POST) \/books\/v3\/(invoice|invoices|creditnotes)\//;
const READ = /^GET \/books\/v3\/(invoices|creditnotes)/;

export interface ZohoWeather {
  faultFor(request: string): ZohoFault;
  /** Nothing more by chance. */
  calm(): void;
}

/** Zoho fails at single requests, most of all where something is written back. */
export function createZohoWeather(seed: number, log: StormLog): ZohoWeather {
  const dice = diceOf(seed + 1);
  let writes = 0;
  let isCalm = false;
  const writeFault = () => {
    writes += 1;
    const certain = writes % 2 === 0 ? CERTAIN[writes / 2 - 1] : undefined;
    return certain ?? (isCalm ? QUIET_WRITE : dice.weighted([...WRITE_FAULTS, QUIET_WRITE]));
  };
  return {
    faultFor(request) {
      if (READ.test(request)) return isCalm ? { kind: "up" } : readFault(dice);
      if (!WRITE.test(request)) return { kind: "up" };
      const { name, fault } = writeFault();
      if (fault.kind !== "up") note(log, `write to Zoho: ${name}`);
      return fault;
    },
    calm() {
      isCalm = true;
    },
  };
}

function readFault(dice: Dice): ZohoFault {
  if (dice.chance(0.01)) return { kind: "http", status: 500 };
  return dice.chance(0.005) ? { kind: "rate-limited", retryAfterSeconds: 1 } : { kind: "up" };
}
