import pLimit, { type LimitFunction } from "p-limit";
import { Failure } from "../failure.ts";

/** More than a business's request limits let wait; beyond it something is stuck. */
const WAITING_MAX = 2_000;
/** Who asked for a transaction this long ago still counts as present. */
const PRESENT_MS = 1_000;
/** So many waiting are a crowd: no person makes it, and it goes one by one while others are present. */
const CROWD = 8;

export type InTurn = <T>(whose: string, work: () => Promise<T>) => Promise<T>;

/**
 * At most `share` of one business's transactions run at once, of a crowd one while others are present; the rest wait here. Or fifty
 * that wait for the lock of one device would hold every connection and the process's one thread, and others would wait
 * with them.
 */
export function createTurns(share: number, now: () => number = () => performance.now()): InTurn {
  const limits = new Map<string, LimitFunction>();
  const presence = createPresence();
  return async (whose, work) => {
    const limit = limits.get(whose) ?? pLimit(share);
    limits.set(whose, limit);
    if (limit.pendingCount >= WAITING_MAX) throw new Failure("unavailable", `too much waits for ${whose}`);
    const areOthersPresent = now() - presence.othersSeenAt(whose, now()) < PRESENT_MS;
    limit.concurrency = areOthersPresent && limit.pendingCount >= CROWD ? 1 : share;
    try {
      return await limit(work);
    } finally {
      if (limit.activeCount + limit.pendingCount === 0) limits.delete(whose);
    }
  };
}

/** Remembers the two seen last: one of them is always somebody else. */
function createPresence() {
  let [last, other] = [
    { whose: "", at: Number.NEGATIVE_INFINITY },
    { whose: "", at: Number.NEGATIVE_INFINITY },
  ];
  return {
    othersSeenAt: (whose: string, at: number): number => {
      if (last.whose !== whose) other = last;
      last = { whose, at };
      return other.at;
    },
  };
}
