import { EventEmitter } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { Logger as EngineLogger, type Runner, run, type TaskList } from "graphile-worker";
import pg from "pg";
import type { Logger } from "pino";
import * as z from "zod";
import type { AnchorRun } from "../audit/anchor-chains.ts";
import { enqueueDevice } from "../db/queue.ts";
import { SESSION_OPTIONS } from "../db/session-limits.ts";
import { businessId } from "../db/with-business.ts";
import { describeError, withoutDetails } from "../log.ts";
import { drainDevice } from "../receipts/drain-device.ts";
import type { Device, DrainDeps } from "../receipts/draining.ts";
import { holdLiveness } from "./liveness.ts";
import { cronItemsOf, type ScheduledTask, tasksOf } from "./schedule.ts";

const payload = z.object({ businessId: z.uuid().transform(businessId), branchId: z.uuid() });

export interface WorkerOptions {
  queueUrl: string;
  concurrency: number;
  log: Logger;
  /** A call in flight is never abandoned: shutting down waits at least this long. */
  callMaxMs: number;
  drain: Omit<DrainDeps, "worker" | "stopping">;
  scheduled: readonly ScheduledTask[];
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
const OWN_DRAIN_MS = 1_000;

/** Once an hour, by whichever worker comes first. */
const CRONTAB = "0 * * * * anchor-audit";

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
  const draining = new Set<string>();
  const taskList: TaskList = {
    ...tasksOf(options.scheduled, log),
    "drain-device": async (job) => {
      await ready.promise;
      const device = payload.parse(job);
      if (draining.has(device.branchId)) return comeBack(options.drain, device);
      draining.add(device.branchId);
      try {
        await drainDevice({ ...options.drain, worker, stopping: () => stopping }, device);
      } catch (error) {
        log.error({ event: "drain-failed", branchId: device.branchId, ...describeError(error) });
        throw withoutDetails(error);
      } finally {
        draining.delete(device.branchId);
      }
    },
    "anchor-audit": async () => {
      // An outside witness: the log's store keeps what the database's owner could change.
      log.info({ event: "audit-anchored", ...(await options.anchorAudit()) });
    },
  };
  const runner: Runner = await run({
    pgPool: pool,
    taskList,
    parsedCronItems: cronItemsOf(options.scheduled),
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
      while (draining.size > 0) await pause(OWN_DRAIN_MS / 10);
      await liveness.stop();
      await pool.end();
    },
  };
}

/** Our own drain of this device still runs, though its job was freed: its call must not be taken for a dead one's. */
async function comeBack(drain: Pick<DrainDeps, "withBusiness">, device: Device): Promise<void> {
  const at = new Date(Date.now() + OWN_DRAIN_MS);
  await drain.withBusiness(device.businessId, (tx) => enqueueDevice(tx, device.branchId, at));
}

/** The engine's messages may carry an error's text further down. */
function firstLine(message: string): string {
  return message.split("\n")[0]?.slice(0, 200) ?? "";
}
