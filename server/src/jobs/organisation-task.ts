import type { Task } from "graphile-worker";
import type { Logger } from "pino";
import type * as z from "zod";
import type { BusinessId } from "../db/with-business.ts";
import { describeError, withoutDetails } from "../log.ts";
import { persistThroughRestart } from "./persist.ts";

/**
 * A job of one business's organisation; its queue runs one at a time. `run` must bear being run again: while the database
 * is away it waits and begins anew, for a job that fails then would take the engine with it.
 */
export function organisationTask<Payload extends { businessId: BusinessId }>(options: {
  payload: z.ZodType<Payload>;
  /** The event of its failure. */
  failed: string;
  log: Logger;
  run: (payload: Payload) => Promise<void>;
}): Task {
  const { payload, failed, log, run } = options;
  const persist = persistThroughRestart(log);
  return async (job) => {
    const parsed = payload.parse(job);
    try {
      await persist(() => run(parsed));
    } catch (error) {
      log.error({ event: failed, ...parsed, ...describeError(error) });
      throw withoutDetails(error);
    }
  };
}
