import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { findLeaks } from "./catalog/find-leaks.ts";
import { cloneTemplate, type TestDatabase } from "./database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneTemplate(inject("postgresPort"));
});
afterAll(() => database.drop());

it("nothing in the catalog breaks isolation, but for what catalog/allowed.ts gives a reason for", async () => {
  expect(await findLeaks(database.owner)).toEqual([]);
});

describe("the rules of the catalog find", () => {
  const table = (name: string) =>
    `create table ${name} (business_id uuid not null references businesses, id uuid, primary key (business_id, id));
     alter table ${name} enable row level security; alter table ${name} force row level security;
     create policy own_business on ${name} using (business_id = current_business())
       with check (business_id = current_business());`;
  const gate = "create function gate.peek() returns bigint language sql security definer";
  const breaks: [string, string, RegExp][] = [
    ["a table without a business", "create table notes (id int)", /^table notes names no business/],
    [
      "a table without row-level security",
      "create table notes (business_id uuid not null)",
      /^table notes: row-level security is not enabled/,
    ],
    [
      "a table that binds all but its owner",
      `${table("notes")} alter table notes no force row level security`,
      /^table notes: row-level security is not forced/,
    ],
    [
      "a table without a policy",
      `${table("notes")} drop policy own_business on notes`,
      /^table notes has no policy own_business/,
    ],
    [
      "rows of nobody",
      `${table("notes")} alter table notes drop constraint notes_pkey, alter column business_id drop not null`,
      /^notes.business_id may be null/,
    ],
    ["a table of the server's role", "alter table items owner to fiscalise_app", /^items is owned by/],
    ["a table in another schema", "create table gate.notes (id int)", /^r gate.notes stands outside/],
    ["a table below another", "create table more () inherits (items)", /^table more inherits/],
    ["a policy for one role", "create policy all_of_it on items to fiscalise_app using (true)", /all_of_it/],
    ["a second policy", "create policy all_of_it on items using (true)", /^policy all_of_it on items/],
    [
      "a policy that does not check what is written",
      "alter policy own_business on items with check (true)",
      /^policy own_business on items/,
    ],
    [
      "a policy that shows more",
      "alter policy own_business on items using (business_id = current_business() or true)",
      /^policy own_business on items/,
    ],
    ["a view that runs as its owner", "create view all_items as select * from items", /^view all_items/],
    [
      "a stored view",
      "create materialized view all_items as select * from items",
      /^materialized view all_items/,
    ],
    ["a key over all businesses", "create unique index one_name on items (name)", /^unique key one_name/],
    [
      "a reference into another business",
      "alter table logos add column user_id uuid references users",
      /^foreign key logos_user_id_fkey/,
    ],
    ["a grant to everybody", "grant select on items to public", /^select on items to PUBLIC/],
    [
      "a grant of a column",
      "grant select (name) on businesses to fiscalise_queue",
      /^select \(name\) on businesses/,
    ],
    ["a grant to the gate", "grant select on items to fiscalise_gate", /^select on items to fiscalise_gate/],
    ["a right to pass on", "grant select on items to fiscalise_app with grant option", /with grant option/],
    ["a right to delete", "grant delete on receipts to fiscalise_app", /^delete on receipts/],
    ["a right to empty a table", "grant truncate on items to fiscalise_app", /^truncate on items/],
    [
      "a right on the queue",
      "grant select on graphile_worker._private_jobs to fiscalise_app",
      /_private_jobs/,
    ],
    ["a right on a sequence", "grant all on sequence attempts_id_seq to fiscalise_app", /on attempts_id_seq/],
    ["an audit that can be changed", "grant update (detail) on audit_events to fiscalise_app", /may change/],
    [
      "grants on what is yet to be made",
      "alter default privileges in schema public grant select on tables to public",
      /^default privileges/,
    ],
    [
      "a function that runs as the owner",
      `${gate} set search_path = '' as 'select count(*) from public.items'; revoke all on function gate.peek() from public`,
      /^gate.peek\(\) runs as postgres/,
    ],
    [
      "a function that everybody may call",
      `${gate} set search_path = '' as 'select count(*) from public.items'`,
      /^PUBLIC may execute gate.peek/,
    ],
    [
      "a function that trusts the search path",
      `${gate} as 'select 1::bigint'`,
      /^gate.peek\(\) has its caller's search path/,
    ],
    [
      "another function of the gate",
      "alter function gate.is_super_admin(uuid) owner to postgres",
      /runs as postgres/,
    ],
    [
      "a trigger",
      "create trigger x after insert on items execute function keep_sealed_event()",
      /^trigger x/,
    ],
    ["a rule", "create rule x as on delete to items do also nothing", /^rule x/],
    ["a role that bypasses", "alter role fiscalise_app bypassrls", /^role fiscalise_app bypasses/],
    ["a gate that logs in", "alter role fiscalise_gate login", /^role fiscalise_gate logs in/],
    ["a membership", "grant fiscalise_gate to fiscalise_app", /^fiscalise_app is a member of fiscalise_gate/],
    ["another role of ours", "create role fiscalise_report login", /^role fiscalise_report is not expected/],
    [
      "a setting of a role",
      "alter role fiscalise_app set app.business_id = '00000000-0000-4000-8000-000000000000'",
      /^role fiscalise_app has settings/,
    ],
    [
      "a schema to create in",
      "grant create on schema public to fiscalise_app",
      /has create on schema public/,
    ],
    ["a schema to look into", "grant usage on schema graphile_worker to fiscalise_app", /graphile_worker/],
    [
      "a database to create in",
      "grant temporary on database fiscalise_template to fiscalise_app",
      /has temporary/,
    ],
    [
      "a grant of the server's files",
      "grant execute on function pg_read_file(text) to fiscalise_app",
      /^rights on pg_read_file\(text\)/,
    ],
    ["a grant of the system's tables", "grant select on pg_authid to public", /^rights on pg_authid/],
    [
      "a grant of one of their columns",
      "grant select (rolpassword) on pg_authid to fiscalise_app",
      /^rights on rolpassword of pg_authid/,
    ],
    ["a copy by replication", "create publication everything for all tables", /^publication everything/],
    ["an extension", "create extension postgres_fdw", /^extension postgres_fdw/],
  ];

  it.each(breaks)("%s", async (_what, change, said) => {
    const undo = new Error("undo");
    await database.owner
      .begin(async (tx) => {
        await tx.unsafe(change);
        expect(await findLeaks(tx)).toContainEqual(expect.stringMatching(said));
        throw undo;
      })
      .catch((error: unknown) => {
        if (error !== undo) throw error;
      });
  });
});
