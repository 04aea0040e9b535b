import { sql } from "drizzle-orm";
import type { Figure } from "../gauges.ts";
import type { GateTx } from "./with-business.ts";

/** Numbers alone: who is counted is not in them (docs/decisions/010). */
export async function platformFigures(tx: GateTx, at: Date): Promise<Figure[]> {
  const moment = sql`${at.toISOString()}::timestamptz`;
  const figures = await tx.sql.execute<{ figure: string; kind: string; value: number | null }>(
    sql`select figure, kind, value from gate.platform_figures(${moment})`,
  );
  const differences = await tx.sql.execute<{ kind: string; open: string }>(
    sql`select kind, open from gate.open_differences()`,
  );
  const jobs = await tx.sql.execute<{ task: string; state: string; jobs: string; oldest: number }>(
    sql`select task, state, jobs, oldest_seconds as oldest from device_queue.depth(${moment})`,
  );
  const cluster = await tx.sql.execute<{ figure: string; value: number }>(sql`
    select 'connections' as figure, sum(numbackends)::double precision as value from pg_stat_database
    union all select 'connections-max', current_setting('max_connections')::double precision
    union all select 'database-bytes', pg_database_size(current_database())::double precision
    union all select 'workers', count(*)::double precision from pg_locks where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())
      and classid = hashtext('fiscalise-worker')::oid`);
  return [
    ...figures.map(({ figure, kind, value }) => ({ figure, kinds: kind ? [kind] : [], value: value ?? 0 })),
    ...differences.map(({ kind, open }) => ({ figure: "differences", kinds: [kind], value: Number(open) })),
    ...jobs.map(({ task, state, jobs }) => ({ figure: "jobs", kinds: [task, state], value: Number(jobs) })),
    ...jobs
      .filter(({ state }) => state === "due")
      .map(({ task, oldest }) => ({ figure: "job-age", kinds: [task], value: oldest })),
    ...cluster.map(({ figure, value }) => ({ figure, kinds: [], value })),
  ];
}
