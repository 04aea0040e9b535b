import type { Task } from "graphile-worker";
import type { Logger } from "pino";
import * as z from "zod";
import { businessId } from "../db/with-business.ts";
import { describeError, withoutDetails } from "../log.ts";
import { drainWriteBacks, type WriteBackDeps } from "../write-backs/drain-write-backs.ts";

const payload = z.object({ businessId: z.uuid().transform(businessId) });

/** What one organisation of Zoho is written, in order: its queue runs one job at a time. */
export function writeBackTask(
  deps: Omit<WriteBackDeps, "stopping" | "onChange">,
  { log, stopping }: { log: Logger; stopping: () => boolean },
): Task {
  return async (job) => {
    const { businessId } = payload.parse(job);
    try {
      await drainWriteBacks(
        { ...deps, stopping, onChange: (change) => log.info({ event: "write-back", ...change }) },
        businessId,
      );
    } catch (error) {
      log.error({ event: "write-back-failed", businessId, ...describeError(error) });
      throw withoutDetails(error);
    }
  };
}
