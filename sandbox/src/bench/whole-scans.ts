import postgres from "postgres";

export interface WholeScans {
  /** Tables with more rows than `LEAST_ROWS` that were read from end to end since, such as `receipts 3 times`. */
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
  const counts = async () => {
    await sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    await sql`select pg_stat_clear_snapshot()`;
    const rows = await sql<{ name: string; times: number }[]>`
      select s.relname as name, s.seq_scan::int as times from pg_stat_user_tables s
      join pg_class c on c.oid = s.relid where c.reltuples > ${LEAST_ROWS}`;
    return new Map(rows.map(({ name, times }) => [name, times]));
  };
  const before = await counts();
  return {
    since: async () =>
      [...(await counts())].flatMap(([name, times]) => {
        const more = times - (before.get(name) ?? 0);
        return more > 0 ? [`${name} ${more} times`] : [];
      }),
    close: () => sql.end(),
  };
}
