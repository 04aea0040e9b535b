import type { ReconciliationRequest } from "@fiscalise/shared/api/reconciliations.ts";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { lockBusiness } from "../../db/businesses.ts";
import { enqueueReconciliation } from "../../db/queue.ts";
import { findRunningReconciliation, insertReconciliation } from "../../db/reconciliations.ts";
import type { WithBusiness } from "../../db/with-business.ts";
import { findConnection } from "../../db/zoho-connections.ts";
import { Failure } from "../../failure.ts";
import { actingUser, auditedBy } from "../../receipts/actor.ts";
import { requireBranch, requireBusiness } from "../../receipts/require-business.ts";

/**
 * Begins one, or answers the one that runs: whoever asks twice has one. It compares in the background and writes nothing
 * to Zoho or the device.
 * @throws Failure device-not-set-up, zoho-not-connected
 */
export async function startReconciliation(
  { withBusiness, clock }: { withBusiness: WithBusiness; clock: () => Date },
  { actor, asked }: { actor: Actor; asked: ReconciliationRequest },
): Promise<string> {
  return withBusiness(actor.businessId, async (tx) => {
    await lockBusiness(tx);
    await requireBusiness(tx);
    const { initialisedOn } = await requireBranch(tx);
    if (initialisedOn === null) throw new Failure("device-not-set-up", "the device was never initialised");
    if (!(await findConnection(tx))) throw new Failure("zoho-not-connected", "no organisation is connected");
    const running = await findRunningReconciliation(tx);
    if (running) return running.id;
    const user = await actingUser(tx, actor);
    const days = { fromDay: asked.from, toDay: asked.to };
    const { id } = await insertReconciliation(tx, { ...days, createdBy: user.id, createdAt: clock() });
    await recordAudit(tx, {
      ...auditedBy(user),
      action: "reconciliation-started",
      subject: `reconciliation:${id}`,
      detail: { from: asked.from, to: asked.to },
    });
    await enqueueReconciliation(tx, "now");
    return id;
  });
}
