import type { AuditAction } from "@fiscalise/shared/audit-actions.ts";
import { BULK_ACTIONS, type BulkAction, type BulkState } from "@fiscalise/shared/bulk.ts";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { type BulkRunRow, lockBulkRun, updateBulkRun } from "../../db/bulk-runs.ts";
import { enqueueBulkRun } from "../../db/queue.ts";
import { isUuid } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { actingUser, auditedBy } from "../actor.ts";
import { requireBusiness } from "../require-business.ts";
import type { ChangeRunDeps } from "./create-run.ts";
import { enterState } from "./move-run.ts";

const AUDITED: Record<BulkAction, AuditAction> = {
  start: "bulk-run-started",
  pause: "bulk-run-paused",
  resume: "bulk-run-resumed",
  stop: "bulk-run-stopped",
};

/** What a person asks of a run. @throws Failure not-found, action-not-allowed */
export async function changeRun(
  deps: ChangeRunDeps,
  { actor, runId, action }: { actor: Actor; runId: string; action: BulkAction },
): Promise<void> {
  await deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    const run = isUuid(runId) ? await lockBulkRun(tx, runId) : null;
    if (!run) throw new Failure("not-found", "no such run");
    if (!actionsFor(run.state).includes(action)) {
      throw new Failure("action-not-allowed", `run ${run.id} is ${run.state}`);
    }
    const user = await actingUser(tx, actor);
    const now = deps.clock();
    await enterState(tx, run, { state: stateAfter(action, run), now });
    const signs = action === "start" || (action === "resume" && run.startedAt !== null);
    // Whoever sets it going answers for what it signs from then on.
    if (signs) await updateBulkRun(tx, run.id, { startedBy: user.id, startedAt: run.startedAt ?? now });
    const subject = `bulk-run:${run.id}`;
    await recordAudit(tx, { ...auditedBy(user), action: AUDITED[action], subject });
    await enqueueBulkRun(tx, "now");
  });
}

export function actionsFor(state: BulkState): BulkAction[] {
  const actions = Object.keys(BULK_ACTIONS) as BulkAction[];
  return actions.filter((action) => BULK_ACTIONS[action].some((allowed) => allowed === state));
}

function stateAfter(action: BulkAction, { startedAt }: BulkRunRow): BulkState {
  if (action === "stop") return "stopped";
  if (action === "pause") return "paused";
  return action === "start" || startedAt !== null ? "running" : "checking";
}
