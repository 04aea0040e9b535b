import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { childEnv } from "../../sandbox/src/stage/child-env.ts";
import { serverProgram } from "../../sandbox/src/stage/server-program.ts";
import { endSuperAdmin, resetSuperAdmin, viewSuperAdmins } from "../src/admin/change-super-admins.ts";
import { createSuperAdmin } from "../src/admin/create-super-admin.ts";
import { migrateDatabase, migrateDown as takeBack } from "../src/db/migrate.ts";
import { fillOtherTables, insertSuperAdmin, listTables } from "./every-table.ts";
import { fillAsPreviousRelease, SHOPS } from "./previous-release.ts";
import { schemaText } from "./schema-text.ts";

const DRIZZLE = fileURLToPath(new URL("../../drizzle/", import.meta.url));
const port = inject("postgresPort");
const urlOf = (database: string, role: string) => `postgres://${role}@127.0.0.1:${port}/${database}`;
const connect = (url: string) => postgres(url, { max: 1, onnotice: () => {} });

const migrateDown = (ownerUrl: string, downTo: string) => Array.fromAsync(takeBack(ownerUrl, downTo));
const MAIN = serverProgram("migrate-main");

interface Journal {
  entries: { tag: string; when: number }[];
}
const journal = JSON.parse(await readFile(`${DRIZZLE}meta/_journal.json`, "utf8")) as Journal;
const tags = journal.entries.map(({ tag }) => tag);
const numberOf = (tag: string) => tag.slice(0, 4);

/** As the release did that ended with this migration. */
async function migrateUpTo(owner: postgres.Sql, tag: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "fiscalise-migrations-"));
  await cp(DRIZZLE, folder, { recursive: true });
  const entries = journal.entries.slice(0, tags.indexOf(tag) + 1);
  await writeFile(join(folder, "meta/_journal.json"), JSON.stringify({ ...journal, entries }));
  await owner.unsafe(await readFile(`${DRIZZLE}roles.sql`, "utf8"));
  await migrate(drizzle(owner), { migrationsFolder: folder });
  await rm(folder, { recursive: true });
}

interface Filled {
  owner: postgres.Sql;
  ownerUrl: string;
  /** Sees everything, to assert on. */
  superuser: postgres.Sql;
  up: () => Promise<void>;
  close: () => Promise<void>;
}

/** An empty database whose owner is the cluster's superuser, or a plain login that may only create roles. */
async function emptyDatabase(kind: "superuser" | "plain"): Promise<Filled> {
  const name = `migrate_${randomBytes(6).toString("hex")}`;
  const role = kind === "plain" ? `owner_${name}` : "postgres";
  const cluster = connect(urlOf("postgres", "postgres"));
  if (kind === "plain") {
    await cluster.unsafe(`create role ${role} login createrole; grant fiscalise_gate to ${role}`);
  }
  await cluster.unsafe(`create database ${name} owner ${role}`);
  const ownerUrl = urlOf(name, role);
  const queueUrl = urlOf(name, "fiscalise_queue");
  const [owner, superuser] = [connect(ownerUrl), connect(urlOf(name, "postgres"))];
  return {
    owner,
    ownerUrl,
    superuser,
    up: () => migrateDatabase({ ownerUrl, queueUrl }),
    close: async () => {
      await Promise.all([owner.end(), superuser.end()]);
      await cluster.unsafe(`drop database ${name} with (force)`);
      if (kind === "plain") await cluster.unsafe(`drop role ${role}`);
      await cluster.end();
    },
  };
}

const rowsOfFirstRelease = async (sql: postgres.Sql) => ({
  businesses: [...(await sql`select id, name, tin, status, last_user_number from businesses order by id`)],
  users: [...(await sql`select id, business_id, number, lower(email) as email, role from users order by id`)],
  branches: [
    ...(await sql`select id, business_id, device_serial, last_invoice_number from branches order by id`),
  ],
  submissions: [
    ...(await sql`select id, sequence, state, invoice_number, request_text from submissions order by id`),
  ],
  receipts: [...(await sql`select id, submission_id, signature, published_at from receipts order by id`)],
  audit: [...(await sql`select id, business_id, at, actor, action, detail from audit_events order by id`)],
  connections: [...(await sql`select business_id, refresh_token from zoho_connections order by business_id`)],
});

