import type { Task } from "graphile-worker";
import type { Logger } from "pino";
import * as z from "zod";
import { beginByNight } from "../businesses/reconciliation/begin-by-night.ts";
import { drainReconciliation } from "../businesses/reconciliation/drain-reconciliation.ts";
import type { ReconcileDeps } from "../businesses/reconciliation/reconcile-deps.ts";
import { businessId } from "../db/with-business.ts";
import { describeError } from "../log.ts";
import { organisationTask } from "./organisation-task.ts";

const payload = z.object({ businessId: z.uuid().transform(businessId), byNight: z.boolean() });

/** One business's reconciliation. */
export function reconcileTask(
  deps: Omit<ReconcileDeps, "stopping" | "onChange" | "onFault">,
  { log, stopping }: { log: Logger; stopping: () => boolean },
): Task {
  const told: Pick<ReconcileDeps, "onChange" | "onFault"> = {
    onChange: (change) => log.info({ event: "reconciliation", ...change }),
    onFault: ({ error, ...fault }) =>
      log.error({ event: "reconciliation-fault", ...fault, ...describeError(error) }),
  };
  return organisationTask({
    payload,
    failed: "reconciliation-failed",
    log,
    run: ({ businessId, byNight }) =>
      byNight
        ? beginByNight(deps, businessId)
        : drainReconciliation({ ...deps, ...told, stopping }, businessId),
  });
}
