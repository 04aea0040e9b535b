import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import { type BulkDocumentRow, updateBulkDocument } from "../../db/bulk-runs.ts";
import { isDatabaseAway } from "../../db/database-away.ts";
import type { BusinessId } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import type { BulkDeps } from "./bulk-deps.ts";

/** What is wrong with more than one document: the run itself waits or pauses for it. */
const OF_THE_RUN: readonly ProblemCode[] = [
  "zoho-grant-lost",
  "zoho-not-connected",
  "zoho-scope-missing",
  "zoho-unavailable",
  "zoho-rate-limited",
  "unavailable",
  "business-inactive",
  "device-not-set-up",
  "device-restored",
  "unauthenticated",
  "forbidden",
  "action-not-allowed",
];

/** Done, or settled with the reason why not: one document never stops the rest. @throws Failure of the run */
export async function settleDocument(
  deps: BulkDeps,
  { businessId, document }: { businessId: BusinessId; document: BulkDocumentRow },
  work: () => Promise<void>,
): Promise<void> {
  const end = (change: { state: "refused" | "failed" } & Parameters<typeof updateBulkDocument>[2]) =>
    deps.withBusiness(businessId, (tx) =>
      updateBulkDocument(tx, document, { ...change, documentText: null, settledAt: deps.clock() }),
    );
  try {
    await work();
  } catch (error) {
    if (error instanceof Failure) {
      const { code, details } = error;
      if (OF_THE_RUN.includes(code)) throw error;
      if (details.refusals) return end({ state: "refused", refusals: details.refusals });
      return end({ state: "failed", problem: code });
    }
    if (isDatabaseAway(error)) throw error;
    deps.onFault({ runId: document.runId, position: document.position, error });
    await end({ state: "failed", problem: "internal-error" });
  }
}
