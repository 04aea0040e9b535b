import type { Business as BusinessAnswer } from "@fiscalise/shared/api/businesses.ts";
import { recordAudit } from "../../db/audit.ts";
import { forgetInitialisation, lockBranches } from "../../db/branches.ts";
import {
  type Business,
  type BusinessDetails,
  changeDetails,
  isTinTaken,
  lockBusiness,
} from "../../db/businesses.ts";
import { switchPredecessorApi } from "../../db/predecessor-api.ts";
import { hasSubmission } from "../../db/submissions.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { existingBusiness, presentBusiness } from "../view-business.ts";
import { auditedAs, type ProvisioningDeps, type SuperAdminAct } from "./super-admin-acts.ts";

export interface UpdateBusiness extends SuperAdminAct {
  /** All details; `predecessorApi` absent: as it is. */
  change: BusinessDetails & { predecessorApi?: boolean | undefined };
}

/**
 * Changes what the provider says of a business. Its TIN is part of every receipt: it stays once there is a submission.
 * @throws Failure not-found, tin-taken, device-in-use
 */
export async function updateBusiness(deps: ProvisioningDeps, input: UpdateBusiness): Promise<BusinessAnswer> {
  const updated = deps.withBusiness(input.businessId, (tx) => update(tx, input, deps.clock()));
  return updated.catch((error: unknown) => {
    if (!isTinTaken(error)) throw error;
    throw new Failure("tin-taken", "another business has the TIN", { cause: error });
  });
}

async function update(tx: BusinessTx, { actor, change }: UpdateBusiness, now: Date): Promise<BusinessAnswer> {
  await lockBranches(tx);
  // A device set up meanwhile is kept for the TIN that stands under this lock.
  await lockBusiness(tx);
  const before = await existingBusiness(tx);
  const { predecessorApi, ...details } = change;
  const changed = changedFields(before, details);
  if (predecessorApi !== undefined && predecessorApi !== (before.predecessorApiSince !== null))
    await switchOver(tx, actor, predecessorApi ? now : null);
  if (changed.length === 0) return presentBusiness(tx, await existingBusiness(tx));
  if (changed.includes("tin")) await releaseTin(tx);
  await changeDetails(tx, details, now);
  await recordAudit(tx, {
    ...(await auditedAs(tx, actor)),
    action: "business-changed",
    subject: `business:${tx.businessId}`,
    detail: { fields: changed.join(","), ...(changed.includes("tin") && { tinBefore: before.tin }) },
  });
  return presentBusiness(tx, await existingBusiness(tx));
}

async function switchOver(tx: BusinessTx, actor: UpdateBusiness["actor"], since: Date | null): Promise<void> {
  await switchPredecessorApi(tx, since);
  await recordAudit(tx, {
    ...(await auditedAs(tx, actor)),
    action: since === null ? "predecessor-api-off" : "predecessor-api-on",
    subject: `business:${tx.businessId}`,
  });
}

function changedFields(before: Business, change: BusinessDetails): (keyof BusinessDetails)[] {
  const fields = ["name", "tin", "email", "phone", "address", "language"] as const;
  return fields.filter((field) => before[field] !== change[field]);
}

async function releaseTin(tx: BusinessTx): Promise<void> {
  if (await hasSubmission(tx)) throw new Failure("device-in-use", "the TIN is part of submissions");
  await forgetInitialisation(tx, null);
}
