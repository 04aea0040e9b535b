import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { runProgram } from "./command-line.ts";
import { cloneTemplate, type TestDatabase } from "./database.ts";
import { type Predecessor, startPredecessor } from "./predecessor-stage.ts";

const port = inject("postgresPort");
let old: Predecessor;
let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  [old, database] = [await startPredecessor({ postgresPort: port, count: 40 }), await cloneTemplate(port)];
  folder = await mkdtemp(join(tmpdir(), "fiscalise-report-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.drop();
  await old.drop();
});

const command = (words: string[], env: Record<string, string> = {}) =>
  runProgram("migrate-predecessor-main", words, {
    env: {
      DATABASE_URL: database.urls.app,
      RECEIPT_QR_RW: "url",
      RECEIPT_VERIFICATION_URL_RW: "https://rra.example/?Data=",
      ...env,
    },
  });
const brought = async () => {
  const [row] = await database.owner`
    select (select count(*)::int from businesses) as businesses, (select count(*)::int from receipts) as receipts`;
  return row;
};

describe("what was typed wrong", () => {
  const SECRET = "hunter2";
  it.each([
    { words: [], says: "--from <url> is missing" },
    { words: ["--form", "postgres://x/y"], says: "unknown option '--form' (Did you mean --from?)" },
    { words: ["--from"], says: "argument missing" },
    { words: ["--from", `old:${SECRET}@host/db`], says: "postgres://" },
    { words: ["--from", "postgres://x/y", "extra"], says: "too many arguments" },
    { words: ["--undo", "--dry-run"], says: "'--undo' cannot be used with option '--dry-run'" },
    {
      words: ["--from", `postgres://reader:${SECRET}@127.0.0.1:1/old`],
      says: "--from: connect ECONNREFUSED",
    },
  ])("is said in one line for $words, with exit code 2", async ({ words, says }) => {
    const said = await command(words);
    expect(said).toMatchObject({ exitCode: 2, out: "" });
    expect(said.complaints).toMatch(/^error: [^\n]+\n$/);
    expect(said.complaints).toContain(says);
    expect(said.complaints).not.toContain(SECRET);
  });

  it("is JSON where JSON is asked for", async () => {
    const said = await command(["--bogus", "--json"]);
    expect(said).toMatchObject({ exitCode: 2, out: "" });
    expect(JSON.parse(said.complaints).error).toMatchObject({
      code: "input-invalid",
      message: "unknown option '--bogus'",
    });
  });

  it("may be another database than the predecessor's, such as ours", async () => {
    const said = await command(["--from", database.urls.owner]);
    expect(said).toMatchObject({
      exitCode: 2,
      complaints: 'error: --from: relation "webhook_activities" does not exist\n',
    });
  });

  it("may be where the report goes, and is said before anything is brought", async () => {
    const said = await command(["--from", old.url, "--report", join(folder, "absent", "dirty.csv")]);
    expect(said).toMatchObject({ exitCode: 2, out: "" });
    expect(said.complaints).toMatch(/^error: --report: ENOENT[^\n]+\n$/);
    expect(await brought()).toEqual({ businesses: 0, receipts: 0 });
  });

  it("is told from a setting that is missing", async () => {
    const said = await command(["--from", old.url], { DATABASE_URL: "" });
    expect(said).toMatchObject({ exitCode: 2, out: "" });
    expect(said.complaints).toMatch(/^configuration: DATABASE_URL: [^\n]+\n$/);
  });
});

it("prints help with exit code 0", async () => {
  const said = await command(["--help"]);
  expect(said).toMatchObject({ exitCode: 0, complaints: "" });
  for (const flag of ["--from", "--report", "--dry-run", "--undo", "--json"])
    expect(said.out).toContain(flag);
});

it("brings, reports and takes back, each with its exit code", async () => {
  const [csv, json] = [join(folder, "dirty.csv"), join(folder, "dirty.json")];
  const dry = await command(["--from", old.url, "--dry-run", "--json", "--report", json]);
  expect(dry).toMatchObject({ exitCode: 1, complaints: "" });
  const result = JSON.parse(dry.out);
  expect(result).toMatchObject({ brought: { businesses: 3, receipts: old.made.receipts } });
  expect(JSON.parse(await readFile(json, "utf8"))).toEqual(result);
  expect(await brought()).toEqual({ businesses: 0, receipts: 0 });
  const done = await command(["--from", old.url, "--report", csv]);
  expect(done).toMatchObject({ exitCode: 1, complaints: "" });
  expect(done.out).toMatch(/^businesses +3 +0$/m);
  expect((await readFile(csv, "utf8")).split("\r\n")).toHaveLength(result.dirty.length + 2);
  expect(await brought()).toEqual({ businesses: 3, receipts: old.made.receipts });
  const undone = await command(["--undo", "--json"], { OWNER_DATABASE_URL: database.urls.owner });
  expect(undone).toMatchObject({ exitCode: 0, complaints: "" });
  expect(JSON.parse(undone.out)).toMatchObject({ undone: { businesses: 3 } });
  expect(await brought()).toMatchObject({ receipts: 0 });
});
