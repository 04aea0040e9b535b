import type { DeviceStepRequest, VsdcConfigRequest } from "@fiscalise/shared/api/devices.ts";
import type { DeviceStep } from "@fiscalise/shared/api/findings.ts";
import type { DeviceFinding } from "@fiscalise/shared/device-finding.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { type Branch, findBranchById } from "../../db/branches.ts";
import { branchUse } from "../../db/submissions.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { actingUser, auditedBy } from "../../receipts/actor.ts";
import { requireStillAdmin } from "../require-admin.ts";
import { setupStatus } from "../setup-status.ts";
import { isOther, lockOwnBranch, presentDevice, requireChangeable } from "./choose-device.ts";
import { type SetUp, type SetUpDeviceDeps, setUpChosenDevice } from "./set-up-device.ts";
import { auditedAddress, lookAtDevice, presentFinding, type TestDeviceDeps } from "./test-device.ts";

export type DeviceStepDeps = TestDeviceDeps & SetUpDeviceDeps;

/**
 * Step 2: looks at the device, initialises and keeps it, copies its code tables. What it found goes back as words;
 * where the device does not answer as ours should, nothing is stored.
 * @throws Failure device-in-use, device-changed-meanwhile, too-many-requests, input-invalid for a stated number below the counter
 */
export async function setUpOwnDevice(
  deps: DeviceStepDeps,
  { actor, asked, language }: { actor: Actor; asked: DeviceStepRequest; language: Language },
): Promise<DeviceStep> {
  const { installed = null, ...wanted } = asked;
  const { businessId } = actor;
  const known = await deps.withBusiness(businessId, (tx) => requireFree(tx, { actor, wanted }));
  const isFresh = !known || known.initialisedOn === null || isOther(known, wanted);
  const found = await lookAtDevice(deps, { actor, wanted });
  const setUp = mayBeInitialised(found, isFresh)
    ? await setUpChosenDevice(deps, {
        businessId,
        wanted,
        known,
        installed,
        by: async (tx) => auditedBy(await actingUser(tx, actor)),
      })
    : { branchId: null, factsFrom: null, trouble: found };
  return deps.withBusiness(businessId, async (tx) => {
    const finding = setUp.trouble ?? asReached(found);
    if (setUp.trouble) await auditTrouble(tx, actor, { wanted, finding });
    return {
      finding: presentFinding(finding, language),
      vsdc: await storedDevice(tx, setUp),
      factsFrom: setUp.factsFrom,
      status: await setupStatus(tx),
    };
  });
}

/** The device as it stands. It is not asked while it may be signing a sale. */
async function requireFree(
  tx: BusinessTx,
  { actor, wanted }: { actor: Actor; wanted: VsdcConfigRequest },
): Promise<Branch | null> {
  const branch = await lockOwnBranch(tx);
  await requireStillAdmin(tx, actor.userId);
  await requireChangeable(tx, branch, wanted);
  if (branch && (await branchUse(tx, branch.id)).sending)
    throw new Failure("device-in-use", `branch ${branch.id} is sending`);
  return branch;
}

/** A device that was never initialised may not know whose it is yet (docs/vsdc.md#looking-at-a-device). */
function mayBeInitialised({ code }: DeviceFinding, isFresh: boolean): boolean {
  return code === "reached" || (isFresh && code === "wrong-identity");
}

/** The initialisation proved more than the look did. */
function asReached(found: DeviceFinding): DeviceFinding {
  if (found.code === "reached") return found;
  return { code: "reached", serial: "unproven", taxpayerName: null, branchName: null };
}

async function auditTrouble(
  tx: BusinessTx,
  actor: Actor,
  { wanted, finding }: { wanted: VsdcConfigRequest; finding: DeviceFinding },
): Promise<void> {
  await recordAudit(tx, {
    ...auditedBy(await actingUser(tx, actor)),
    action: "device-not-set-up",
    subject: `business:${actor.businessId}`,
    result: "refused",
    detail: { baseUrl: auditedAddress(wanted.baseUrl), finding: finding.code },
  });
}

async function storedDevice(tx: BusinessTx, { branchId }: SetUp): Promise<DeviceStep["vsdc"]> {
  const branch = branchId === null ? null : await findBranchById(tx, branchId);
  return branch && presentDevice(branch);
}