async function expectCurrentFacts(sql: postgres.Sql): Promise<void> {
  expect([...(await sql`select distinct email, status from users`)]).toEqual([
    { email: "aline@shop.example", status: "active" },
  ]);
  expect([...(await sql`select distinct buyer_name, total::text, vat::text from submissions`)]).toEqual([
    { buyer_name: "Kigali Hardware", total: "11800.50", vat: "1800.08" },
  ]);
  expect([
    ...(await sql`select distinct label, issued_on::text, total::text, vat::text from receipts`),
  ]).toEqual([{ label: "NS", issued_on: "2026-12-31", total: "11800.50", vat: "1800.08" }]);
  for (const { id } of SHOPS) {
    const chain = await sql`
      select sequence::int, previous_hash is not distinct from lag(hash) over (order by sequence) as follows,
        hash = gate.audit_hash(e, sequence, previous_hash) as holds
      from audit_events e where business_id = ${id} order by id`;
    expect([...chain]).toEqual([1, 2, 3].map((sequence) => ({ sequence, follows: true, holds: true })));
  }
}

/** What only the current schema can hold, in every table; what the first release wrote stays as it is. */
async function fillAsCurrentRelease(sql: postgres.Sql): Promise<void> {
  const { id } = SHOPS[0];
  const [row] = await sql`
    select b.id as branch, u.id as person, s.id as submission from branches b
      join users u on u.business_id = b.business_id
      join submissions s on s.business_id = b.business_id and s.state = 'fiscalised'
    where b.business_id = ${id}`;
  const [branchId, userId, submissionId] = [
    String(row?.branch),
    String(row?.person),
    String(row?.submission),
  ];
  await sql`insert into sessions (id, business_id, user_id, expires_at) values (${userId}, ${id}, ${userId}, now())`;
  await insertSuperAdmin(sql);
  await sql`insert into audit_events (business_id, actor, action, subject, detail)
    values (null, 'system', 'super-admin-created', 'user:1', '{}')`;
  await fillOtherTables(sql, { id, branchId, userId });
  await sql`insert into device_codes (business_id, branch_id, class, code, name, in_use)
    values (${id}, ${branchId}, '04', 'A', 'A-EX', true)`;
  await sql`insert into items (business_id, key) values (${id}, 'shipping')`;
  await sql`insert into item_registrations (business_id, branch_id, item_key, facts)
    values (${id}, ${branchId}, 'shipping', '{}')`;
  await sql`insert into attempts (business_id, submission_id, number, invoice_number, request_sha256, worker)
    values (${id}, ${submissionId}, 1, 1, 'sha', 'worker')`;
  await sql`insert into write_backs (business_id, submission_id, part) values (${id}, ${submissionId}, 'fields')`;
  await sql`insert into rate_limits (key) values ('key')`;
  await sql`insert into audit_anchors values (${id}, 3, 'hash', now(), 'key', 'signature')`;
  await sql`insert into database_identity values ('1', '1', 1, now())`;
  await sql`insert into pairings (id, poll_sha256, state_sha256, organization_id, expires_at)
    values (${id}, 'poll', 'state', 'org', now())`;
  for (const { name } of await listTables(sql)) {
    const [found] = await sql.unsafe(`select exists (select from "${name}") as filled`);
    expect(found?.filled, `fill ${name}`).toBe(true);
  }
  await sql`update submissions set created_by = null where business_id = ${id} and state = 'queued'`;
  await sql`update zoho_connections set status = 'disconnected', refresh_token = null where business_id = ${SHOPS[1].id}`;
}

/** By the migration that cannot be taken back then: what would lose a receipt, and how it is mended. */
const OBSTACLES: Record<string, { put: string; words: RegExp; clear: string }> = {
  "0020_predecessor": {
    put: "update submissions set imported_at = now() where state = 'queued'",
    words: /undo its migration first/,
    clear: "update submissions set imported_at = null",
  },
  "0012_receipt_source": {
    put: "update receipts set source = 'imported'",
    words: /undo the migration from the predecessor first/,
    clear: "update receipts set source = 'device'",
  },
  "0005_refunds": {
    put: `update submissions set transaction_kind = 'refund', document_kind = 'credit-note', refund_reason = '01',
      original_submission_id = id where state = 'queued'`,
    words: /there are refunds/,
    clear: `update submissions set transaction_kind = 'sale', document_kind = 'invoice', refund_reason = null,
      original_submission_id = null where state = 'queued'`,
  },
};

