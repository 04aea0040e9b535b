import { setTimeout as pause } from "node:timers/promises";
import type { VsdcConfigRequest } from "@fiscalise/shared/api/devices.ts";
import type { DeviceFinding } from "@fiscalise/shared/device-finding.ts";
import { type AuditEntry, recordAudit } from "../db/audit.ts";
import { type Branch, findBranch, knownDevice, recordInitialisation } from "../db/branches.ts";
import { enqueueCodeSync } from "../db/queue.ts";
import type { BusinessId, BusinessTx } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { localDay } from "../fiscal/calendar.ts";
import { requireBranch, requireBusiness } from "../receipts/require-business.ts";
import type { DeviceCall } from "../vsdc/device-call.ts";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";
import { type InitialisedDevice, initialiseRequest, readInitialised } from "../vsdc/rwanda/set-up.ts";
import { askDevice, refusedAs } from "./ask-device.ts";
import { lockOwnBusiness } from "./business-config.ts";
import { isOther, keepDevice, lockOwnBranch } from "./choose-device.ts";
import type { SealDeviceKeys } from "./device-keys.ts";
import { type SyncCodesDeps, syncDeviceCodes } from "./sync-device-codes.ts";

export interface SetUpDeviceDeps extends SyncCodesDeps {
  callDevice: DeviceCall;
  sealKeys: SealDeviceKeys;
}

/** Who set it up, for the audit. */
export type SetUpBy = (tx: BusinessTx) => Promise<Pick<AuditEntry, "actor" | "origin">>;

export interface SetUp {
  /** Null when nothing was stored. */
  branchId: string | null;
  /** What stood in the way; null when all is done. */
  trouble: DeviceFinding | null;
}

/**
 * Initialises the device, keeps it with the number counter above every number it has seen, and copies its code tables.
 * Repeatable. What it said at initialisation is stored before anything else is asked: it may say it only once. The
 * tables are then a job's to copy, should this process not come to it.
 * @throws Failure device-in-use
 */
export async function setUpChosenDevice(
  deps: SetUpDeviceDeps,
  { businessId, wanted, by }: { businessId: BusinessId; wanted: VsdcConfigRequest; by: SetUpBy },
): Promise<SetUp> {
  const { tin } = await deps.withBusiness(businessId, requireBusiness);
  const identity = { tin, branchId: wanted.branchId, serial: wanted.serial };
  const asked = await askDevice(deps.callDevice, wanted.baseUrl, initialiseRequest(identity));
  if (asked.kind === "found") return { branchId: null, trouble: asked.finding };
  const initialised = readInitialised(asked.answer);
  if (!initialised && !(await isInitialised(deps, businessId, wanted))) {
    const code = asked.answer.resultCode === ALREADY_INSTALLED ? "not-permitted" : "device-refused";
    return { branchId: null, trouble: refusedAs(code, asked.answer) };
  }
  if (initialised && !isOwn(initialised, identity)) {
    return { branchId: null, trouble: refusedAs("wrong-identity", asked.answer) };
  }
  const branchId = await deps.withBusiness(businessId, (tx) =>
    keepInitialised(tx, deps, { wanted, initialised, by }),
  );
  const synced = await syncDeviceCodes(deps, { businessId, branchId, from: "beginning" });
  return { branchId, trouble: synced.kind === "found" ? synced.finding : null };
}

/** Of the device that is chosen already; for seeds and tests. */
export async function setUpDevice(deps: SetUpDeviceDeps, businessId: BusinessId): Promise<void> {
  const branch = await deps.withBusiness(businessId, requireBranch);
  const { baseUrl, bhfId: branchId, deviceSerial: serial } = knownDevice(branch);
  const { trouble } = await setUpChosenDevice(deps, {
    businessId,
    wanted: { baseUrl, branchId, serial, profile: branch.profile },
    by: async () => ({ actor: "system" }),
  });
  if (trouble) throw new Failure("unavailable", `device: ${trouble.code}`);
}

const ALREADY_INSTALLED = "902";
/** Another set-up at the same time has its answer by now; it is stored within this. */
const STORED_WITHIN_MS = 2_000;
const POLL_MS = 100;

/** 902 may come without data; the facts of the first initialisation stand then (docs/vsdc.md#initialisation). */
async function isInitialised(
  deps: Pick<SetUpDeviceDeps, "withBusiness">,
  businessId: BusinessId,
  wanted: VsdcConfigRequest,
): Promise<boolean> {
  for (let waitedMs = 0; waitedMs <= STORED_WITHIN_MS; waitedMs += POLL_MS) {
    const branch = await deps.withBusiness(businessId, findBranch);
    if (branch && isKnown(branch, wanted)) return true;
    await pause(POLL_MS);
  }
  return false;
}

function isKnown(branch: Branch, wanted: VsdcConfigRequest): boolean {
  return branch.initialisedOn !== null && !isOther(branch, wanted);
}

function isOwn({ owner }: InitialisedDevice, identity: { tin: string; branchId: string }): boolean {
  return owner.tin === identity.tin && owner.branchId === identity.branchId;
}

/** The job comes while the tables are still being copied here at the earliest, and finds nothing left to do. */
const SYNC_AFTER_MS = 120_000;

async function keepInitialised(
  tx: BusinessTx,
  deps: SetUpDeviceDeps,
  {
    wanted,
    initialised,
    by,
  }: { wanted: VsdcConfigRequest; initialised: InitialisedDevice | null; by: SetUpBy },
): Promise<string> {
  const before = await lockOwnBranch(tx);
  const { tin } = await lockOwnBusiness(tx);
  const branch = await keepDevice(tx, before, wanted);
  const now = deps.clock();
  if (initialised && initialised.owner.tin === tin) {
    const { vatRegistered, lastSaleInvoiceNumber, facts, keys } = initialised;
    await recordInitialisation(tx, branch.id, {
      vatRegistered,
      initialisedOn: localDay(now, RWANDA),
      lastInvoiceNumber: lastSaleInvoiceNumber ?? 0n,
      initialisation: facts,
      deviceKeys: keys && (await deps.sealKeys(tx, keys)),
    });
  } else if (!before || !isKnown(before, wanted)) {
    throw new Failure("device-in-use", "another device or TIN was entered meanwhile");
  }
  await enqueueCodeSync(tx, branch.id, new Date(now.getTime() + SYNC_AFTER_MS));
  await recordAudit(tx, {
    ...(await by(tx)),
    action: "device-initialised",
    subject: `branch:${branch.id}`,
    detail: { baseUrl: wanted.baseUrl, branchId: wanted.branchId, serial: wanted.serial },
  });
  return branch.id;
}
