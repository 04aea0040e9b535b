import type postgres from "postgres";
import { rowsOf } from "../every-table.ts";

/** Calls to Zoho are counted a while after they were made: the calls themselves are looked at instead. */
export async function rowsBut(owner: postgres.Sql, table: string, businessId: string) {
  const { [table]: _, ...rows } = await rowsOf(owner, businessId);
  return rows;
}

/** At work, or soon to be. */
export async function jobsOf(owner: postgres.Sql, businessId: string): Promise<number> {
  const [row] = await owner`
    select count(*)::int as count from graphile_worker._private_jobs
    where payload ->> 'businessId' = ${businessId}
      and (locked_at is not null or run_at < now() + interval '3 minutes')`;
  return Number(row?.count);
}
