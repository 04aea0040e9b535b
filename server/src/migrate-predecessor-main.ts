import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { readImportConfig, readOwnerConfig } from "./config.ts";
import { undoImports } from "./db/undo-imports.ts";
import { openDatabase } from "./db/with-business.ts";
import { describeError } from "./log.ts";
import { paperOf } from "./paper.ts";
import { migratePredecessor } from "./predecessor/migrate.ts";
import { csvOf, summaryOf } from "./predecessor/report.ts";
import { openSource } from "./predecessor/source.ts";

/** `npm run migrate-predecessor`: docs/migration.md. Exit code 0: done; 1: done, and rows are to be looked at; 2: it failed. */
const USAGE = `npm run migrate-predecessor -- --from <postgres url> [--dry-run] [--report <file>]
npm run migrate-predecessor -- --undo`;

process.exitCode = await run();

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      from: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      report: { type: "string" },
      undo: { type: "boolean", default: false },
    },
  });
  try {
    if (values.undo) return await undo();
    if (values.from !== undefined) return await migrate(values.from, values["dry-run"], values.report);
    say(USAGE);
    return 2;
  } catch (error) {
    const known = error instanceof Error && error.message.startsWith("configuration:");
    process.stderr.write(`${known ? error.message : JSON.stringify(describeError(error))}\n`);
    return 2;
  }
}

async function migrate(from: string, isDry: boolean, report: string | undefined): Promise<number> {
  const config = readImportConfig();
  const database = openDatabase({
    url: config.DATABASE_URL,
    prepare: config.DATABASE_PREPARE,
    connectionsMax: 2,
  });
  const source = openSource(from);
  try {
    await database.assertRoleIsConfined();
    const { withBusiness } = database;
    const deps = { source, withBusiness, paper: paperOf(config), clock: () => new Date() };
    const result = await migratePredecessor(deps, { isDry });
    if (report !== undefined)
      await writeFile(
        report,
        report.endsWith(".json") ? JSON.stringify(result, null, 2) : csvOf(result.dirty),
      );
    say(summaryOf(result, isDry));
    return result.dirty.length > 0 ? 1 : 0;
  } finally {
    await source.close();
    await database.close();
  }
}

async function undo(): Promise<number> {
  const undone = await undoImports(readOwnerConfig().OWNER_DATABASE_URL);
  if (!undone) {
    say(
      "nothing was undone: a migrated business has receipts of its own, or a person completed an imported one",
    );
    return 1;
  }
  for (const [what, rows] of Object.entries(undone)) say(`${what}: ${rows}`);
  return 0;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
