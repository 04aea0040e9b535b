import { appendFile, writeFile } from "node:fs/promises";
import { Command, CommanderError, Option } from "commander";
import { saidOfError, understood } from "./admin/error-text.ts";
import { readImportConfig, readOwnerConfig } from "./config.ts";
import { undoImports } from "./db/undo-imports.ts";
import { openDatabase } from "./db/with-business.ts";
import { Failure, messageOf } from "./failure.ts";
import { describeError } from "./log.ts";
import { paperOf } from "./paper.ts";
import { migratePredecessor } from "./predecessor/migrate.ts";
import { csvOf, type Result, summaryOf } from "./predecessor/report.ts";
import { openSource } from "./predecessor/source.ts";

/** `npm run migrate-predecessor`: docs/migration.md. Exit code 0: done; 1: done, and rows are to be looked at; 2: not understood, or it failed. */
interface Given {
  from?: string;
  report?: string;
  dryRun?: true;
  undo?: true;
  json?: true;
}

process.exitCode = await run(process.argv.slice(2));

async function run(words: string[]): Promise<number> {
  try {
    const given = readWords(words);
    return given.undo ? await undo(given) : await migrate(given);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    complain(saidOfError(understood(error), words));
    return 2;
  }
}

function readWords(words: string[]): Given {
  const program = new Command("migrate-predecessor")
    .description("brings what the older system left, or takes it back: docs/migration.md")
    .option("--from <url>", "the predecessor's database, as postgres://…; it is only read")
    .option("--report <file>", "rows to be looked at: as CSV, or with the counts when it ends in .json")
    .option("--dry-run", "say what would come, write nothing")
    .addOption(new Option("--undo", "take it all back").conflicts(["from", "report", "dryRun"]))
    .option("--json", "print JSON")
    .allowExcessArguments(false)
    .exitOverride()
    // Said by whoever reads them.
    .configureOutput({ writeErr: () => {} });
  return program.parse(words, { from: "user" }).opts<Given>();
}

async function migrate(given: Given): Promise<number> {
  const from = addressIn(given);
  const config = readImportConfig();
  const database = openDatabase({
    url: config.DATABASE_URL,
    prepare: config.DATABASE_PREPARE,
    connectionsMax: 2,
  });
  const source = openSource(from);
  try {
    await database.assertRoleIsConfined();
    await source.assertIsThere();
    await assertWritable(given.report);
    const { withBusiness } = database;
    const deps = { source, withBusiness, paper: paperOf(config), clock: () => new Date() };
    const isDry = given.dryRun ?? false;
    const result = await migratePredecessor(deps, { isDry }).catch(describe);
    if (result === null) return 2;
    if (given.report !== undefined) await writeFile(given.report, reportOf(given.report, result));
    say(given.json ? JSON.stringify(result) : summaryOf(result, isDry));
    return result.dirty.length > 0 ? 1 : 0;
  } finally {
    await source.close();
    await database.close();
  }
}

/** What it holds, a password among it, is not repeated. @throws Failure input-invalid */
function addressIn({ from }: Given): string {
  if (from === undefined)
    throw new Failure("input-invalid", "--from <url> is missing, or --undo; see --help");
  if (!/^postgres(ql)?:$/.test(URL.parse(from)?.protocol ?? ""))
    throw new Failure("input-invalid", "--from is no address that begins with postgres://");
  return from;
}

/** Before hours of work, not after them. @throws Failure input-invalid */
async function assertWritable(report: string | undefined): Promise<void> {
  if (report === undefined) return;
  try {
    await appendFile(report, "");
  } catch (error) {
    throw new Failure("input-invalid", `--report: ${messageOf(error)}`);
  }
}

/** In the middle of others' rows an error's own text may repeat them: where it happened is enough. */
function describe(error: unknown): null {
  complain(JSON.stringify(describeError(error)));
  return null;
}

function reportOf(file: string, result: Result): string {
  return file.endsWith(".json") ? JSON.stringify(result, null, 2) : csvOf(result.dirty);
}

async function undo({ json }: Given): Promise<number> {
  const undone = await undoImports(readOwnerConfig().OWNER_DATABASE_URL);
  if (json) say(JSON.stringify({ undone }));
  else if (undone) for (const [what, rows] of Object.entries(undone)) say(`${what}: ${rows}`);
  else
    say(
      "nothing was undone: a migrated business has receipts of its own, or a person completed an imported one",
    );
  return undone ? 0 : 1;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}
