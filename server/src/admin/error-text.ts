import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import { wordsOfComplaint } from "@fiscalise/shared/words/complaints.ts";
import { PROBLEM_WORDS } from "@fiscalise/shared/words/problems.ts";
import { CommanderError } from "commander";
import { Failure, messageOf } from "../failure.ts";

/** Where the words of the screens speak of links and pages. */
const REMEDIES: Partial<Record<ProblemCode, string>> = {
  forbidden: "Name an active super admin with --as, or use the login the command needs: docs/operations.md.",
  "not-found":
    "Check what was typed: businesses list, businesses people and list-super-admins say what there is.",
};

/** What went wrong, for standard error; as JSON where the words ask for it. */
export function saidOfError(error: unknown, words: readonly string[]): string {
  return words.includes("--json") ? JSON.stringify(errorJson(error)) : errorLines(error);
}

/** What commander, or Node's own reader of arguments, did not understand is a wrong input like any other. */
export function understood(error: unknown): unknown {
  const isOfNode =
    error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
  if (!isOfNode && !(error instanceof CommanderError)) return error;
  return new Failure("input-invalid", error.message.replace(/^error: /, "").replaceAll("\n", " "));
}

function errorJson(error: unknown) {
  if (!(error instanceof Failure)) return { error: { code: "internal-error", message: messageOf(error) } };
  const { code, details } = error;
  const { title, remedy } = wordsOf(code);
  const fields = details.fields?.map((field) => ({ ...field, message: wordsOfComplaint(field, "en") }));
  return { error: { code, title, remedy, message: error.message, ...(fields && { fields }) } };
}

function errorLines(error: unknown): string {
  // No field to mark: the message says what was typed wrong.
  const isOfWords = error instanceof Failure && error.code === "input-invalid" && !error.details.fields;
  if (!(error instanceof Failure) || isOfWords) {
    const message = messageOf(error);
    return message.startsWith("configuration:") ? message : `error: ${message}`;
  }
  const { title, remedy } = wordsOf(error.code);
  const fields = (error.details.fields ?? []).map(
    (field) => `  ${field.path}: ${wordsOfComplaint(field, "en")}`,
  );
  return [`${error.code}: ${title}. ${error.message}`, ...fields, remedy].join("\n");
}

function wordsOf(code: ProblemCode): { title: string; remedy: string } {
  const { title, remedy } = PROBLEM_WORDS[code].en;
  return { title, remedy: REMEDIES[code] ?? remedy };
}
