import { parseArgs } from "node:util";
import { readMigrationConfig, readOwnerConfig } from "./config.ts";
import { migrateDatabase, migrateDown } from "./db/migrate.ts";

/**
 * `npm run migrate`: brings the database to the current schema; may be repeated. `-- --down-to 0001` takes back what
 * came after.
 */
const downTo = parseArgs({ options: { "down-to": { type: "string" } } }).values["down-to"];
if (downTo === undefined) {
  const config = readMigrationConfig();
  await migrateDatabase({ ownerUrl: config.OWNER_DATABASE_URL, queueUrl: config.QUEUE_DATABASE_URL });
} else {
  const undone = await migrateDown(readOwnerConfig().OWNER_DATABASE_URL, downTo);
  process.stdout.write(`${undone.map((tag) => `took back ${tag}`).join("\n") || "nothing to take back"}\n`);
}
