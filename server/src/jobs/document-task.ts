import type { Task } from "graphile-worker";
import type { Logger } from "pino";
import * as z from "zod";
import { businessId } from "../db/with-business.ts";
import { type LookDeps, lookAtDocument } from "../receipts/look-at-document.ts";
import { organisationTask } from "./organisation-task.ts";

const payload = z.object({
  businessId: z.uuid().transform(businessId),
  kind: z.enum(["invoice", "credit-note"]),
  documentId: z.string(),
  mayBeVoid: z.boolean(),
});

/** Looks at one document of an organisation. */
export function documentTask(deps: Omit<LookDeps, "onLooked">, { log }: { log: Logger }): Task {
  const onLooked: LookDeps["onLooked"] = (looked) => log.info({ event: "document-looked-at", ...looked });
  return organisationTask({
    payload,
    failed: "look-failed",
    log,
    run: (document) => lookAtDocument({ ...deps, onLooked }, document),
  });
}
