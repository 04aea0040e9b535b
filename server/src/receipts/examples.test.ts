import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseExactJson } from "../fiscal/exact-json.ts";
import { type PreviewResult, previewCase } from "./preview.ts";

/** A new example is a new `.zoho.json`; `-u` writes its `.vsdc.json`, the diff is reviewed (docs/preview.md#examples). */
const FOLDER = new URL("../../test/examples/", import.meta.url);
const NOW = "2026-11-21T09:30:00+02:00";

interface Example {
  shows: string;
  business?: JsonObject;
  document: JsonObject;
  entry?: JsonObject;
}
interface JsonObject {
  [key: string]: unknown;
}

const business = readExact("business.json") as JsonObject;
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".zoho.json"))
  .map((file) => file.replace(".zoho.json", ""));

it.each(names)("%s", async (name) => {
  const example = readExact(`${name}.zoho.json`) as Example;
  expect(example.shows).toMatch(/^[A-Z0-9'].+\.$/);
  const text = JSON.stringify({
    business: patched(business, example.business ?? {}),
    document: example.document,
    entry: example.entry ?? {},
    now: NOW,
  });
  const result = previewCase(text, never);
  await expect(printed(result)).toMatchFileSnapshot(new URL(`${name}.vsdc.json`, FOLDER).pathname);
});

it("keeps no answer without its example", () => {
  const answers = readdirSync(FOLDER).filter((file) => file.endsWith(".vsdc.json"));
  const orphans = answers.filter((file) => !names.includes(file.replace(".vsdc.json", "")));
  expect(orphans).toEqual([]);
});

function readExact(file: string): unknown {
  return parseExactJson(readFileSync(new URL(file, FOLDER), "utf8"));
}

/** JSON merge patch, RFC 7396: objects are merged, null removes, anything else replaces. */
function patched(target: JsonObject, patch: JsonObject): JsonObject {
  const result = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    const before = result[key];
    if (value === null) delete result[key];
    else result[key] = isObject(value) ? patched(isObject(before) ? before : {}, value) : value;
  }
  return result;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Codes and lines only: a change of words changes no example. */
function printed(result: PreviewResult): string {
  if (result.ok) {
    return `{\n  "ok": true,\n  "path": ${JSON.stringify(result.path)},\n  "request": ${indented(result.requestText)}\n}\n`;
  }
  if (!("problems" in result)) throw new Error(`not a case: ${JSON.stringify(result.caseErrors)}`);
  const problems = result.problems.map(({ code, lines }) => `    ${JSON.stringify({ code, lines })}`);
  return `{\n  "ok": false,\n  "problems": [\n${problems.join(",\n")}\n  ]\n}\n`;
}

/** Indented for reading; every number keeps its literal. */
function indented(requestText: string): string {
  const parse = JSON.parse as (
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ) => unknown;
  const exact = parse(requestText, (_key, value, { source }) =>
    typeof value === "number" && source !== undefined ? JSON.rawJSON(source) : value,
  );
  return JSON.stringify(exact, null, 2).replaceAll("\n", "\n  ");
}

function never(): Date {
  throw new Error("an example has its own now");
}
