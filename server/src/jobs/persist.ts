import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { isDatabaseAway } from "../db/database-away.ts";
import { describeError } from "../log.ts";

const PAUSE_MS = 250;
const GIVE_UP_MS = 300_000;

/**
 * Runs a transaction again while PostgreSQL is away, so that an answer in hand is not lost by a restart of the
 * database. The transaction is all or nothing, and applied twice it finds its attempt settled.
 */
export function persistThroughRestart(log: Logger): <T>(work: () => Promise<T>) => Promise<T> {
  return async (work) => {
    const deadline = performance.now() + GIVE_UP_MS;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isDatabaseAway(error) || performance.now() > deadline) throw error;
        log.warn({ event: "database-away", ...describeError(error) });
        await pause(PAUSE_MS);
      }
    }
  };
}
