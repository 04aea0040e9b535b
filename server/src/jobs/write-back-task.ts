import type { Task } from "graphile-worker";
import type { Logger } from "pino";
import * as z from "zod";
import { businessId } from "../db/with-business.ts";
import { describeError } from "../log.ts";
import { drainWriteBacks, type WriteBackDeps } from "../write-backs/drain-write-backs.ts";
import { organisationTask } from "./organisation-task.ts";

const payload = z.object({ businessId: z.uuid().transform(businessId) });

/** What one organisation of Zoho is written, in order. */
export function writeBackTask(
  deps: Omit<WriteBackDeps, "stopping" | "onChange" | "onFault">,
  { log, stopping }: { log: Logger; stopping: () => boolean },
): Task {
  const told: Pick<WriteBackDeps, "onChange" | "onFault"> = {
    onChange: (change) => log.info({ event: "write-back", ...change }),
    onFault: ({ error, ...fault }) =>
      log.error({ event: "write-back-fault", ...fault, ...describeError(error) }),
  };
  return organisationTask({
    payload,
    failed: "write-back-failed",
    log,
    run: ({ businessId }) => drainWriteBacks({ ...deps, ...told, stopping }, businessId),
  });
}
