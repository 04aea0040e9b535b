import { EventEmitter } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { Logger as EngineLogger, type Job, type Runner, run, type TaskList } from "graphile-worker";
import pg from "pg";
import type { Logger } from "pino";
import { SESSION_OPTIONS } from "../db/session-limits.ts";
import { describeError } from "../log.ts";
import { holdLiveness } from "./liveness.ts";
import { cronItemsOf, type ScheduledTask, tasksOf } from "./schedule.ts";

export interface WorkerOptions {
  queueUrl: string;
  /** Jobs at once; those of a queue go one by one whatever it is. */
  concurrency: number;
  /** A call in flight is never abandoned: shutting down waits at least this long. */
  callMaxMs: number;
  log: Logger;
  tasks: (state: WorkerState) => TaskList;
  scheduled?: readonly ScheduledTask[];
  /** A job ended. */
  onJob: (job: { task: string; outcome: "done" | "failed" }) => void;
}

export interface WorkerState {
  /** The worker's name is known, its lock is held. */
  ready: Promise<void>;
  worker: () => string;
  stopping: () => boolean;
  /** What the process is in the middle of; stopping waits for it. */
  busy: Set<string>;
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
const BUSY_POLL_MS = 100;

/** Takes the jobs of its own tasks alone: what waits for Zoho never keeps a device waiting. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { log, scheduled = [] } = options;
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
  for (const [event, outcome] of [
    ["job:success", "done"],
    ["job:error", "failed"],
  ] as const)
    events.on(event, ({ job }: { job: Job }) => options.onJob({ task: job.task_identifier, outcome }));
  let worker = "";
  const ready = Promise.withResolvers<void>();
  const busy = new Set<string>();
  const state = { busy, ready: ready.promise, worker: () => worker, stopping: () => stopping };
  const taskList: TaskList = { ...tasksOf(scheduled, log), ...options.tasks(state) };
  const runner: Runner = await run({
    pgPool: pool,
    taskList,
    parsedCronItems: cronItemsOf(scheduled),
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
      while (busy.size > 0) await pause(BUSY_POLL_MS);
      await liveness.stop();
      await pool.end();
    },
  };
}

/** The engine's messages may carry an error's text further down. */
function firstLine(message: string): string {
  return message.split("\n")[0]?.slice(0, 200) ?? "";
}
