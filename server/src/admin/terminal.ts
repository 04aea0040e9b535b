import { read } from "read";
import { Failure } from "../failure.ts";
import type { Terminal } from "./command.ts";

const PIPED_BYTES_MAX = 4_096;

/** The process's own. What is asked goes to standard error, so that standard output stays the answer. */
export const processTerminal: Terminal = {
  print: (text) => void process.stdout.write(`${text}\n`),
  complain: (text) => void process.stderr.write(`${text}\n`),
  readPassword: () => (process.stdin.isTTY ? typedPassword() : pipedPassword()),
};

async function typedPassword(): Promise<string> {
  const ask = (prompt: string) => read({ prompt, silent: true, terminal: true, output: process.stderr });
  const password = await ask("Password:");
  process.stderr.write("\n");
  const again = await ask("Again:");
  process.stderr.write("\n");
  if (again !== password) throw refused("was not typed the same twice");
  return password;
}

async function pipedPassword(): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk as Buffer);
    length += bytes.length;
    if (length > PIPED_BYTES_MAX) throw refused("is too long");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks)
    .toString("utf8")
    .replace(/\r?\n$/, "");
}

function refused(message: string): Failure {
  return new Failure("input-invalid", "password", { fields: [{ path: "password", message }] });
}
