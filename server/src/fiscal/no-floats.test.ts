import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const FLOATS = /\b(?:parseFloat|parseInt|Number|toNumber|toPrecision|toExponential|valueOf)\(|\bMath\.\w+/g;

/** Days, characters, digits, milliseconds and levels of a list: counts, never amounts. */
const COUNTS: Record<string, string[]> = {
  "fiscal/calendar.ts": ["Math.round"],
  "fiscal/decimal.ts": ["Math.max"],
  "fiscal/submission-life.ts": ["Math.min", "Math.min"],
  "vsdc/rwanda/line-arithmetic.ts": ["Math.max"],
  "vsdc/rwanda/set-up.ts": ["Number("],
};

const FOLDER = new URL("../", import.meta.url);
const rules = ["fiscal", "vsdc/rwanda"].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, FOLDER))
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => `${folder}/${file}`),
);

it.each([...rules, "zoho/fields.ts", "zoho/invoice.ts"])("no amount of %s passes through a float", (file) => {
  const source = readFileSync(new URL(file, FOLDER), "utf8");
  expect(source.match(FLOATS) ?? []).toEqual(COUNTS[file] ?? []);
});
