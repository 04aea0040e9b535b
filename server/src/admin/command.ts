import type { Database } from "../db/with-business.ts";

/** Where the command line speaks and listens. */
export interface Terminal {
  print: (text: string) => void;
  complain: (text: string) => void;
  /** Typed unseen, or one line of a pipe; never an argument or a setting, which others can read. */
  readPassword: () => Promise<string>;
}

export interface AdminContext {
  terminal: Terminal;
  clock: () => Date;
  ownerUrl: () => string;
  /** As the server's own role; opened when first asked for and closed when the command ends. */
  database: () => Promise<Database>;
}

export interface Given {
  /** What was written in the place of `<…>`. */
  argument: string | undefined;
  /** By name in camel case; all are text, parsed by the command. */
  options: Record<string, unknown>;
}

export interface Printed {
  /** With `--json`. */
  json: unknown;
  /** For people. */
  text: string;
  /** The command ran, and what it looked at is not in order: exit code 1. */
  failed?: boolean;
}

export interface AdminCommand {
  /** As typed: `businesses show <business>`. */
  words: string;
  summary: string;
  /** Flags as `--name <text>`, with what they are for. */
  required?: Record<string, string>;
  optional?: Record<string, string>;
  run: (context: AdminContext, given: Given) => Promise<Printed>;
}
