import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillOtherTables, insertSuperAdmin, listTables, type Table } from "./every-table.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
let own: Business;
let foreign: Business;
let superAdminId: string;
let tables: Table[];
let app: postgres.Sql;
let queue: postgres.Sql;
beforeAll(async () => {
  stage = await startStage();
  own = await stage.open();
  foreign = await stage.open();
  for (const business of [own, foreign]) {
    await business.fiscalise(business.put());
    await fillOtherTables(stage.database.owner, business);
  }
  superAdminId = await insertSuperAdmin(stage.database.owner);
  tables = await listTables(stage.database.owner);
  const { urls } = stage.database;
  app = postgres(urls.app, { max: 1, onnotice: () => {} });
  queue = postgres(urls.queue, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await app.end();
  await queue.end();
  await stage.close();
});

const DENIED = /permission denied/;
/** Denied altogether, or by the policy: both are 42501. */
const REFUSED = { code: "42501" };

type Work<T> = (sql: postgres.TransactionSql) => Promise<T>;
/** A transaction of the server's role, with the settings of a scope. */
function scoped<T>(settings: Record<string, string>, work: Work<T>): Promise<T> {
  return app.begin(async (tx) => {
    for (const [name, value] of Object.entries(settings))
      await tx`select set_config(${name}, ${value}, true)`;
    return work(tx);
  }) as Promise<T>;
}
const inOwn = <T>(work: Work<T>) => scoped({ "app.business_id": own.id }, work);

function mayRead(table: string): Promise<boolean> {
  return app`select has_table_privilege(${`public.${table}`}, 'select') as may`.then(
    ([row]) => row?.may === true,
  );
}

/** Whose rows a scope shows; null when it may not even ask. */
async function owners(
  settings: Record<string, string>,
  { name, business }: Table,
): Promise<unknown[] | null> {
  if (!(await mayRead(name))) return null;
  const rows = await scoped(settings, (sql) =>
    sql.unsafe(`select distinct ${business} as owner from "${name}"`),
  );
  return rows.map(({ owner }) => owner);
}

describe("in every table of the catalog", () => {
  const tenant = () => tables.filter(({ business }) => business !== null);

  it("there are rows of both businesses to tell apart", async () => {
    expect(tenant().length).toBeGreaterThanOrEqual(20);
    for (const { name, business } of tenant()) {
      const found = await stage.database.owner.unsafe(
        `select distinct ${business} as owner from "${name}" where ${business} is not null`,
      );
      const ids = found.map(({ owner }) => owner).sort();
      expect(ids, `add rows of ${name} to fillOtherTables`).toEqual([own.id, foreign.id].sort());
    }
  });

  it("a business sees its own rows, and all of them", async () => {
    for (const table of tenant()) {
      const { name, business } = table;
      if (!(await mayRead(name))) continue;
      expect(await owners({ "app.business_id": own.id }, table), name).toEqual([own.id]);
      const count = `select count(*)::int as count from "${name}"`;
      const [seen] = await inOwn((sql) => sql.unsafe(count));
      const [there] = await stage.database.owner.unsafe(`${count} where ${business} = $1`, [own.id]);
      expect(seen?.count, name).toBe(there?.count);
    }
  });

  it("nobody sees a row without a business, at the gate, or under an id that is none", async () => {
    const nobody = "00000000-0000-4000-8000-000000000000";
    for (const table of tenant()) {
      for (const settings of [{}, { "app.business_id": "" }, { "app.business_id": nobody }]) {
        expect((await owners(settings, table)) ?? [], table.name).toEqual([]);
      }
    }
  });

  it("a super admin sees no row of any business", async () => {
    for (const table of tenant()) {
      const seen = (await owners({ "app.super_admin": superAdminId }, table)) ?? [];
      expect(
        seen.filter((owner) => owner !== null),
        table.name,
      ).toEqual([]);
    }
  });

  it("one super admin does not see another's account, sessions or tokens", async () => {
    const other = await insertSuperAdmin(stage.database.owner, 2);
    const settings = { "app.super_admin": superAdminId };
    const seen = await scoped(
      settings,
      (sql) => sql`select id from users union all select user_id from sessions`,
    );
    expect(new Set(seen.map(({ id }) => id))).toEqual(new Set([superAdminId]));
    await stage.database.owner`insert into refresh_tokens (sha256, session_id) values ('others', ${other})`;
    expect(await scoped(settings, (sql) => sql`select from refresh_tokens`)).toHaveLength(0);
    const theirs = `update users set name = 'x' where id = '${other}'`;
    expect(await scoped(settings, async (sql) => (await sql.unsafe(theirs)).count)).toBe(0);
  });

  it("nothing is written for another business, for none, or without one", async () => {
    for (const { name, business } of tenant()) {
      const insert = (value: string) => `insert into "${name}" (${business}) values (${value})`;
      const tries: [Record<string, string>, string][] = [
        [{ "app.business_id": own.id }, insert(`'${foreign.id}'`)],
        [{ "app.business_id": own.id }, insert("null")],
        [{}, insert(`'${own.id}'`)],
        [{}, insert("null")],
        [{ "app.super_admin": superAdminId }, insert(`'${own.id}'`)],
      ];
      for (const [settings, text] of tries) {
        await expect(
          scoped(settings, (sql) => sql.unsafe(text)),
          `${name}: ${text}`,
        ).rejects.toMatchObject(REFUSED);
      }
    }
  });

  it("no row is given to another business, and none of another's is touched", async () => {
    for (const { name, business } of tenant()) {
      const give = `update "${name}" set ${business} = '${foreign.id}'`;
      await expect(
        inOwn((sql) => sql.unsafe(give)),
        name,
      ).rejects.toMatchObject(REFUSED);
      if (!(await mayRead(name))) continue;
      const touch = (verb: string) => `${verb} where ${business} = '${foreign.id}'`;
      for (const text of [
        touch(`update "${name}" set ${business} = ${business}`),
        touch(`delete from "${name}"`),
      ]) {
        const touched = await inOwn(async (sql) => (await sql.unsafe(text)).count).catch(
          (error: unknown) => error,
        );
        if (touched !== 0) expect(touched, text).toMatchObject(REFUSED);
      }
    }
  });

  it("a row of one's own cannot point at another business's", async () => {
    const token = inOwn(
      (sql) =>
        sql`insert into refresh_tokens (sha256, business_id, session_id) values ('x', ${own.id}, ${foreign.userId})`,
    );
    await expect(token).rejects.toMatchObject({ code: "23503" });
    const session = inOwn(
      (sql) =>
        sql`insert into sessions (business_id, user_id, expires_at) values (${own.id}, ${foreign.userId}, now())`,
    );
    await expect(session).rejects.toMatchObject({ code: "23503" });
  });
});

describe("the schema, whoever writes,", () => {
  const insertUser = (role: string, business: string | null) => stage.database.owner`
    insert into users (business_id, number, name, email, role)
    values (${business}, 77, 'Nobody', 'nobody@example.rw', ${role})`;
  const insertBusiness = (tin: string, status = "active") => stage.database.owner`
    insert into businesses (name, tin, jurisdiction, status) values ('Nobody', ${tin}, 'RW', ${status})`;

  it.each<[string, () => Promise<unknown>, string]>([
    ["a super admin of a business", () => insertUser("super_admin", own.id), "users_role_fits_business"],
    ["an admin of none", () => insertUser("business_admin", null), "users_role_fits_business"],
    ["a user of none", () => insertUser("business_user", null), "users_role_fits_business"],
    ["another role", () => insertUser("owner", own.id), "users_role_check"],
    ["a TIN of 8 digits", () => insertBusiness("12345678"), "businesses_tin_check"],
    ["a TIN with a letter", () => insertBusiness("12345678A"), "businesses_tin_check"],
    ["a TIN twice", () => insertBusiness(foreign.tin), "businesses_tin_key"],
    ["another status", () => insertBusiness("123456789", "gone"), "businesses_status_check"],
  ])("has no place for %s", async (_what, write, constraint_name) => {
    await expect(write()).rejects.toMatchObject({ constraint_name });
  });
});

describe("the gate", () => {
  it("lists businesses to an active super admin only", async () => {
    const list = (sql: postgres.TransactionSql) =>
      sql`select id from gate.list_businesses(null, null, 10, 0)`;
    expect(await scoped({ "app.super_admin": superAdminId }, list)).toHaveLength(2);
    await expect(scoped({}, list)).rejects.toMatchObject(REFUSED);
    await expect(inOwn(list)).rejects.toMatchObject(REFUSED);
    await expect(scoped({ "app.super_admin": own.adminId }, list)).rejects.toMatchObject(REFUSED);
    await stage.database.owner`update users set status = 'inactive' where id = ${superAdminId}`;
    await expect(scoped({ "app.super_admin": superAdminId }, list)).rejects.toMatchObject(REFUSED);
    await stage.database.owner`update users set status = 'active' where id = ${superAdminId}`;
  });

  it("cannot be entered as its own role", async () => {
    await expect(app`set role fiscalise_gate`).rejects.toThrow(DENIED);
    await expect(app`select gate.audit_hash(null, 1, null)`).rejects.toThrow(DENIED);
  });
});

describe("the server's roles", () => {
  it("the queue's role reads no tenant table", async () => {
    const tables = await stage.database.owner`select tablename from pg_tables where schemaname = 'public'`;
    for (const { tablename } of tables)
      await expect(queue.unsafe(`select * from public."${tablename}"`), tablename).rejects.toThrow(DENIED);
  });

  it("the app's role reads no job and adds one only through the function", async () => {
    await expect(app`select * from graphile_worker._private_jobs`).rejects.toThrow(DENIED);
    await expect(app`select graphile_worker.add_job('drain-device')`).rejects.toThrow(DENIED);
  });

  it("the app's role cannot rewrite what happened, or delete a sale", async () => {
    await expect(app`update audit_events set actor = 'x'`).rejects.toThrow(DENIED);
    for (const table of ["audit_events", "submissions", "attempts", "receipts", "businesses"])
      await expect(app.unsafe(`delete from ${table}`), table).rejects.toThrow(DENIED);
    await expect(app`truncate submissions`).rejects.toThrow(DENIED);
    await expect(app`drop table submissions`).rejects.toThrow(/must be owner/);
    await expect(app`alter table submissions disable row level security`).rejects.toThrow(/must be owner/);
    await expect(app`create table mine (id int)`).rejects.toThrow(DENIED);
  });

  it("a job for another business is refused", async () => {
    const enqueue = (business: string, branch: string) =>
      app.begin(async (tx) => {
        await tx`select set_config('app.business_id', ${own.id}, true)`;
        await tx`select device_queue.enqueue(${business}::uuid, ${branch}::uuid, now(), false)`;
      });
    await expect(enqueue(foreign.id, foreign.branchId)).rejects.toThrow(/another business/);
    await expect(enqueue(own.id, own.branchId)).resolves.toBeUndefined();
  });

  it("every function that adds a job asks whose it is before anything else", async () => {
    const functions = await stage.database.owner`
      select proname as name, pronargs as arguments from pg_proc
      where pronamespace = 'device_queue'::regnamespace and 'business' = any (proargnames)`;
    expect(functions.length).toBeGreaterThanOrEqual(6);
    for (const { name, arguments: count } of functions) {
      const rest = ", null".repeat(Number(count) - 1);
      const add = `select device_queue.${name}('${foreign.id}'${rest})`;
      for (const settings of [{}, { "app.business_id": "" }, { "app.business_id": own.id }]) {
        await expect(
          scoped(settings, (sql) => sql.unsafe(add)),
          add,
        ).rejects.toThrow(/another business/);
      }
    }
  });

  it("a job that names another business's device leaves that device's job alone", async () => {
    const enqueueLater = (business: string) =>
      app.begin(async (tx) => {
        await tx`select set_config('app.business_id', ${business}, true)`;
        await tx`
          select device_queue.enqueue(${business}::uuid, ${foreign.branchId}::uuid, now() + interval '1 hour', false)`;
      });
    const businessesOfJobs = async () => {
      const { owner } = stage.database;
      const jobs = await owner`
        select payload->>'businessId' as business from graphile_worker._private_jobs
        where payload->>'branchId' = ${foreign.branchId} and key like 'device:%' order by id`;
      return jobs.map(({ business }) => String(business));
    };
    await enqueueLater(foreign.id);
    await enqueueLater(own.id);
    expect(await businessesOfJobs()).toEqual([foreign.id, own.id]);
  });

  it("a server that could read across businesses does not start, nor one that may become who can", async () => {
    const { owner, urls } = stage.database;
    await expect(stage.addServer({ DATABASE_URL: urls.owner })).rejects.toThrow(/cannot bypass/);
    const name = `heir_${randomBytes(6).toString("hex")}`;
    const heir = Object.assign(new URL(urls.owner), { username: name });
    await owner.unsafe(`create role ${name} login; grant ${new URL(urls.owner).username} to ${name}`);
    try {
      await expect(stage.addServer({ DATABASE_URL: heir.href })).rejects.toThrow(/cannot bypass/);
    } finally {
      await owner.unsafe(`drop role ${name}`);
    }
  });
});
