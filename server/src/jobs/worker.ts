import { EventEmitter } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { Logger as EngineLogger, type Runner, run, type Task, type TaskList } from "graphile-worker";
import pg from "pg";
import type { Logger } from "pino";
import * as z from "zod";
import { refreshDeviceCodes, type SyncCodesDeps } from "../businesses/sync-device-codes.ts";
import { enqueueCodeSync, enqueueDevice } from "../db/queue.ts";
import { SESSION_OPTIONS } from "../db/session-limits.ts";
import { type BusinessTx, businessId } from "../db/with-business.ts";
import { describeError } from "../log.ts";
import { drainDevice } from "../receipts/drain-device.ts";
import type { Device, DrainDeps } from "../receipts/draining.ts";
import { holdLiveness } from "./liveness.ts";

const payload = z.object({ businessId: z.uuid().transform(businessId), branchId: z.uuid() });

export interface WorkerOptions {
  queueUrl: string;
  concurrency: number;
  log: Logger;
  /** A call in flight is never abandoned: shutting down waits at least this long. */
  callMaxMs: number;
  drain: Omit<DrainDeps, "worker" | "stopping">;
  /** For the device's code tables. */
  callTables: SyncCodesDeps["callTables"];
}

export interface Worker {
  /** Lets every call in flight end, takes no other, returns when all is recorded. */
  stop: () => Promise<void>;
  /** Settles when the engine ended without being asked. */
  failed: Promise<unknown>;
}

const POLL_MS = 1_000;
/** Beside one for each job at work: listening, sweeping. */
const QUEUE_CONNECTIONS = 3;
const SHUTDOWN_MARGIN_MS = 20_000;
const OWN_CALL_MS = 1_000;

/** Runs the queue: one job per device at a time, devices in parallel. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { log } = options;
  const pool = new pg.Pool({
    connectionString: options.queueUrl,
    max: options.concurrency + QUEUE_CONNECTIONS,
    options: SESSION_OPTIONS,
  });
  pool.on("error", (error) => log.warn({ event: "queue-connection-lost", ...describeError(error) }));
  pool.on("connect", (client) => {
    client.on("error", (error) => log.warn({ event: "queue-connection-lost", ...describeError(error) }));
  });
  let stopping = false;
  const events = new EventEmitter();
  const named = new Promise<string>((resolve) => {
    events.once("pool:create", ({ workerPool }: { workerPool: { id: string } }) => resolve(workerPool.id));
  });
  let worker = "";
  const ready = Promise.withResolvers<void>();
  const busy = new Set<string>();
  const taskList = tasksOf(options, {
    busy,
    ready: ready.promise,
    worker: () => worker,
    stopping: () => stopping,
  });
  const runner: Runner = await run({
    pgPool: pool,
    taskList,
    concurrency: options.concurrency,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    events,
    logger: new EngineLogger(() => (level, message) => {
      if (level === "error" || level === "warning") log.warn({ event: "queue", message: firstLine(message) });
    }),
    preset: { worker: { gracefulShutdownAbortTimeout: options.callMaxMs + SHUTDOWN_MARGIN_MS } },
  });
  worker = await named;
  const liveness = await holdLiveness({ queueUrl: options.queueUrl, pool, worker, log });
  ready.resolve();
  const ended = (error?: unknown) =>
    stopping ? new Promise(() => {}) : (error ?? new Error("bug: the queue's engine ended"));
  return {
    failed: runner.promise.then(ended, ended),
    stop: async () => {
      stopping = true;
      // Already ending by itself: what it still runs is waited for all the same.
      await runner.stop().catch(() => runner.promise.catch(() => undefined));
      while (busy.size > 0) await pause(OWN_CALL_MS / 10);
      await liveness.stop();
      await pool.end();
    },
  };
}

interface WorkerState {
  /** Devices this process is calling. */
  busy: Set<string>;
  ready: Promise<void>;
  worker: () => string;
  stopping: () => boolean;
}

function tasksOf(options: WorkerOptions, state: WorkerState): TaskList {
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
  { log, drain }: WorkerOptions,
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

/** The engine stores an error's text where no row-level security is: names and codes only. */
function withoutDetails(error: unknown): Error {
  const { error: name, code } = describeError(error);
  return new Error([name, code].filter(Boolean).join(" "));
}

/** The engine's messages may carry an error's text further down. */
function firstLine(message: string): string {
  return message.split("\n")[0]?.slice(0, 200) ?? "";
}
