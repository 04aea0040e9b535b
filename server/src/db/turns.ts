import pLimit, { type LimitFunction } from "p-limit";
import { Failure } from "../failure.ts";

/** More than a business's request limits let wait; beyond it something is stuck. */
const WAITING_MAX = 2_000;

export type InTurn = <T>(whose: string, work: () => Promise<T>) => Promise<T>;

/**
 * At most `atOnce` of one business's transactions hold a connection; its others wait here. Or fifty that wait for the
 * lock of one device would hold every connection, and every other business would wait with them.
 */
export function createTurns(atOnce: number): InTurn {
  const limits = new Map<string, LimitFunction>();
  return async (whose, work) => {
    const limit = limits.get(whose) ?? pLimit(atOnce);
    limits.set(whose, limit);
    if (limit.pendingCount >= WAITING_MAX) throw new Failure("unavailable", `too much waits for ${whose}`);
    try {
      return await limit(work);
    } finally {
      if (limit.activeCount + limit.pendingCount === 0) limits.delete(whose);
    }
  };
}
