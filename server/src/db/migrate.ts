import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import postgres from "postgres";
import * as z from "zod";

const folder = fileURLToPath(new URL("../../../drizzle/", import.meta.url));
const NOTHING = "0000";

/**
 * Brings a database to the current schema: roles, our tables, the queue engine's own, and the one function by which a
 * business transaction reaches the queue. Repeatable; `ownerUrl` may create roles, `queueUrl` logs in as the queue's.
 */
export async function migrateDatabase(urls: { ownerUrl: string; queueUrl: string }): Promise<void> {
  const owner = postgres(urls.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await owner.unsafe(await readFile(`${folder}roles.sql`, "utf8"));
    await migrate(drizzle(owner), { migrationsFolder: folder });
  } finally {
    await owner.end();
  }
  const queue = new pg.Pool({ connectionString: urls.queueUrl, max: 1 });
  queue.on("error", endMigration);
  queue.on("connect", (client) => client.on("error", endMigration));
  try {
    await runMigrations({ pgPool: queue });
    await queue.query(await readFile(`${folder}queue.sql`, "utf8"));
  } finally {
    await queue.end();
  }
}

const Journal = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) });

/**
 * Takes back, newest first and each in a transaction of its own, what came after the migration of this number, naming each
 * once it is; `0000` leaves an empty database. Data that only the newer schema can hold is lost; it stops where that
 * would be a receipt. Roles and the queue's tables stay.
 */
export async function* migrateDown(ownerUrl: string, downTo: string): AsyncGenerator<string> {
  const { entries } = Journal.parse(JSON.parse(await readFile(`${folder}meta/_journal.json`, "utf8")));
  if (downTo !== NOTHING && !entries.some(({ tag }) => tag.startsWith(`${downTo}_`))) {
    throw new Error(`no migration ${downTo}`);
  }
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    for (const { tag, when } of entries.toReversed()) {
      if (tag.slice(0, NOTHING.length) <= downTo) break;
      const text = await readFile(`${folder}down/${tag}.sql`, "utf8");
      if (await owner.begin((sql) => undo(sql, text, when))) yield tag;
    }
  } finally {
    await owner.end();
  }
}

/** False when the database does not have the migration. */
async function undo(sql: postgres.TransactionSql, text: string, when: number): Promise<boolean> {
  const applied = await sql`delete from drizzle.__drizzle_migrations where created_at = ${when}`;
  if (applied.count === 0) return false;
  await sql.unsafe(text);
  return true;
}

/** A connection that breaks while idle ends the migration; run again, it goes on where it was. */
function endMigration(error: Error): never {
  throw error;
}
