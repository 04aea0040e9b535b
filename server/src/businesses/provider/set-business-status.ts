import type { Business as BusinessAnswer } from "@fiscalise/shared/api/businesses.ts";
import { recordAudit } from "../../db/audit.ts";
import { lockBranches } from "../../db/branches.ts";
import { changeStatus } from "../../db/businesses.ts";
import { enqueueDevice, enqueueWaitingDocuments, enqueueWriteBack } from "../../db/queue.ts";
import { branchesWithWork } from "../../db/submissions.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { existingBusiness, presentBusiness } from "../view-business.ts";
import { auditedAs, type ProvisioningDeps, type SuperAdminAct } from "./super-admin-acts.ts";

export interface SetBusinessStatus extends SuperAdminAct {
  status: "active" | "inactive";
}

/**
 * Inactive: nobody signs in, nothing more is accepted or sent; a call under way ends and is recorded, what waits keeps
 * its place and number. Active again: the devices go on where they were. Repeatable.
 * @throws Failure not-found
 */
export async function setBusinessStatus(
  deps: ProvisioningDeps,
  { actor, businessId, status }: SetBusinessStatus,
): Promise<BusinessAnswer> {
  return deps.withBusiness(businessId, async (tx) => {
    await lockBranches(tx);
    const changed = await changeStatus(tx, status, deps.clock());
    if (changed) {
      await recordAudit(tx, {
        ...(await auditedAs(tx, actor)),
        action: status === "active" ? "business-activated" : "business-deactivated",
        subject: `business:${businessId}`,
      });
      if (status === "active") await resumeWork(tx, deps.clock());
    }
    return presentBusiness(tx, await existingBusiness(tx));
  });
}

/** An inactive business's jobs end without coming back. */
async function resumeWork(tx: BusinessTx, now: Date): Promise<void> {
  await enqueueWriteBack(tx, "now");
  await enqueueWaitingDocuments(tx, now);
  for (const branchId of await branchesWithWork(tx)) await enqueueDevice(tx, branchId, "now");
}
