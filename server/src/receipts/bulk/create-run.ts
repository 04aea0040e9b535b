import type { BulkRunRequest } from "@fiscalise/shared/api/bulk-runs.ts";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { findUnfinishedRun, insertBulkDocuments, insertBulkRun, liveAmong } from "../../db/bulk-runs.ts";
import { enqueueBulkRun } from "../../db/queue.ts";
import { violatedConstraint } from "../../db/violated-constraint.ts";
import type { BusinessTx, WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { type ActingUser, actingUser, auditedBy } from "../actor.ts";
import { requireBranch, requireBusiness } from "../require-business.ts";
import { enterState } from "./move-run.ts";

export interface ChangeRunDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}

/**
 * Begins with the check, which signs nothing. A check that nobody started is given up for the new one.
 * @throws Failure bulk-run-unfinished, device-not-set-up
 */
export async function createRun(
  deps: ChangeRunDeps,
  { actor, asked }: { actor: Actor; asked: BulkRunRequest },
): Promise<string> {
  try {
    return await deps.withBusiness(actor.businessId, (tx) => create(tx, actor, { asked, now: deps.clock() }));
  } catch (error) {
    if (violatedConstraint(error) !== "bulk_runs_unfinished") throw error;
    throw new Failure("bulk-run-unfinished", "another run was made at the same moment", { cause: error });
  }
}

async function create(
  tx: BusinessTx,
  actor: Actor,
  { asked, now }: { asked: BulkRunRequest; now: Date },
): Promise<string> {
  await requireBusiness(tx);
  await requireBranch(tx);
  const user = await actingUser(tx, actor);
  await giveUpCheck(tx, user, now);
  const period = "from" in asked ? { askedFrom: asked.from, askedTo: asked.to } : {};
  const chosen = "from" in asked ? null : [...new Set(asked.zohoIds)];
  const live = await liveAmong(tx, chosen ?? []);
  const { id } = await insertBulkRun(tx, {
    ...period,
    createdBy: user.id,
    createdAt: now,
    state: "checking",
    stateSince: now,
    leftOut: live.size,
    listedAt: chosen && now,
  });
  const wanted = (chosen ?? []).filter((zohoId) => !live.has(zohoId));
  await insertBulkDocuments(
    tx,
    id,
    wanted.map((zohoDocumentId) => ({ zohoDocumentId })),
  );
  await recordAudit(tx, {
    ...auditedBy(user),
    action: "bulk-run-created",
    subject: `bulk-run:${id}`,
    detail: "from" in asked ? { from: asked.from, to: asked.to } : { chosen: asked.zohoIds.length },
  });
  await enqueueBulkRun(tx, "now");
  return id;
}

async function giveUpCheck(tx: BusinessTx, user: ActingUser, now: Date): Promise<void> {
  const before = await findUnfinishedRun(tx);
  if (!before) return;
  if (before.startedAt !== null) throw new Failure("bulk-run-unfinished", `run ${before.id} is not over`);
  await enterState(tx, before, { state: "stopped", now });
  const subject = `bulk-run:${before.id}`;
  await recordAudit(tx, { ...auditedBy(user), action: "bulk-run-stopped", subject });
}
