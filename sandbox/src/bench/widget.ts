import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type Row, withinBudget } from "./row.ts";

const BUDGET_KB = 15;
const widget = fileURLToPath(new URL("../../../widget/", import.meta.url));

/** JavaScript of a fresh build, gzip: what the first paint waits for, and everything. */
export function measureWidget(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), "fiscalise-widget-"));
  try {
    build(folder);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".js"),
    );
    const html = readFileSync(join(folder, "widget.html"), "utf8");
    const first = new Set(files.filter((name) => html.includes(basename(name))));
    for (const name of first) for (const imported of staticImports(folder, name, files)) first.add(imported);
    const kilobytes = (names: Iterable<string>) =>
      [...names].reduce((sum, name) => sum + gzipped(join(folder, name)), 0) / 1_024;
    const row = (name: string, size: number) => ({
      name: `widget JavaScript, gzip, ${name}`,
      measured: `${size.toFixed(1)} KB`,
      peer: null,
      ratio: null,
    });
    const atFirst = kilobytes(first);
    return [
      {
        ...row("at first paint", atFirst),
        budget: `≤ ${BUDGET_KB} KB`,
        verdict: withinBudget(atFirst <= BUDGET_KB),
      },
      { ...row("all languages and screens", kilobytes(files)), budget: null, verdict: "no budget" },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function build(outDir: string): void {
  const vite = join(widget, "node_modules/vite/bin/vite.js");
  const built = spawnSync(
    process.execPath,
    [vite, "build", "--outDir", outDir, "--emptyOutDir", "--logLevel", "warn"],
    {
      cwd: widget,
      env: { ...process.env, NODE_ENV: "production", VITE_API_URL: "https://api.example.org" },
      encoding: "utf8",
    },
  );
  if (built.status !== 0) throw new Error(`the widget did not build:\n${built.stdout}${built.stderr}`);
}

/** `import(…)` comes later, on demand. */
function staticImports(folder: string, name: string, files: readonly string[]): string[] {
  const text = readFileSync(join(folder, name), "utf8");
  const imported = [...text.matchAll(/\b(?:from|import)\s*"([^"]+)"/g)].map(([, path = ""]) =>
    basename(path),
  );
  return files.filter((file) => imported.includes(basename(file)));
}

function gzipped(file: string): number {
  return gzipSync(readFileSync(file), { level: 9 }).length;
}
