import { Command, CommanderError } from "commander";
import { saidOfError, understood } from "./admin/error-text.ts";
import { readMigrationConfig, readOwnerConfig } from "./config.ts";
import { migrateDatabase, migrateDown } from "./db/migrate.ts";
import { messageOf } from "./failure.ts";

/**
 * `npm run migrate`: brings the database to the current schema; may be repeated. `-- --down-to 0001` takes back what
 * came after. Exit code 0: done; 1: it stopped, what was done before stays; say it again once the reason is gone;
 * 2: not understood, nothing was done.
 */
const words = process.argv.slice(2);
const program = new Command("migrate")
  .description("brings the database to the current schema; may be repeated")
  .option("--down-to <migration>", "take back what came after it, such as 0001")
  .allowExcessArguments(false)
  .exitOverride()
  // Said below.
  .configureOutput({ writeErr: () => {} });
try {
  const { downTo } = program.parse(words, { from: "user" }).opts<{ downTo?: string }>();
  await (downTo === undefined ? up() : down(downTo));
} catch (error) {
  const isOfWords = error instanceof CommanderError;
  if (!isOfWords || error.exitCode !== 0) {
    const said = isOfWords ? saidOfError(understood(error), words) : `error: ${messageOf(error)}`;
    process.stderr.write(`${said}\n`);
    process.exitCode = isOfWords ? 2 : 1;
  }
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
