import type { DeviceFinding } from "@fiscalise/shared/device-finding.ts";
import { findBranchById, knownDevice, lockBranch, noteCodesSynced } from "../../db/branches.ts";
import { findBusiness } from "../../db/businesses.ts";
import {
  deleteDeviceCodes,
  deleteItemClasses,
  mergeDeviceCodes,
  mergeItemClasses,
} from "../../db/device-codes.ts";
import { enqueueCodeSync } from "../../db/queue.ts";
import type { BusinessId, WithBusiness } from "../../db/with-business.ts";
import { localStamp } from "../../fiscal/calendar.ts";
import type { DeviceCall } from "../../vsdc/device-call.ts";
import type { Answer } from "../../vsdc/outcome.ts";
import type { FrozenRequest } from "../../vsdc/rwanda/frozen-request.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";
import {
  codesRequest,
  FROM_THE_BEGINNING,
  itemClassesRequest,
  readCodes,
  readItemClasses,
} from "../../vsdc/rwanda/set-up.ts";
import { askDevice, refusedAs } from "./ask-device.ts";

export interface SyncCodesDeps {
  withBusiness: WithBusiness;
  /** Code tables are large. */
  callTables: DeviceCall;
  clock: () => Date;
}

export interface SyncedDevice {
  businessId: BusinessId;
  branchId: string;
}

const DAY_MS = 86_400_000;
const SYNC_EVERY_MS = DAY_MS;
/** A device that does not answer has sales waiting: they come first. */
const LOOK_AGAIN_MS = 900_000;
/** Asked for once more: the device's clock and ours may differ. */
const OVERLAP_MS = DAY_MS;

export type Synced = { kind: "synced" } | { kind: "found"; finding: DeviceFinding };

/**
 * Asks for what changed in the device's tables since the last time, and when to ask next. A device at rest, or of a
 * business that was deactivated, is left alone.
 */
export async function refreshDeviceCodes(
  deps: SyncCodesDeps,
  device: SyncedDevice,
): Promise<Synced | { kind: "put-off" }> {
  const putOff = await deps.withBusiness(device.businessId, async (tx) => {
    const business = await findBusiness(tx);
    const branch = await findBranchById(tx, device.branchId);
    if (!business || !branch || branch.initialisedOn === null) return true;
    const isCalm = business.status === "active" && branch.failures === 0;
    if (!isCalm) await enqueueCodeSync(tx, branch.id, after(deps, LOOK_AGAIN_MS));
    return !isCalm;
  });
  return putOff ? { kind: "put-off" } : syncDeviceCodes(deps, { ...device, from: "last-sync" });
}

/**
 * Copies the device's code tables and item classes, merged by code; from the beginning, they replace what there was.
 * No transaction is open while it answers.
 */
export async function syncDeviceCodes(
  deps: SyncCodesDeps,
  { businessId, branchId, from }: SyncedDevice & { from: "beginning" | "last-sync" },
): Promise<Synced> {
  const askedAt = deps.clock();
  const { identity, baseUrl, syncedAt } = await deps.withBusiness(businessId, async (tx) => {
    const business = await findBusiness(tx);
    const branch = await findBranchById(tx, branchId);
    if (!business || !branch) throw new Error(`bug: no branch ${branchId} to sync`);
    const { bhfId, deviceSerial: serial, baseUrl } = knownDevice(branch);
    return {
      identity: { tin: business.tin, branchId: bhfId, serial },
      baseUrl,
      syncedAt: branch.codesSyncedAt,
    };
  });
  const isWhole = from === "beginning" || syncedAt === null;
  const since = isWhole ? FROM_THE_BEGINNING : stampBefore(syncedAt);
  const call: TableCall = { call: deps.callTables, baseUrl };
  const codes = await askTable(call, codesRequest(identity, since), readCodes);
  if (codes.kind === "found") return codes;
  const classes = await askTable(call, itemClassesRequest(identity, since), readItemClasses);
  if (classes.kind === "found") return classes;
  await deps.withBusiness(businessId, async (tx) => {
    const branch = await lockBranch(tx, branchId);
    // Another device was chosen meanwhile: its tables come with its own set-up.
    if (branch.deviceSerial !== identity.serial || branch.bhfId !== identity.branchId) return;
    if (isWhole && codes.rows.length > 0) await deleteDeviceCodes(tx, branchId);
    await mergeDeviceCodes(tx, branchId, codes.rows);
    if (isWhole && classes.rows.length > 0) await deleteItemClasses(tx, branchId);
    await mergeItemClasses(tx, branchId, classes.rows);
    await noteCodesSynced(tx, branchId, askedAt);
    await enqueueCodeSync(tx, branchId, after(deps, SYNC_EVERY_MS));
  });
  return { kind: "synced" };
}

const NOTHING_NEW = "001";

interface TableCall {
  call: DeviceCall;
  baseUrl: string;
}

async function askTable<T>(
  { call, baseUrl }: TableCall,
  request: FrozenRequest,
  read: (answer: Answer) => T[] | null,
): Promise<{ kind: "rows"; rows: T[] } | { kind: "found"; finding: DeviceFinding }> {
  const asked = await askDevice(call, baseUrl, request);
  if (asked.kind === "found") return asked;
  if (asked.answer.resultCode === NOTHING_NEW) return { kind: "rows", rows: [] };
  const rows = read(asked.answer);
  return rows
    ? { kind: "rows", rows }
    : { kind: "found", finding: refusedAs("device-refused", asked.answer) };
}

function stampBefore(syncedAt: Date): string {
  return localStamp(new Date(syncedAt.getTime() - OVERLAP_MS), RWANDA);
}

function after({ clock }: Pick<SyncCodesDeps, "clock">, ms: number): Date {
  return new Date(clock().getTime() + ms);
}
