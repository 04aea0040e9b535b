import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { InstalledDevice, VsdcConfigRequest } from "@fiscalise/shared/api/devices.ts";
import type { DeviceStep } from "@fiscalise/shared/api/findings.ts";
import type { DeviceFinding } from "@fiscalise/shared/device-finding.ts";
import { type AuditEntry, recordAudit } from "../../db/audit.ts";
import {
  type Branch,
  findBranch,
  knownDevice,
  recordInitialisation,
  recordStated,
} from "../../db/branches.ts";
import { enqueueCodeSync } from "../../db/queue.ts";
import { branchUse } from "../../db/submissions.ts";
import type { BusinessId, BusinessTx } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { localDay } from "../../fiscal/calendar.ts";
import { requireBranch, requireBusiness } from "../../receipts/require-business.ts";
import type { DeviceCall } from "../../vsdc/device-call.ts";
import type { Answer } from "../../vsdc/outcome.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";
import {
  type DeviceIdentity,
  type InitialisedDevice,
  initialiseRequest,
  readInitialised,
} from "../../vsdc/rwanda/set-up.ts";
import { lockOwnBusiness } from "../require-admin.ts";
import { askDevice, refusedAs } from "./ask-device.ts";
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
  /** Where VAT status and last number are from; null when nothing was stored. */
  factsFrom: DeviceStep["factsFrom"];
  /** What stood in the way; null when all is done. */
  trouble: DeviceFinding | null;
}

interface Choice {
  businessId: BusinessId;
  wanted: VsdcConfigRequest;
  /** The device as it stood when this was chosen. */
  known: Branch | null;
  /** What a person says of a device that says only that it is installed; null when nobody was asked. */
  installed: InstalledDevice | null;
  by: SetUpBy;
}

/**
 * Initialises the device, keeps it with the number counter above every number it has seen, and copies its code tables.
 * Repeatable. What it said at initialisation is stored before anything else is asked: it may say it only once. The
 * tables are then a job's to copy, should this process not come to it.
 * @throws Failure device-changed-meanwhile, input-invalid for a stated number below the counter
 */
export async function setUpChosenDevice(deps: SetUpDeviceDeps, choice: Choice): Promise<SetUp> {
  const { businessId, wanted } = choice;
  const { tin } = await deps.withBusiness(businessId, requireBusiness);
  const identity = { tin, branchId: wanted.branchId, serial: wanted.serial };
  const asked = await askDevice(deps.callDevice, wanted.baseUrl, initialiseRequest(identity));
  if (asked.kind === "found") return { ...NOTHING_STORED, trouble: asked.finding };
  const told = await readTold(deps, asked.answer, { ...choice, identity });
  if (told.kind === "found") return { ...NOTHING_STORED, trouble: told.finding };
  const kept = await deps.withBusiness(businessId, (tx) =>
    keepInitialised(tx, deps, { ...choice, tin, told }),
  );
  if (!kept) throw new Failure("device-changed-meanwhile", "another device or TIN was entered meanwhile");
  const { branchId, factsFrom } = kept;
  const synced = await syncDeviceCodes(deps, { businessId, branchId, from: "beginning" });
  return { branchId, factsFrom, trouble: synced.kind === "found" ? synced.finding : null };
}

const NOTHING_STORED = { branchId: null, factsFrom: null };

/** Of the device that is chosen already; for seeds and tests. */
export async function setUpDevice(deps: SetUpDeviceDeps, businessId: BusinessId): Promise<void> {
  const branch = await deps.withBusiness(businessId, requireBranch);
  const { baseUrl, bhfId: branchId, deviceSerial: serial } = knownDevice(branch);
  const { trouble } = await setUpChosenDevice(deps, {
    businessId,
    wanted: { baseUrl, branchId, serial, profile: branch.profile },
    known: branch,
    installed: null,
    by: async () => ({ actor: "system" }),
  });
  if (trouble) throw new Failure("unavailable", `device: ${trouble.code}`);
}

/** VAT status and last number; of before, they are stored already. */
type Told =
  | { kind: "told"; from: "device"; device: InitialisedDevice }
  | { kind: "told"; from: "person"; device: InstalledDevice }
  | { kind: "told"; from: "before" };

const ALREADY_INSTALLED = "902";

/** 902 may come without data: what was stored then stands, or else what a person says (docs/vsdc.md#initialisation). */
async function readTold(
  deps: SetUpDeviceDeps,
  answer: Answer,
  { businessId, wanted, installed, identity }: Choice & { identity: DeviceIdentity },
): Promise<Told | { kind: "found"; finding: DeviceFinding }> {
  const device = readInitialised(answer);
  if (device && isOwn(device, identity)) return { kind: "told", from: "device", device };
  if (device) return { kind: "found", finding: refusedAs("wrong-identity", answer) };
  const isInstalled = answer.resultCode === ALREADY_INSTALLED;
  if (isInstalled && installed) return { kind: "told", from: "person", device: installed };
  if (await isInitialised(deps, businessId, wanted)) return { kind: "told", from: "before" };
  return { kind: "found", finding: refusedAs(isInstalled ? "installed-before" : "device-refused", answer) };
}

