import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { branches, submissions } from "../src/db/tables.ts";
import { businessId, openDatabase } from "../src/db/with-business.ts";
import { problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
let own: Business;
let foreign: Business;
let app: postgres.Sql;
let queue: postgres.Sql;
beforeAll(async () => {
  stage = await startStage();
  own = await stage.open();
  foreign = await stage.open();
  app = postgres(stage.database.urls.app, { max: 1, onnotice: () => {} });
  queue = postgres(stage.database.urls.queue, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await app.end();
  await queue.end();
  await stage.close();
});

const DENIED = /permission denied/;

describe("another business's id", () => {
  it("is answered 404 on every route, exactly like one that does not exist, and changes nothing", async () => {
    foreign.device.behave({ kind: "lose-answer", times: 1 });
    const missing = await foreign.fiscalise(foreign.put());
    const sold = await foreign.fiscalise(foreign.put());
    const nobody = "00000000-0000-4000-8000-000000000000";
    const adopt = {
      receiptNumber: "1",
      totalNumber: "1",
      internalData: "A".repeat(26),
      signature: "A".repeat(16),
      sdcId: "SDC000000001",
      mrcNumber: "WIS00000001",
      issuedAt: "2026-01-01T10:00:00",
      confirmed: true,
    };
    const routes = (submission: string, receipt: string) => [
      () => own.api.get(`/submissions/${submission}`),
      () => own.api.post(`/submissions/${submission}/withdraw`),
      () => own.api.post(`/submissions/${submission}/adopt`, adopt),
      () => own.api.get(`/receipts/${receipt}/pdf`),
      () => own.api.get(`/receipts/${receipt}/pdf?copy=1`),
      () => own.api.post(`/receipts/${receipt}/copies`),
    ];
    for (const submission of [missing.id, sold.id]) {
      const theirs = routes(submission, sold.receipt?.id ?? "");
      const nobodys = routes(nobody, nobody);
      const noIds = routes("x", "%00");
      for (const [index, ask] of theirs.entries()) {
        const { requestId: _, ...problem } = problemOf(await ask());
        const { requestId: __, ...unknown } = problemOf((await nobodys[index]?.())!);
        expect(problem).toMatchObject({ status: 404, code: "not-found" });
        expect(problem).toEqual(unknown);
        expect(problemOf((await noIds[index]?.())!).status).toBe(404);
      }
    }
    expect(await foreign.submission(missing.id)).toEqual(missing);
    expect(await foreign.submission(sold.id)).toEqual(sold);
  });

  it("of a document shows this business's own submission or none", async () => {
    const zohoId = foreign.put();
    const theirs = await foreign.fiscalise(zohoId);
    const progress = await own.api.get(`/invoices/${zohoId}/progress`);
    expect(progress.body).toMatchObject({ submission: null });
    expect(progress.text).not.toContain(theirs.id);
    expect(problemOf(await own.api.get(`/invoices/${zohoId}`)).status).toBe(404);
  });
});

describe("row-level security", () => {
  it("is forced on every table that names a business, with USING and WITH CHECK", async () => {
    const tables = await stage.database.owner`
      select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
        (select count(*)::int from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname
          and p.qual like '%current_business()%' and p.with_check like '%current_business()%'
          and p.cmd = 'ALL') as policies,
        (select count(*)::int from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname) as all_policies
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`;
    const tenant = tables.filter(({ name }) => name !== "__drizzle_migrations");
    expect(tenant.length).toBeGreaterThanOrEqual(15);
    for (const table of tenant)
      expect(table).toMatchObject({ enabled: true, forced: true, policies: 1, all_policies: 1 });
  });

  it("every table but businesses carries business_id, not null, and its unique keys include it", async () => {
    const keys = await stage.database.owner`
      select t.relname as table_name, i.indexrelid::regclass::text as key,
        array(select a.attname::text from pg_attribute a where a.attrelid = t.oid and a.attnum = any(i.indkey)) as columns
      from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
      where n.nspname = 'public' and i.indisunique`;
    const global = keys
      .filter(({ columns }) => !(columns as string[]).includes("business_id"))
      .map(({ key }) => key)
      .sort();
    expect(global).toEqual(
      [
        "attempts_pkey",
        "audit_events_pkey",
        "branches_pkey",
        "businesses_pkey",
        "receipts_pkey",
        "submissions_pkey",
        "users_pkey",
        "zoho_connections_organization_id_key",
      ].filter((key) => keys.some((row) => row.key === key)),
    );
    const [loose] = await stage.database.owner`
      select count(*)::int as count from information_schema.columns
      where table_schema = 'public' and column_name = 'business_id' and is_nullable = 'YES'`;
    expect(loose?.count).toBe(0);
  });

  it("without a business shows no row and takes none", async () => {
    await own.fiscalise(own.put());
    for (const table of [
      "businesses",
      "users",
      "branches",
      "submissions",
      "receipts",
      "attempts",
      "zoho_connections",
      "audit_events",
      "items",
    ]) {
      const [row] = await app.unsafe(`select count(*)::int as count from ${table}`);
      expect(row?.count, table).toBe(0);
    }
    await expect(
      app`insert into audit_events (business_id, actor, action, subject) values (${own.id}, 'x', 'x', 'x')`,
    ).rejects.toThrow(/row-level security/);
    await expect(
      app`insert into freed_numbers (business_id, branch_id, number) values (${own.id}, ${own.branchId}, 1)`,
    ).rejects.toThrow(/row-level security/);
  });

  it("with one business neither reads, changes nor writes another's rows", async () => {
    const database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 1 });
    const as = businessId(own.id);
    try {
      const seen = await database.withBusiness(as, ({ sql }) => sql.select().from(submissions));
      expect(new Set(seen.map((row) => row.businessId))).toEqual(new Set([own.id]));
      const touched = await database.withBusiness(as, ({ sql }) =>
        sql.update(branches).set({ failures: 99 }).returning({ id: branches.id }),
      );
      expect(touched).toEqual([{ id: own.branchId }]);
      const moved = database.withBusiness(as, ({ sql }) =>
        sql.update(branches).set({ businessId: foreign.id }),
      );
      await expect(moved).rejects.toMatchObject({
        cause: { message: expect.stringMatching(/row-level security/) },
      });
      const insert = database.withBusiness(as, ({ sql }) =>
        sql.insert(branches).values({ businessId: foreign.id, bhfId: "01", baseUrl: "x", deviceSerial: "x" }),
      );
      await expect(insert).rejects.toMatchObject({
        cause: { message: expect.stringMatching(/row-level security/) },
      });
    } finally {
      await database.withBusiness(as, ({ sql }) => sql.update(branches).set({ failures: 0 }));
      await database.close();
    }
  });

  it("the business ends with its transaction: a pooled connection forgets it", async () => {
    await app.begin(async (tx) => {
      await tx`select set_config('app.business_id', ${own.id}, true)`;
      const [row] = await tx`select count(*)::int as count from businesses`;
      expect(row?.count).toBe(1);
    });
    const [row] = await app`select count(*)::int as count from businesses`;
    expect(row?.count).toBe(0);
  });
});

