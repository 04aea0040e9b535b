import type { BulkState } from "@fiscalise/shared/bulk.ts";
import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import { recordAudit } from "../../db/audit.ts";
import { type BulkRunRow, dropKeptTexts, lockBulkRun, updateBulkRun } from "../../db/bulk-runs.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import type { BulkDeps } from "./bulk-deps.ts";

/** What is over needs no texts and waits for nothing. */
export async function enterState(
  tx: BusinessTx,
  run: BulkRunRow,
  { state, now, reason = null }: { state: BulkState; now: Date; reason?: ProblemCode | null },
): Promise<void> {
  const settled = { waitsFor: null, waitsUntil: null, tries: 0 };
  await updateBulkRun(tx, run.id, { state, stateSince: now, reason, ...settled });
  if (state === "done" || state === "stopped") await dropKeptTexts(tx, run.id);
}

/** By itself, unless a person moved it meanwhile. */
export async function moveRun(
  deps: BulkDeps,
  run: BulkRunRow,
  { to, reason = null }: { to: Exclude<BulkState, "checking" | "running">; reason?: ProblemCode | null },
): Promise<void> {
  const moved = await deps.withBusiness(run.businessId as BusinessTx["businessId"], async (tx) => {
    const current = await lockBulkRun(tx, run.id);
    if (current?.state !== run.state) return false;
    await enterState(tx, current, { state: to, now: deps.clock(), reason });
    const action = `bulk-run-${to}` as const;
    await recordAudit(tx, { actor: "system", action, subject: `bulk-run:${run.id}`, detail: { reason } });
    return true;
  });
  if (moved) deps.onChange({ runId: run.id, to, reason });
}
