import { createInterface } from "node:readline";
import { type Readable, Writable } from "node:stream";
import type { ComplaintCode } from "@fiscalise/shared/complaint.ts";
import { Failure } from "../failure.ts";
import type { Terminal } from "./command.ts";

const PIPED_BYTES_MAX = 4_096;

interface Streams {
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable;
  stderr: Writable;
}

/** Of a process. What is asked goes to standard error, so that standard output stays the answer. */
export function terminalOf(streams: Streams): Terminal {
  return {
    print: (text) => void streams.stdout.write(`${text}\n`),
    complain: (text) => void streams.stderr.write(`${text}\n`),
    readPassword: () => (streams.stdin.isTTY ? typedPassword(streams) : pipedPassword(streams.stdin)),
  };
}

async function typedPassword(streams: Streams): Promise<string> {
  const password = await typed(streams, "Password: ");
  const again = await typed(streams, "Again: ");
  if (again !== password) throw refused("password-differs");
  return password;
}

/** Rejects when it is given up by Ctrl-C or Ctrl-D. */
function typed({ stdin, stderr }: Streams, prompt: string): Promise<string> {
  const nowhere = new Writable({ write: (_typed, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true, historySize: 0 });
  return new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    lines.once("line", () => lines.close());
    lines.once("close", () => reject(new Error("given up")));
    stderr.write(prompt);
  }).finally(() => stderr.write("\n"));
}

async function pipedPassword(stdin: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk as Buffer);
    length += bytes.length;
    if (length > PIPED_BYTES_MAX) throw refused("password-long");
    chunks.push(bytes);
  }
  const [password = "", ...more] = Buffer.concat(chunks).toString("utf8").split(/\r?\n/);
  if (more.some((line) => line !== "")) throw refused("password-lines");
  return password;
}

function refused(code: ComplaintCode): Failure {
  return new Failure("input-invalid", "password", { fields: [{ path: "password", code }] });
}
