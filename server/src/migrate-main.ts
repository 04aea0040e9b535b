import { readMigrationConfig } from "./config.ts";
import { migrateDatabase } from "./db/migrate.ts";

/** `npm run migrate`: brings the database to the current schema; may be repeated. */
const config = readMigrationConfig();
await migrateDatabase({ ownerUrl: config.OWNER_DATABASE_URL, queueUrl: config.QUEUE_DATABASE_URL });
