import { createHash } from "node:crypto";
import { findBranch } from "../db/branches.ts";
import { changeStatus, findBusiness, insertBusiness, isTinTaken, updateBusiness } from "../db/businesses.ts";
import { importedIds, insertKnownBranch, noteImported, raiseCounter } from "../db/imports.ts";
import { type BusinessId, type BusinessTx, businessId } from "../db/with-business.ts";
import { BusinessSettingsSchema } from "../receipts/business-profile.ts";
import { readDeviceAddress } from "../vsdc/outbound.ts";
import type { Inputs, MigrateDeps } from "./migrating.ts";
import type { Reason } from "./report.ts";
import type { BusinessRow } from "./source.ts";
import { PREDECESSOR_FIELDS } from "./submission-of.ts";

const ORGANIZATION = /^\d{5,20}$/;

/** Always the same, so that a second run finds the business without looking at others. */
export function idOf(tin: string): BusinessId {
  const hex = createHash("sha256").update(`fiscalise predecessor ${tin}`).digest("hex");
  return businessId(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
  );
}

interface KnownOfDevice {
  bhfId: string | null;
  baseUrl: string | null;
}

export function isOrganization(text: string): boolean {
  return ORGANIZATION.test(text);
}

/** Only what all its requests agree on; nothing is made up. */
export function deviceOf({ business, activities }: Inputs, say: (reason: Reason) => void): KnownOfDevice {
  const branchIds = new Set(activities.flatMap(({ branchId }) => branchId ?? []));
  const [bhfId = null] = branchIds;
  if (branchIds.size > 1) say("branch-ambiguous");
  const isAddress = business.deviceUrl !== null && readDeviceAddress(business.deviceUrl) !== null;
  if (business.deviceUrl !== null && !isAddress) say("device-address-invalid");
  return {
    bhfId: branchIds.size === 1 && bhfId !== null && /^\d{2}$/.test(bhfId) ? bhfId : null,
    baseUrl: isAddress ? business.deviceUrl : null,
  };
}

/** Thrown to leave nothing of a dry run behind. */
class DryRun extends Error {}

export async function openBusiness(
  deps: MigrateDeps,
  id: BusinessId,
  { inputs, device, isDry }: { inputs: Inputs; device: KnownOfDevice; isDry: boolean },
): Promise<"tin-taken" | { isKnown: boolean }> {
  let isKnown = false;
  try {
    await deps.withBusiness(id, async (tx) => {
      isKnown = (await importedIds(tx, "businesses")).size > 0;
      if (!isKnown) await insertKnown(tx, inputs.business, { device, now: deps.clock() });
      const branch = await findBranch(tx);
      if (branch) await raiseCounter(tx, branch.id, highestNumber(inputs));
      if (isDry) throw new DryRun();
    });
  } catch (error) {
    if (isTinTaken(error)) return "tin-taken";
    if (!(error instanceof DryRun)) throw error;
  }
  return { isKnown };
}

/** Above every number the predecessor used, in whatever became of it. */
function highestNumber({ activities, transactionNumber }: Inputs): bigint {
  let highest = transactionNumber;
  for (const { numbers } of activities) {
    for (const number of numbers) if (number > highest) highest = number;
  }
  return highest;
}

async function insertKnown(
  tx: BusinessTx,
  business: BusinessRow,
  { device, now }: { device: KnownOfDevice; now: Date },
): Promise<void> {
  const { name, tin, email, phone, location: address, organizationId } = business;
  const details = { name, tin, email, phone, address, language: "en" as const };
  const status = business.isActive ? "active" : "inactive";
  // Of a migration that was undone, the business stayed.
  if (await findBusiness(tx)) await changeStatus(tx, status, now);
  else
    await insertBusiness(tx, {
      ...details,
      jurisdiction: "RW",
      status,
      knownOrganizationId: organizationId !== null && isOrganization(organizationId) ? organizationId : null,
    });
  await updateBusiness(tx, { settings: BusinessSettingsSchema.parse({ customFields: PREDECESSOR_FIELDS }) });
  if (!(await findBranch(tx))) await insertKnownBranch(tx, device);
  await noteImported(tx, [
    { sourceTable: "businesses", sourceId: business.id, ourId: tx.businessId, importedAt: now },
  ]);
}
