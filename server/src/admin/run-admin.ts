import { Command, CommanderError } from "commander";
import { type Database, openDatabase } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import type { AdminCommand, AdminContext, ArgumentsCommand, Printed, Terminal } from "./command.ts";
import { ARGUMENTS_COMMANDS, COMMANDS } from "./commands.ts";
import { saidOfError, understood } from "./error-text.ts";

export interface AdminDeps {
  terminal: Terminal;
  clock: () => Date;
  ownerUrl: () => string;
  databaseSettings: () => { DATABASE_URL: string; DATABASE_PREPARE: boolean };
}

/** Answers the exit code: 0 done, 1 refused or failed, 2 not understood. */
export async function runAdmin(deps: AdminDeps, words: readonly string[]): Promise<number> {
  const [first = "", ...others] = words;
  const own = ARGUMENTS_COMMANDS.get(first);
  return own ? runArguments(deps, own, others) : runCommand(deps, words);
}

/** 2 when it could not look, so that 1 always means: looked, and something is wrong. */
async function runArguments(
  { terminal }: AdminDeps,
  { usage, run }: ArgumentsCommand,
  words: string[],
): Promise<number> {
  if (words.includes("--help")) {
    for (const line of usage) terminal.print(line);
    return 0;
  }
  try {
    return await run(words, terminal.print);
  } catch (error) {
    terminal.complain(saidOfError(understood(error), words));
    return 2;
  }
}

async function runCommand(deps: AdminDeps, words: readonly string[]): Promise<number> {
  const { terminal } = deps;
  const asJson = words.includes("--json");
  const opened: Promise<Database>[] = [];
  const database = () => {
    const [first = open(deps)] = opened;
    if (opened.length === 0) opened.push(first);
    return first;
  };
  let exitCode = 0;
  // As JSON, what commander misses is said below.
  const voice = asJson ? { ...terminal, complain: () => {} } : terminal;
  const program = createProgram(voice, { ...deps, database }, (printed) => {
    terminal.print(asJson ? JSON.stringify(printed.json, null, 2) : printed.text);
    exitCode = printed.failed ? 1 : 0;
  });
  try {
    await program.parseAsync([...words], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const failure = understood(error);
    if (asJson || !(error instanceof CommanderError)) terminal.complain(saidOfError(failure, words));
    return failure instanceof Failure && failure.code === "input-invalid" ? 2 : 1;
  } finally {
    for (const made of opened)
      await made.then(
        ({ close }) => close(),
        () => {},
      );
  }
}

async function open({ databaseSettings }: AdminDeps): Promise<Database> {
  const settings = databaseSettings();
  const database = openDatabase({
    url: settings.DATABASE_URL,
    prepare: settings.DATABASE_PREPARE,
    connectionsMax: 2,
  });
  await database.assertRoleIsConfined();
  return database;
}

function createProgram(terminal: Terminal, context: AdminContext, done: (printed: Printed) => void): Command {
  const program = configured(new Command("admin"), terminal).description("what the provider does");
  program.addHelpText(
    "after",
    ["", ...[...ARGUMENTS_COMMANDS.values()].flatMap(({ usage }) => usage)].join("\n  "),
  );
  for (const command of COMMANDS) {
    const path = command.words.split(" ").filter((word) => !word.startsWith("<"));
    const group = path.slice(0, -1).reduce((parent, name) => groupOf(parent, name, terminal), program);
    add(group, command, terminal).action(async (...given: unknown[]) => {
      const [argument] = typeof given[0] === "string" ? [given[0]] : [];
      const made = given.at(-1) as Command;
      done(await command.run(context, { argument, options: made.opts() }));
    });
  }
  return program;
}

function groupOf(parent: Command, name: string, terminal: Terminal): Command {
  const existing = parent.commands.find((command) => command.name() === name);
  return existing ?? configured(parent.command(name), terminal);
}

function add(group: Command, command: AdminCommand, terminal: Terminal): Command {
  const words = command.words.split(" ");
  const start = words.findLastIndex((word) => !word.startsWith("<"));
  const made = configured(group.command(words.slice(start).join(" ")), terminal).description(command.summary);
  for (const [flags, about] of Object.entries(command.required ?? {})) made.requiredOption(flags, about);
  for (const [flags, about] of Object.entries(command.optional ?? {})) made.option(flags, about);
  return made.option("--json", "print JSON").allowExcessArguments(false);
}

function configured(command: Command, { print, complain }: Terminal): Command {
  return command.exitOverride().configureOutput({
    writeOut: (text) => print(text.trimEnd()),
    writeErr: (text) => complain(text.trimEnd()),
  });
}
