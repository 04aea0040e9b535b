import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { childEnv } from "../../sandbox/src/stage/child-env.ts";
import { type ServerProgram, serverProgram } from "../../sandbox/src/stage/server-program.ts";
import { runAdmin } from "../src/admin/run-admin.ts";
import type { TestDatabase } from "./database.ts";

export const PASSWORD = "seven boats at dawn";

export interface Said {
  exitCode: number | null;
  out: string;
  complaints: string;
}

/** `npm run admin` in this process, with a terminal of ours. */
export async function runCommand(
  { urls }: Pick<TestDatabase, "urls">,
  words: string[],
  { readPassword = async () => PASSWORD, ownerUrl = urls.owner } = {},
): Promise<Said> {
  const said = { out: "", complaints: "" };
  const exitCode = await runAdmin(
    {
      terminal: {
        print: (line) => {
          said.out += `${line}\n`;
        },
        complain: (line) => {
          said.complaints += `${line}\n`;
        },
        readPassword,
      },
      clock: () => new Date(),
      ownerUrl: () => ownerUrl,
      databaseSettings: () => ({ DATABASE_URL: urls.app, DATABASE_PREPARE: true }),
    },
    words,
  );
  return { exitCode, ...said };
}

/** A program of the server's, as npm runs it. */
export async function runProgram(
  program: ServerProgram,
  words: string[],
  { stdin = "", env = {} } = {},
): Promise<Said> {
  const child = spawn(process.execPath, [serverProgram(program), ...words], {
    env: childEnv(env),
    stdio: "pipe",
  });
  child.stdin.on("error", () => {});
  child.stdin.end(stdin);
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const [out, complaints, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { exitCode, out, complaints };
}
