import type { VsdcConfig, VsdcConfigRequest } from "@fiscalise/shared/api/devices.ts";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import {
  type Branch,
  type DeviceSettings,
  findBranch,
  forgetInitialisation,
  insertBranch,
  lockBranch,
  lockFirstBranch,
  updateDevice,
} from "../../db/branches.ts";
import { branchUse } from "../../db/submissions.ts";
import type { BusinessTx, WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { actingUser, auditedBy } from "../../receipts/actor.ts";
import { requireBusiness } from "../../receipts/require-business.ts";
import { readDeviceAddress } from "../../vsdc/outbound.ts";
import { requireStillAdmin } from "../require-admin.ts";

/** Null before a device was chosen. */
export async function viewDevice(
  deps: { withBusiness: WithBusiness },
  actor: Actor,
): Promise<VsdcConfig | null> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    const branch = await findBranch(tx);
    return branch && presentDevice(branch);
  });
}

/**
 * Where the device is and which it is. Another device is not initialised; the same at another address stays so.
 * @throws Failure device-address-refused, device-in-use
 */
export async function chooseDevice(
  deps: { withBusiness: WithBusiness },
  { actor, wanted }: { actor: Actor; wanted: VsdcConfigRequest },
): Promise<VsdcConfig> {
  if (readDeviceAddress(wanted.baseUrl) === null) {
    throw new Failure("device-address-refused", "no address of a device");
  }
  return deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    const before = await lockOwnBranch(tx);
    await requireStillAdmin(tx, actor.userId);
    const after = await keepDevice(tx, before, wanted);
    if (before && isSame(before, after)) return presentDevice(after);
    await recordAudit(tx, {
      ...auditedBy(await actingUser(tx, actor)),
      action: "device-changed",
      subject: `branch:${after.id}`,
      detail: {
        baseUrl: after.baseUrl,
        branchId: after.bhfId,
        serial: after.deviceSerial,
        lineArithmetic: after.lineArithmetic,
        previousBaseUrl: before?.baseUrl ?? null,
        previousSerial: before?.deviceSerial ?? null,
      },
    });
    return presentDevice(after);
  });
}

/**
 * The business's branch under its lock; where there is none yet, one at a time, so that two do not both make one. Not by
 * the business's lock: whoever has a branch's takes that after it.
 */
export async function lockOwnBranch(tx: BusinessTx): Promise<Branch | null> {
  const known = await findBranch(tx);
  if (known) return lockBranch(tx, known.id);
  await lockFirstBranch(tx);
  const made = await findBranch(tx);
  return made && lockBranch(tx, made.id);
}

/**
 * Bytes whose outcome is unknown must go to the device that may have signed them, and receipts name theirs for ever.
 * Call under the branch's lock.
 * @throws Failure device-in-use
 */
export async function requireChangeable(
  tx: BusinessTx,
  branch: Branch | null,
  wanted: VsdcConfigRequest,
): Promise<void> {
  if (!branch) return;
  const use = await branchUse(tx, branch.id);
  if (use.submissions && isOther(branch, wanted))
    throw new Failure("device-in-use", `branch ${branch.id} has submissions`);
  if (use.inFlight && branch.baseUrl !== wanted.baseUrl)
    throw new Failure("device-in-use", `branch ${branch.id} has a submission under way`);
}

/** Call under `lockOwnBranch`. */
export async function keepDevice(
  tx: BusinessTx,
  before: Branch | null,
  wanted: VsdcConfigRequest,
): Promise<Branch> {
  await requireChangeable(tx, before, wanted);
  const device: DeviceSettings = {
    bhfId: wanted.branchId,
    baseUrl: wanted.baseUrl,
    deviceSerial: wanted.serial,
    profile: wanted.profile,
    lineArithmetic: wanted.lineArithmetic ?? before?.lineArithmetic ?? "natural",
  };
  if (!before) return insertBranch(tx, device);
  if (isOther(before, wanted)) await forgetInitialisation(tx, before.id);
  return updateDevice(tx, before.id, device);
}

/** What is not known yet is not another. */
export function isOther(branch: Branch, wanted: Pick<VsdcConfigRequest, "branchId" | "serial">): boolean {
  const { bhfId, deviceSerial } = branch;
  return (
    (bhfId !== null && bhfId !== wanted.branchId) || (deviceSerial !== null && deviceSerial !== wanted.serial)
  );
}

function isSame(before: Branch, after: Branch): boolean {
  return JSON.stringify(presentDevice(before)) === JSON.stringify(presentDevice(after));
}

export function presentDevice(branch: Branch): VsdcConfig {
  return {
    baseUrl: branch.baseUrl,
    branchId: branch.bhfId,
    serial: branch.deviceSerial,
    profile: branch.profile,
    lineArithmetic: branch.lineArithmetic,
    initialisedOn: branch.initialisedOn,
    vatRegistered: branch.vatRegistered,
    statedOn: branch.statedOn,
    lastInvoiceNumber: branch.lastInvoiceNumber.toString(),
    codesSyncedAt: branch.codesSyncedAt?.toISOString() ?? null,
  };
}
