import type { Task } from "graphile-worker";
import type { Logger } from "pino";
import * as z from "zod";
import { businessId } from "../db/with-business.ts";
import { describeError, withoutDetails } from "../log.ts";
import { type LookDeps, lookAtDocument } from "../receipts/look-at-document.ts";

const payload = z.object({
  businessId: z.uuid().transform(businessId),
  kind: z.enum(["invoice", "credit-note"]),
  documentId: z.string(),
  mayBeVoid: z.boolean(),
});

/** Looks at one document of an organisation; its queue runs one job at a time. */
export function documentTask(deps: Omit<LookDeps, "onLooked">, { log }: { log: Logger }): Task {
  return async (job) => {
    const document = payload.parse(job);
    try {
      await lookAtDocument(
        { ...deps, onLooked: (looked) => log.info({ event: "document-looked-at", ...looked }) },
        document,
      );
    } catch (error) {
      const { businessId, documentId } = document;
      log.error({ event: "look-failed", businessId, documentId, ...describeError(error) });
      throw withoutDetails(error);
    }
  };
}
