import type { Task, TaskList } from "graphile-worker";
import type { Logger } from "pino";
import * as z from "zod";
import { refreshDeviceCodes, type SyncCodesDeps } from "../businesses/device/sync-device-codes.ts";
import { enqueueCodeSync, enqueueDevice } from "../db/queue.ts";
import { type BusinessTx, businessId } from "../db/with-business.ts";
import { describeError, withoutDetails } from "../log.ts";
import { drainDevice } from "../receipts/drain-device.ts";
import type { Device, DrainDeps } from "../receipts/draining.ts";
import type { WorkerState } from "./worker.ts";

const payload = z.object({ businessId: z.uuid().transform(businessId), branchId: z.uuid() });
const OWN_CALL_MS = 1_000;

export interface DeviceTaskOptions {
  log: Logger;
  drain: Omit<DrainDeps, "worker" | "stopping">;
  /** For the device's code tables. */
  callTables: SyncCodesDeps["callTables"];
}

export function deviceTasks(options: DeviceTaskOptions, state: WorkerState): TaskList {
  const { log, drain, callTables } = options;
  const { withBusiness, clock } = drain;
  return {
    "drain-device": deviceTask(options, state, {
      failed: "drain-failed",
      work: (device) => drainDevice({ ...drain, worker: state.worker(), stopping: state.stopping }, device),
      enqueue: enqueueDevice,
    }),
    "sync-device-codes": deviceTask(options, state, {
      failed: "code-sync-failed",
      work: (device) => syncCodes({ withBusiness, clock, callTables }, device, log),
      enqueue: enqueueCodeSync,
    }),
  };
}

interface DeviceWork {
  /** The event of its failure. */
  failed: string;
  work: (device: Device) => Promise<void>;
  enqueue: (tx: BusinessTx, branchId: string, at: Date) => Promise<void>;
}

/**
 * The device is this job's alone: its queue sees to that. Where our own call still runs though its job was freed, the
 * job comes back later, or the call would be taken for a dead worker's.
 */
function deviceTask(
  { log, drain }: DeviceTaskOptions,
  { busy, ready }: WorkerState,
  { failed, work, enqueue }: DeviceWork,
): Task {
  return async (job) => {
    await ready;
    const device = payload.parse(job);
    const { branchId } = device;
    if (busy.has(branchId)) {
      const at = new Date(Date.now() + OWN_CALL_MS);
      return drain.withBusiness(device.businessId, (tx) => enqueue(tx, branchId, at));
    }
    busy.add(branchId);
    try {
      await work(device);
    } catch (error) {
      log.error({ event: failed, branchId, ...describeError(error) });
      throw withoutDetails(error);
    } finally {
      busy.delete(branchId);
    }
  };
}

/** A device that does not give its tables is asked again by the engine's backoff; sales go on meanwhile. */
async function syncCodes(deps: SyncCodesDeps, device: Device, log: Logger): Promise<void> {
  const synced = await refreshDeviceCodes(deps, device);
  if (synced.kind === "found") throw new Error(`device: ${synced.finding.code}`);
  log.info({ event: "codes-synced", branchId: device.branchId, outcome: synced.kind });
}
