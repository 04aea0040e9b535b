import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL("../../../drizzle/", import.meta.url));

/** The last migration of the last release, such as `0014`; while nothing is released, any may be edited in place. */
const RELEASED = "nothing is released";

const TAKES_AWAY: [RegExp, string][] = [
  [/\bdrop\s+(table|column|view|type|sequence|schema|function|policy|constraint)\b/i, "drops"],
  [/\brename\s+(column|to|constraint)\b/i, "renames"],
  [/\bset\s+not\s+null\b/i, "makes mandatory"],
  [/\balter\s+column\s+\w+\s+(set\s+data\s+)?type\b/i, "changes a type"],
  [
    /\badd\s+column\s+(?![^,;]*\bdefault\b)[^,;]*\bnot\s+null\b/i,
    "adds a mandatory column without a default",
  ],
  [/\brevoke\b/i, "revokes"],
];

/** What a server of the version before could miss (docs/decisions/028). */
function takenAway(migration: string): string[] {
  if (/^-- Contracts: \S/.test(migration)) return [];
  const statements = migration.replaceAll(/--.*$/gm, "");
  return TAKES_AWAY.filter(([pattern]) => pattern.test(statements)).map(([, what]) => what);
}

it.each([
  ["alter table receipts drop column adopted;", ["drops"]],
  ["alter table receipts rename column source to origin;", ["renames"]],
  ["alter table users alter column name set not null;", ["makes mandatory"]],
  ["alter table users alter column number type bigint;", ["changes a type"]],
  ["alter table users add column age int not null;", ["adds a mandatory column without a default"]],
  ["revoke update (state) on submissions from fiscalise_app;", ["revokes"]],
  ["alter table users add column age int not null default 0, add column b text;", []],
  ["-- drop table users\ncreate table notes (id int not null);", []],
  ["-- Contracts: 1.3 stopped reading receipts.adopted\nalter table receipts drop column adopted;", []],
])("%s", (migration, expected) => expect(takenAway(migration)).toEqual(expected));

it("no migration after the last release takes away what its servers use", () => {
  const names = readdirSync(folder).filter((name) => /^\d{4}_.*\.sql$/.test(name));
  expect(names.length).toBeGreaterThan(9);
  const later = names.filter((name) => name > RELEASED);
  const found = later.map((name) => [name, takenAway(readFileSync(folder + name, "utf8"))] as const);
  expect(found.filter(([, what]) => what.length > 0)).toEqual([]);
});
