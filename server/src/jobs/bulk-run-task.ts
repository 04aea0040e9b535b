import type { Task } from "graphile-worker";
import type { Logger } from "pino";
import * as z from "zod";
import { businessId } from "../db/with-business.ts";
import { describeError, withoutDetails } from "../log.ts";
import type { BulkDeps } from "../receipts/bulk/bulk-deps.ts";
import { drainBulkRun } from "../receipts/bulk/drain-bulk-run.ts";

const payload = z.object({ businessId: z.uuid().transform(businessId) });

/** One business's bulk run: its queue runs one job at a time. */
export function bulkRunTask(
  deps: Omit<BulkDeps, "stopping" | "onChange" | "onFault">,
  { log, stopping }: { log: Logger; stopping: () => boolean },
): Task {
  return async (job) => {
    const { businessId } = payload.parse(job);
    try {
      await drainBulkRun(
        {
          ...deps,
          stopping,
          onChange: (change) => log.info({ event: "bulk-run", ...change }),
          onFault: ({ error, ...fault }) =>
            log.error({ event: "bulk-document-fault", ...fault, ...describeError(error) }),
        },
        businessId,
      );
    } catch (error) {
      log.error({ event: "bulk-run-failed", businessId, ...describeError(error) });
      throw withoutDetails(error);
    }
  };
}
