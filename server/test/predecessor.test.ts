import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { undoImports } from "../src/db/undo-imports.ts";
import { sha256Of } from "../src/opaque-token.ts";
import type { migratePredecessor } from "../src/predecessor/migrate.ts";
import { cloneTemplate, type TestDatabase } from "./database.ts";
import { dumpDatabase } from "./dump-database.ts";
import {
  DIRTY_USERS,
  migrateInto,
  OLD_TINS,
  type Predecessor,
  startPredecessor,
} from "./predecessor-stage.ts";

type Result = Awaited<ReturnType<typeof migratePredecessor>>;

const port = inject("postgresPort");
let old: Predecessor;
let database: TestDatabase;
let result: Result;
/** Small enough to be compared by eye when it fails. */
const everything = async () =>
  (await dumpDatabase(database.owner)).map(([table, text]) => `${table} ${sha256Of(text)}`);
const byId = (one: { id: number }, other: { id: number }) => one.id - other.id;
const rowsOf = ({ dirty }: Result, table: string) =>
  dirty
    .filter((row) => row.table === table)
    .map(({ id, reason, isHeld }) => ({ id, reason, isHeld }))
    .sort(byId);

beforeAll(async () => {
  [old, database] = [await startPredecessor({ postgresPort: port, count: 700 }), await cloneTemplate(port)];
});
afterAll(async () => {
  await database.drop();
  await old.drop();
});

describe("the predecessor's database", () => {
  it("says dry what would come, and leaves nothing behind", async () => {
    const before = await everything();
    const { brought } = await migrateInto(database, old, { isDry: true });
    expect(brought).toEqual({
      businesses: 3,
      users: 5,
      receipts: old.made.receipts,
      held: old.made.held,
      reports: 2,
    });
    expect(await everything()).toEqual(before);
  });

  it("goes on where a killed run stopped", async () => {
    let readings = 0;
    const killed = migrateInto(database, old, {
      change: (source) => ({
        ...source,
        activitiesOf: (ids) => {
          readings += 1;
          if (readings === 2) throw new Error("killed");
          return source.activitiesOf(ids);
        },
      }),
    });
    await expect(killed).rejects.toThrow("killed");
    const [before] = await database.owner`select count(*)::int as rows from submissions`;
    expect(before?.rows).toBe(200);
    result = await migrateInto(database, old);
    expect(result.known).toMatchObject({ businesses: 1, users: 5 });
    expect(result.brought.receipts + result.brought.held + 200).toBe(old.made.receipts + old.made.held);
  });

  it("has brought what is clean, and says of every other row why not", async () => {
    const [counts] = await database.owner`
      select (select count(*)::int from receipts where source = 'imported') as receipts,
        (select count(*)::int from submissions where state = 'receipt-missing') as held,
        (select count(*)::int from submissions where state not in ('fiscalised', 'receipt-missing')) as others,
        (select count(*)::int from write_backs) + (select count(*)::int from attempts)
          + (select count(*)::int from graphile_worker._private_jobs) as invented`;
    expect(counts).toEqual({ receipts: old.made.receipts, held: old.made.held, others: 0, invented: 0 });
    expect(rowsOf(result, "webhook_activities")).toEqual(old.made.expected.toSorted(byId));
  });

  it("changes nothing when it is brought again", async () => {
    const before = await everything();
    const again = await migrateInto(database, old);
    expect(await everything()).toEqual(before);
    expect(again.brought).toEqual({ businesses: 0, users: 0, receipts: 0, held: 0, reports: 0 });
    expect(again.dirty.length).toBe(result.dirty.length);
  });

  it("seeds each device's counter above every number ever used, and makes up nothing else of it", async () => {
    const rows = await database.owner`
      select tin, status, bhf_id, base_url, device_serial, last_invoice_number::text as number, initialised_on
      from branches join businesses on businesses.id = business_id order by tin`;
    const unknown = { base_url: null, device_serial: null, initialised_on: null };
    expect([...rows]).toEqual(
      OLD_TINS.map((tin, index) => ({
        ...{ tin, status: index === 1 ? "inactive" : "active", bhf_id: "00", ...unknown },
        number: String(Math.max(old.made.highest.get(tin) ?? 0, 77_777_777)),
      })),
    );
    expect(rowsOf(result, "businesses").map(({ reason }) => reason)).toEqual([
      "device-address-invalid",
      "organization-invalid",
      "tin-invalid",
    ]);
  });

  it("maps roles, and lists whom it cannot place", async () => {
    const users = await database.owner`
      select name, email, role, status, password_hash is not null as signs_in from users order by number`;
    const signs_in = true;
    expect([...users]).toEqual([
      { name: "aline", email: "aline@old.example", role: "business_admin", status: "active", signs_in },
      { name: "eric", email: "eric@old.example", role: "business_user", status: "active", signs_in },
      { name: "olivier", email: "olivier@old.example", role: "business_user", status: "active", signs_in },
      { name: "gone", email: "gone@old.example", role: "business_user", status: "inactive", signs_in },
      { name: "odd", email: "odd@old.example", role: "business_user", status: "active", signs_in: false },
    ]);
    const names = new Map(
      (await old.sql`select id, username from users`).map(({ id, username }) => [id, username]),
    );
    const said = rowsOf(result, "users").map(({ id, reason }) => [names.get(id), reason]);
    expect(Object.fromEntries(said)).toEqual(DIRTY_USERS);
  });

  it("keeps closed days as they were printed", async () => {
    const days = await database.owner`
      select number, day::text, figures->>'total_sales' as sales from imported_day_reports order by number`;
    expect([...days]).toEqual([
      { number: 41, day: "2024-11-01", sales: "1234.50" },
      { number: 42, day: "2024-11-02", sales: "1234.50" },
    ]);
    expect(rowsOf(result, "daily_reports").map(({ reason }) => reason)).toEqual([
      "report-not-closed",
      "report-number-twice",
      "report-number-twice",
    ]);
  });

  it("is taken back as a whole, and comes again", async () => {
    // Compared with the books since.
    await database.owner`
      with sold as (select business_id, id from submissions limit 1),
      run as (insert into reconciliations (business_id, created_at, from_day, to_day, outcome, ended_at)
        select business_id, now(), '2024-11-01', '2024-11-30', 'completed', now() from sold returning business_id, id),
      seen as (insert into reconciled_documents (business_id, document_kind, zoho_document_id, reconciliation_id,
          submission_id, read_at, seen)
        select run.business_id, 'invoice', '1', run.id, sold.id, now(), '{}' from run, sold)
      insert into differences (business_id, kind, subject, submission_id, detail, found_sha256, first_seen, reconciliation_id)
        select run.business_id, 'gone-after-signing', 'invoice:1', sold.id, '{}', '', now(), run.id from run, sold`;
    const undone = await undoImports(database.urls.owner);
    expect(undone).toEqual({
      businesses: 3,
      submissions: old.made.receipts + old.made.held,
      users: 5,
      usersKept: 0,
    });
    const [left] = await database.owner`
      select (select count(*)::int from submissions) + (select count(*)::int from receipts)
        + (select count(*)::int from users) + (select count(*)::int from imported_day_reports)
        + (select count(*)::int from predecessor_rows) + (select count(*)::int from branches) as rows,
        (select count(*)::int from businesses where status = 'active') as active`;
    expect(left).toEqual({ rows: 0, active: 0 });
    expect((await migrateInto(database, old)).brought).toMatchObject({
      businesses: 3,
      receipts: old.made.receipts,
      held: old.made.held,
    });
  });
});
