import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import postgres from "postgres";

const folder = fileURLToPath(new URL("../../../drizzle/", import.meta.url));

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

/** A connection that breaks while idle ends the migration; run again, it goes on where it was. */
function endMigration(error: Error): never {
  throw error;
}
