import { parseArgs } from "node:util";
import { readMigrationConfig, readOwnerConfig } from "./config.ts";
import { migrateDatabase, migrateDown } from "./db/migrate.ts";
import { messageOf } from "./failure.ts";

/**
 * `npm run migrate`: brings the database to the current schema; may be repeated. `-- --down-to 0001` takes back what
 * came after. Exit code 0: done; 1: it stopped, what was done before stays; say it again once the reason is gone.
 */
try {
  const downTo = parseArgs({ options: { "down-to": { type: "string" } } }).values["down-to"];
  await (downTo === undefined ? up() : down(downTo));
} catch (error) {
  process.stderr.write(`error: ${messageOf(error)}\n`);
  process.exitCode = 1;
}

async function up(): Promise<void> {
  const { OWNER_DATABASE_URL: ownerUrl, QUEUE_DATABASE_URL: queueUrl } = readMigrationConfig();
  await migrateDatabase({ ownerUrl, queueUrl });
}

async function down(downTo: string): Promise<void> {
  let isThere = false;
  for await (const tag of migrateDown(readOwnerConfig().OWNER_DATABASE_URL, downTo)) {
    process.stdout.write(`took back ${tag}\n`);
    isThere = true;
  }
  if (!isThere) process.stdout.write("nothing to take back\n");
}
