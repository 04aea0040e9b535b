import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { unzipSync } from "fflate";
import type { Files } from "./manifest.ts";

/** Every file below a folder, by its path with slashes. */
export function readFolder(folder: string): Files {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
  return new Map(paths.map((path) => [path.split(sep).join("/"), readFileSync(join(folder, path))]));
}

export function readZip(zipFile: string): Files {
  const entries = Object.entries(unzipSync(readFileSync(zipFile)));
  return new Map(entries.filter(([path]) => !path.endsWith("/")));
}

/** What the package contains, beside what it ought to: each difference as a sentence. */
export function zipProblems(packed: Files, staged: Files): string[] {
  const differing = [...staged].flatMap(([path, bytes]) => {
    const own = packed.get(path);
    if (!own) return [`${path}: not in the package`];
    return Buffer.compare(own, bytes) === 0 ? [] : [`${path}: other bytes in the package`];
  });
  const foreign = [...packed.keys()].filter((path) => !staged.has(path));
  return [...differing, ...foreign.map((path) => `${path}: not ours, yet in the package`)];
}

export function writeFiles(files: Files, folder: string): void {
  const root = resolve(folder);
  for (const [path, bytes] of files) {
    const file = resolve(root, path);
    if (!file.startsWith(root + sep)) throw new Error(`${path} leads out of the folder`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}
