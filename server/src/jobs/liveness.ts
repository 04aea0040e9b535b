import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";
import { SESSION_OPTIONS } from "../db/session-limits.ts";
import { describeError } from "../log.ts";

const SWEEP_MS = 5_000;
const RECONNECT_MS = 250;
/** A job taken this recently may belong to a worker that has not locked its name yet. */
const YOUNG_JOB = "5 seconds";

export interface Liveness {
  stop: () => Promise<void>;
}

/**
 * Holds a session lock on this worker's name for as long as the process lives, and frees the jobs of workers whose lock
 * is gone: a killed worker's jobs run again within 10 s (docs/decisions/003).
 */
export async function holdLiveness(options: {
  queueUrl: string;
  pool: pg.Pool;
  worker: string;
  log: Logger;
}): Promise<Liveness> {
  const { queueUrl, pool, worker, log } = options;
  const stopped = new AbortController();
  let client = await lockName(queueUrl, worker, onLost);

  function onLost(error: Error): void {
    if (stopped.signal.aborted) return;
    log.warn({ event: "liveness-lost", ...describeError(error) });
    void relock();
  }

  async function relock(): Promise<void> {
    while (!stopped.signal.aborted) {
      try {
        const taken = await lockName(queueUrl, worker, onLost);
        if (stopped.signal.aborted) return await taken.end();
        client = taken;
        log.info({ event: "liveness-held" });
        return;
      } catch (error) {
        log.warn({ event: "liveness-retry", ...describeError(error) });
        await pause(RECONNECT_MS);
      }
    }
  }

  const sweeping = sweepForever();
  async function sweepForever(): Promise<void> {
    while (!stopped.signal.aborted) {
      try {
        // A connection dropped in silence shows here, and is taken again by onLost.
        await client.query("select 1");
        await freeDeadWorkers(pool, log);
      } catch (error) {
        log.warn({ event: "dead-worker-sweep-failed", ...describeError(error) });
      }
      await pause(SWEEP_MS, undefined, { signal: stopped.signal }).catch((error: Error) => {
        if (error.name !== "AbortError") throw error;
      });
    }
  }

  return {
    stop: async () => {
      stopped.abort();
      await sweeping;
      await client.end();
    },
  };
}

async function lockName(url: string, worker: string, onLost: (error: Error) => void): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, keepAlive: true, options: SESSION_OPTIONS });
  await client.connect();
  await client.query("select pg_advisory_lock(hashtext('fiscalise-worker'), hashtext($1))", [worker]);
  let lost = false;
  const once = (error: Error) => {
    if (lost) return;
    lost = true;
    onLost(error);
  };
  client.on("error", once);
  client.on("end", () => once(new Error("connection ended")));
  return client;
}

const DEAD_WORKERS = `
  select distinct locked_by as worker from (
    select locked_by, locked_at from graphile_worker._private_jobs where locked_by is not null
    union all
    select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null
  ) held
  where locked_at < now() - interval '${YOUNG_JOB}' and not exists (
    select from pg_locks where locktype = 'advisory' and granted
    and database = (select oid from pg_database where datname = current_database())
    and classid = hashtext('fiscalise-worker')::oid and objid = hashtext(held.locked_by)::oid)`;

/** What is left of a killed worker's job that another has replaced; the engine keeps it for ever. */
const DELETE_SPENT_JOBS = `
  delete from graphile_worker._private_jobs where key is null and locked_at is null and attempts >= max_attempts`;

async function freeDeadWorkers(pool: pg.Pool, log: Logger): Promise<void> {
  const { rows } = await pool.query<{ worker: string }>(DEAD_WORKERS);
  await pool.query(DELETE_SPENT_JOBS);
  if (rows.length === 0) return;
  const workers = rows.map((row) => row.worker);
  await pool.query("select graphile_worker.force_unlock_workers($1)", [workers]);
  log.warn({ event: "dead-workers-freed", workers });
}