describe.each(["superuser", "plain"] as const)("migrations, run by a %s owner", (kind) => {
  let database: Filled;
  let first: Awaited<ReturnType<typeof rowsOfFirstRelease>>;
  const schemas = new Map<string, string[]>();
  beforeAll(async () => {
    database = await emptyDatabase(kind);
  });
  afterAll(() => database.close());

  it("bring what the first release wrote to the current schema, losing nothing", async () => {
    const { owner, superuser } = database;
    for (const tag of tags) {
      await migrateUpTo(owner, tag);
      schemas.set(tag, await schemaText(superuser));
      if (tag !== tags[0]) continue;
      await fillAsPreviousRelease(owner);
      first = await rowsOfFirstRelease(superuser);
    }
    await database.up();
    await expectCurrentFacts(superuser);
    expect(await rowsOfFirstRelease(superuser)).toEqual(first);
  });

  it("are taken back from a filled database one by one to exactly the schema before, unless a receipt would be lost", async () => {
    const { superuser, ownerUrl } = database;
    await fillAsCurrentRelease(superuser);
    const [one = "", ...later] = tags;
    for (const [index, tag] of later.entries().toArray().toReversed()) {
      const before = index === 0 ? one : (later[index - 1] ?? "");
      const obstacle = OBSTACLES[tag];
      if (obstacle) {
        await superuser.unsafe(obstacle.put);
        await expect(migrateDown(ownerUrl, numberOf(before))).rejects.toThrow(obstacle.words);
        expect(await schemaText(superuser)).toEqual(schemas.get(tag));
        await superuser.unsafe(obstacle.clear);
      }
      expect(await migrateDown(ownerUrl, numberOf(before))).toEqual([tag]);
      expect(await schemaText(superuser)).toEqual(schemas.get(before));
    }
    // An organisation that was let go has no place in the first release.
    first.connections = first.connections.filter(({ business_id }) => business_id !== SHOPS[1].id);
    expect(await rowsOfFirstRelease(superuser)).toEqual(first);
    expect([...(await superuser`select distinct status, access_token from zoho_connections`)]).toEqual([
      { status: "lost", access_token: null },
    ]);
  });

  it("go up again to the same schema and the same facts, and once more without effect", async () => {
    const { superuser } = database;
    await database.up();
    await database.up();
    expect(await schemaText(superuser)).toEqual(schemas.get(tags.at(-1) ?? ""));
    await expectCurrentFacts(superuser);
    expect(await rowsOfFirstRelease(superuser)).toEqual(first);
  });

  it("let their owner make super admins, give them another password and end them", async () => {
    const { ownerUrl } = database;
    const deps = {
      ownerUrl,
      clock: () => new Date(),
      readPassword: async () => "nine herons over the marsh",
    };
    const [divine, jean] = ["divine@provider.example", "jean@provider.example"];
    for (const email of [divine, jean])
      await createSuperAdmin(ownerUrl, { email, name: "Provider", password: "seven boats at dawn" });
    await resetSuperAdmin(deps, jean);
    await endSuperAdmin(deps, divine);
    await expect(endSuperAdmin(deps, jean)).rejects.toMatchObject({ code: "last-admin" });
    expect(await viewSuperAdmins(ownerUrl)).toMatchObject([
      { email: divine, status: "inactive" },
      { email: jean, status: "active" },
    ]);
  });

  it("leave an empty database when all are taken back, and take back nothing twice", async () => {
    const { superuser, ownerUrl } = database;
    await expect(migrateDown(ownerUrl, "0099")).rejects.toThrow("no migration 0099");
    expect(await migrateDown(ownerUrl, "0000")).toEqual(tags.toReversed());
    expect(await migrateDown(ownerUrl, "0000")).toEqual([]);
    expect((await schemaText(superuser)).filter((line) => !line.startsWith("schema public"))).toEqual([]);
  });
});

it("the command that takes migrations back says what it did before it stopped, and why, in one line", async () => {
  const { superuser, ownerUrl, up, close } = await emptyDatabase("superuser");
  await up();
  await superuser`with shop as (insert into businesses (name, tin, jurisdiction) values ('Shop', '100000001', 'RW') returning id)
    insert into branches (business_id) select id from shop`;
  const run = spawnSync(process.execPath, [MAIN, "--down-to", "0018"], {
    env: childEnv({ OWNER_DATABASE_URL: ownerUrl }),
    encoding: "utf8",
  });
  const done = tags.slice(tags.indexOf("0020_predecessor") + 1).toReversed();
  expect(run).toMatchObject({
    status: 1,
    stdout: done.map((tag) => `took back ${tag}\n`).join(""),
    stderr: expect.stringMatching(/^error: there is what the predecessor left: .*\n$/),
  });
  await close();
});

it.each([
  [["--down"], 2, /^error: unknown option '--down'.*\n$/, ""],
  [["0018"], 2, /^error: too many arguments.*\n$/, ""],
  [["--help"], 0, /^$/, "--down-to <migration>"],
])("the command says of %j in one line that nothing was done", (words, status, complaint, said) => {
  const run = spawnSync(process.execPath, [MAIN, ...words], { env: childEnv({}), encoding: "utf8" });
  expect(run).toMatchObject({ status, stderr: expect.stringMatching(complaint) });
  expect(run.stdout).toContain(said);
});
