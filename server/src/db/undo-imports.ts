import postgres from "postgres";

export interface Undone {
  businesses: number;
  submissions: number;
  users: number;
  /** Of those who have done something here since: they stay, inactive and without a password. */
  usersKept: number;
}

/**
 * Takes back all that came from the predecessor, as the tables' owner and in one transaction. Businesses and their audit stay, inactive:
 * nothing may delete an audit. Null, and nothing is changed, once a business has a submission or a receipt of its own.
 */
export async function undoImports(ownerUrl: string): Promise<Undone | null> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    return await owner.begin(async (sql) => {
      const ids = await importedBusinesses(sql);
      const total: Undone = { businesses: ids.length, submissions: 0, users: 0, usersKept: 0 };
      for (const id of ids) {
        await sql`select set_config('app.business_id', ${id}, true)`;
        if (await hasOwn(sql)) throw new HasOwn();
        const { submissions, users, usersKept } = await undoBusiness(sql, id);
        total.submissions += submissions;
        total.users += users;
        total.usersKept += usersKept;
      }
      return total;
    });
  } catch (error) {
    if (error instanceof HasOwn) return null;
    throw error;
  } finally {
    await owner.end();
  }
}

class HasOwn extends Error {}

/** The owner is bound by FORCE too, and must see every row for a moment. */
async function importedBusinesses(sql: postgres.TransactionSql): Promise<string[]> {
  await sql`alter table predecessor_rows no force row level security`;
  const rows = await sql<
    { id: string }[]
  >`select distinct business_id as id from predecessor_rows order by 1`;
  await sql`alter table predecessor_rows force row level security`;
  return rows.map(({ id }) => id);
}

async function hasOwn(sql: postgres.TransactionSql): Promise<boolean> {
  const [row] = await sql<{ own: boolean }[]>`
    select exists (select from submissions where imported_at is null)
      or exists (select from submissions where imported_at is not null and state = 'withdrawn')
      or exists (select from receipts where source <> 'imported')
      or exists (select from day_reports) as own`;
  return row?.own === true;
}

async function undoBusiness(
  sql: postgres.TransactionSql,
  id: string,
): Promise<Pick<Undone, "submissions" | "users" | "usersKept">> {
  // By hand too: a superuser is bound by no policy.
  const own = sql`business_id = ${id}`;
  await sql`delete from receipt_copies where ${own}`;
  await sql`delete from write_backs where ${own}`;
  await sql`delete from receipts where ${own}`;
  await sql`update bulk_documents set submission_id = null, state = 'waiting' where ${own} and submission_id is not null`;
  await sql`delete from differences where ${own}`;
  await sql`delete from reconciled_documents where ${own}`;
  const submissions = await sql`delete from submissions where ${own}`;
  await sql`delete from imported_day_reports where ${own}`;
  const people = await sql<{ id: string }[]>`
    select our_id as id from predecessor_rows where ${own} and source_table = 'users'`;
  let usersKept = 0;
  for (const person of people) if (!(await deleteUser(sql, person.id))) usersKept += 1;
  await sql`delete from branches where ${own} and initialised_on is null and codes_synced_at is null`;
  await sql`update businesses set status = 'inactive', status_since = now(), updated_at = now() where id = ${id}`;
  await sql`delete from predecessor_rows where ${own}`;
  await sql`insert into audit_events (business_id, actor, action, subject)
    values (${id}, 'system', 'predecessor-migration-undone', ${`business:${id}`})`;
  return { submissions: submissions.count, users: people.length - usersKept, usersKept };
}

/** False: something of hers refers to her. */
async function deleteUser(sql: postgres.TransactionSql, id: string): Promise<boolean> {
  try {
    await sql.savepoint(async (inner) => {
      await inner`delete from sessions where user_id = ${id}`;
      await inner`delete from users where id = ${id}`;
    });
    return true;
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || error.code !== FOREIGN_KEY_VIOLATION) throw error;
    await sql`update users set status = 'inactive', password_hash = null where id = ${id}`;
    return false;
  }
}

const FOREIGN_KEY_VIOLATION = "23503";