/** Another set-up at the same time has its answer by now; it is stored within this. */
const STORED_WITHIN_MS = 2_000;
const POLL_MS = 100;

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

/** Null, and audited, when another device or TIN was entered while this one was asked. */
async function keepInitialised(
  tx: BusinessTx,
  deps: SetUpDeviceDeps,
  { wanted, by, tin, known, ...input }: Choice & { tin: string; told: Told },
): Promise<{ branchId: string; factsFrom: Told["from"] } | null> {
  const before = await lockOwnBranch(tx);
  // What the device said to another set-up meanwhile goes before what a person says.
  const isSaidSince = !isDeepStrictEqual(before?.initialisation ?? null, known?.initialisation ?? null);
  const isOutdone = input.told.from === "person" && isSaidSince;
  const told: Told = isOutdone ? { kind: "told", from: "before" } : input.told;
  const isSameTin = (await lockOwnBusiness(tx)).tin === tin;
  const isNoMore = told.from === "before" && !(before && isKnown(before, wanted));
  if (!isSameTin || isNoMore || isOvertaken(wanted, { known, before })) {
    await recordAudit(tx, {
      ...(await by(tx)),
      action: "device-not-set-up",
      subject: `business:${tx.businessId}`,
      result: "refused",
      detail: { ...addressed(wanted), finding: "changed-meanwhile" },
    });
    return null;
  }
  const branch = await keepDevice(tx, before, stillWanted(wanted, { known, before }));
  const now = deps.clock();
  const today = localDay(now, RWANDA);
  if (told.from === "device") await keepSaid(tx, deps, { branch, device: told.device, today });
  if (told.from === "person") await keepStated(tx, { branch, device: told.device, today });
  await enqueueCodeSync(tx, branch.id, new Date(now.getTime() + SYNC_AFTER_MS));
  const stated = told.from === "person" ? told.device : null;
  await recordAudit(tx, {
    ...(await by(tx)),
    action: stated ? "device-facts-stated" : "device-initialised",
    subject: `branch:${branch.id}`,
    detail: { ...addressed(wanted), ...stated },
  });
  return { branchId: branch.id, factsFrom: told.from };
}

/** Where it was asked; another address may stand by now. */
const addressed = ({ baseUrl, branchId, serial }: VsdcConfigRequest) => ({ baseUrl, branchId, serial });

type Meanwhile = { known: Branch | null; before: Branch | null };

/** This set-up may replace the device it knew, and no other. */
function isOvertaken(wanted: VsdcConfigRequest, { known, before }: Meanwhile): boolean {
  if (!before || !isOther(before, wanted)) return false;
  return before.bhfId !== known?.bhfId || before.deviceSerial !== known.deviceSerial;
}

/** A device may take its time: what this set-up left as it stood then may have been changed since, and stays so. */
function stillWanted(wanted: VsdcConfigRequest, { known, before }: Meanwhile): VsdcConfigRequest {
  if (!known || !before || isOther(before, wanted)) return wanted;
  const { baseUrl, profile, lineArithmetic } = wanted;
  return {
    ...wanted,
    baseUrl: baseUrl === known.baseUrl ? (before.baseUrl ?? baseUrl) : baseUrl,
    profile: profile === known.profile ? before.profile : profile,
    lineArithmetic: lineArithmetic === known.lineArithmetic ? before.lineArithmetic : lineArithmetic,
  };
}

async function keepSaid(
  tx: BusinessTx,
  deps: SetUpDeviceDeps,
  { branch, device, today }: { branch: Branch; device: InitialisedDevice; today: string },
): Promise<void> {
  const { vatRegistered, lastSaleInvoiceNumber, facts, keys } = device;
  await recordInitialisation(tx, branch.id, {
    vatRegistered,
    initialisedOn: today,
    lastInvoiceNumber: lastSaleInvoiceNumber ?? 0n,
    initialisation: facts,
    deviceKeys: keys && (await deps.sealKeys(tx, keys)),
  });
}

async function keepStated(
  tx: BusinessTx,
  { branch, device, today }: { branch: Branch; device: InstalledDevice; today: string },
): Promise<void> {
  const lastInvoiceNumber = BigInt(device.lastInvoiceNumber);
  if (lastInvoiceNumber < (await lowestStatable(tx, branch))) {
    const values = { last: branch.lastInvoiceNumber.toString() };
    throw new Failure("input-invalid", "stated number below the counter", {
      fields: [{ path: "installed.lastInvoiceNumber", code: "number-given", values }],
    });
  }
  const { vatRegistered } = device;
  await recordStated(tx, branch.id, { vatRegistered, statedOn: today, lastInvoiceNumber });
}

/** What a person alone said may be taken back while nothing has its number from it. */
async function lowestStatable(tx: BusinessTx, branch: Branch): Promise<bigint> {
  const isOnlyStated = branch.statedOn !== null && branch.initialisation === null;
  if (isOnlyStated && !(await branchUse(tx, branch.id)).submissions) return 0n;
  return branch.lastInvoiceNumber;
}
