import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { isDatabaseAway } from "../db/database-away.ts";
import { describeError } from "../log.ts";

const PAUSE_MS = 250;
const PAUSE_MAX_MS = 5_000;
/** A failover by hand takes hours; an answer in hand is worth waiting for. */
const GIVE_UP_MS = 12 * 3_600_000;

/**
 * Runs a transaction again while PostgreSQL is away, so that an answer in hand is not lost by a restart of the
 * database. The transaction is all or nothing, and applied twice it finds its attempt settled.
 */
export function persistThroughRestart(log: Logger): <T>(work: () => Promise<T>) => Promise<T> {
  return async (work) => {
    const deadline = performance.now() + GIVE_UP_MS;
    for (let pauseMs = PAUSE_MS; ; pauseMs = Math.min(PAUSE_MAX_MS, pauseMs * 2)) {
      try {
        return await work();
      } catch (error) {
        if (!isDatabaseAway(error) || performance.now() > deadline) throw error;
        log.warn({ event: "database-away", ...describeError(error) });
        await pause(pauseMs);
      }
    }
  };
}
