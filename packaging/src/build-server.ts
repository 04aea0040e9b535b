import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const PNPM = "pnpm@12.21.0";
const root = fileURLToPath(new URL("../..", import.meta.url));

/** As deep as the sources, so that what they read beside themselves by a relative path is found from the bundle too. */
export const BUNDLE = "server/src/bundle";

/** What the server reads at run time, by its place from the root, to its place in the built folder. */
const READ_BESIDE: Record<string, string> = {
  drizzle: "drizzle",
  "docs/errors.md": "docs/errors.md",
  "server/src/http/reference": `${BUNDLE}/reference`,
  "server/src/pdf/fonts": `${BUNDLE}/fonts`,
};

/**
 * Builds what production runs into an empty `folder`: the server's programs as JavaScript, the files they read and, by
 * `addDependencies`, `server/node_modules`. Node strips no types inside `node_modules`, and a bundle starts faster.
 */
export async function buildServer(folder: string, addDependencies = installDependencies): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  await bundlePrograms(join(folder, BUNDLE));
  for (const [from, to] of Object.entries(READ_BESIDE)) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    cpSync(join(root, from), join(folder, to), { recursive: true });
  }
  addDependencies(folder);
}

async function bundlePrograms(dir: string): Promise<void> {
  const sources = join(root, "server/src");
  const mains = globSync(`${sources}/{main,*-main}.ts`).filter((path) => !path.endsWith("preview-main.ts"));
  const programs = [...mains, join(sources, "pdf/pdf-worker.ts")];
  await build({
    input: Object.fromEntries(programs.map((path) => [basename(path, ".ts"), path])),
    platform: "node",
    // Native code and files beside the code: what npm brings stays as npm brought it.
    external: (id) => /^[\w@]/.test(id) && !BUNDLED.test(id) && !id.startsWith(root),
    output: { dir, format: "esm", sourcemap: true, chunkFileNames: "[name]-[hash].js" },
    logLevel: "warn",
  });
}

/** Node reads a package's package.json anew for each of its modules, and drizzle's is 180 KB: half of a start. */
const BUNDLED = /^(@fiscalise\/shared|drizzle-orm)\//;

/** For this platform, as the lockfile says. */
function installDependencies(folder: string): void {
  const deployed = join(folder, "deployed");
  const args = ["-y", PNPM, "--filter", "@fiscalise/server", "deploy", "--prod", "--legacy", deployed];
  const { status } = spawnSync("npx", args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error("the dependencies were not installed");
  for (const name of ["node_modules", "package.json"])
    renameSync(join(deployed, name), join(folder, "server", name));
  rmSync(deployed, { recursive: true });
}
