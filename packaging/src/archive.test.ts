import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, expect, it } from "vitest";
import { readFolder, readZip, writeFiles, zipProblems } from "./archive.ts";

const folder = mkdtempSync(join(tmpdir(), "fiscalise-archive-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bytes = (text: string) => new TextEncoder().encode(text);
const staged = new Map([
  ["plugin-manifest.json", bytes("{}")],
  ["app/a.js", bytes("a")],
]);

it("reads back from a package what was packed, and from a folder what was unpacked", () => {
  const zip = join(folder, "a.zip");
  writeFileSync(zip, zipSync(Object.fromEntries(staged)));
  const packed = readZip(zip);
  expect(zipProblems(packed, staged)).toEqual([]);
  writeFiles(packed, join(folder, "a"));
  expect(readFileSync(join(folder, "a/app/a.js"), "utf8")).toBe("a");
  expect(zipProblems(readFolder(join(folder, "a")), staged)).toEqual([]);
});

it("names what a package lacks, has too much, or has otherwise", () => {
  const packed = new Map([
    ["app/a.js", bytes("b")],
    ["app/key.txt", bytes("secret")],
  ]);
  expect(zipProblems(packed, staged)).toEqual([
    "plugin-manifest.json: not in the package",
    "app/a.js: other bytes in the package",
    "app/key.txt: not ours, yet in the package",
  ]);
});

it("writes nothing outside of its folder", () => {
  const outside = new Map([["../outside.js", bytes("x")]]);
  expect(() => writeFiles(outside, join(folder, "a"))).toThrow("leads out of the folder");
  expect(existsSync(join(folder, "outside.js"))).toBe(false);
});
