import type postgres from "postgres";

/** Every row of every table as PostgreSQL writes it, the queue's too. */
export async function dumpDatabase(owner: postgres.Sql): Promise<[string, string][]> {
  const tables = await owner`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1`;
  const texts: [string, string][] = [];
  for (const { name } of tables) {
    const rows = await owner.unsafe(`select t::text as row from ${name} t`);
    texts.push([String(name), rows.map(({ row }) => String(row)).join("\n")]);
  }
  return texts;
}
