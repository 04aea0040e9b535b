import type { Task } from "graphile-worker";
import type { Logger } from "pino";
import * as z from "zod";
import { businessId } from "../db/with-business.ts";
import { describeError } from "../log.ts";
import type { BulkDeps } from "../receipts/bulk/bulk-deps.ts";
import { drainBulkRun } from "../receipts/bulk/drain-bulk-run.ts";
import { organisationTask } from "./organisation-task.ts";

const payload = z.object({ businessId: z.uuid().transform(businessId) });

/** One business's bulk run. */
export function bulkRunTask(
  deps: Omit<BulkDeps, "stopping" | "onChange" | "onFault">,
  { log, stopping }: { log: Logger; stopping: () => boolean },
): Task {
  const told: Pick<BulkDeps, "onChange" | "onFault"> = {
    onChange: (change) => log.info({ event: "bulk-run", ...change }),
    onFault: ({ error, ...fault }) =>
      log.error({ event: "bulk-document-fault", ...fault, ...describeError(error) }),
  };
  return organisationTask({
    payload,
    failed: "bulk-run-failed",
    log,
    run: ({ businessId }) => drainBulkRun({ ...deps, ...told, stopping }, businessId),
  });
}