describe("the server's roles", () => {
  it("own none of our tables, are no superusers and bypass nothing", async () => {
    const roles = await stage.database.owner`
      select rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication from pg_roles
      where rolname like 'fiscalise%' order by 1`;
    expect(roles.map(({ rolname }) => rolname)).toEqual(["fiscalise_app", "fiscalise_queue"]);
    for (const { rolname: _, ...rights } of roles)
      expect(new Set(Object.values(rights))).toEqual(new Set([false]));
    const owned = await stage.database.owner`
      select relname from pg_class where relowner = 'fiscalise_app'::regrole`;
    expect(owned).toEqual([]);
    const [inPublic] = await stage.database.owner`
      select count(*)::int as count from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and relowner in ('fiscalise_app'::regrole, 'fiscalise_queue'::regrole)`;
    expect(inPublic?.count).toBe(0);
    const members = await stage.database.owner`
      select 1 from pg_auth_members m where m.member in ('fiscalise_app'::regrole, 'fiscalise_queue'::regrole)`;
    expect(members).toEqual([]);
  });

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
    await expect(
      app`select device_queue.enqueue(${own.id}::uuid, ${own.branchId}::uuid, now(), false)`,
    ).rejects.toThrow(/another business/);
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
        where payload->>'branchId' = ${foreign.branchId} order by id`;
      return jobs.map(({ business }) => String(business));
    };
    await enqueueLater(foreign.id);
    await enqueueLater(own.id);
    expect(await businessesOfJobs()).toEqual([foreign.id, own.id]);
  });

  it("a server that could read across businesses does not start", async () => {
    await expect(stage.addServer({ DATABASE_URL: stage.database.urls.owner })).rejects.toThrow(
      /cannot bypass/,
    );
  });
});
