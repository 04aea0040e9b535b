import postgres from "postgres";

export interface WholeScans {
  /** Of the tables that were big at the start: which were read from end to end since, such as `receipts 3 times`. */
  since: () => Promise<string[]>;
  close: () => Promise<void>;
}

/** Smaller ones are read whole because that is quicker. */
const LEAST_ROWS = 1_000;

/**
 * What PostgreSQL itself counts, functions, triggers and foreign keys included. Asking ends every connection of the
 * server: a living one keeps its last counts to itself for ten seconds.
 */
export async function watchWholeScans(ownerUrl: string): Promise<WholeScans> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  const timesOf = async () => {
    await sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    await sql`select pg_stat_clear_snapshot()`;
    const rows = await sql<{ name: string; times: number }[]>`
      select relname as name, seq_scan::int as times from pg_stat_user_tables`;
    return new Map(rows.map(({ name, times }) => [name, times]));
  };
  await sql`analyze`;
  const big = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and reltuples > ${LEAST_ROWS}`;
  if (big.length === 0) throw new Error("no table is big enough to say anything");
  const before = await timesOf();
  return {
    since: async () => {
      const after = await timesOf();
      return big.flatMap(({ name }) => {
        const more = (after.get(name) ?? 0) - (before.get(name) ?? 0);
        return more > 0 ? [`${name} ${more} times`] : [];
      });
    },
    close: () => sql.end(),
  };
}
