import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PNPM = "pnpm@12.21.0";
const TOOL = "zoho-extension-toolkit";
const RUN_MS_MAX = 60_000;
const windows = process.platform === "win32";
const folder = fileURLToPath(new URL("../zet/", import.meta.url));
const modules = join(folder, "node_modules");

/**
 * Zoho's own tool on the staged extension. Its 276 packages have a folder and a lock file of their own and run no
 * script at installation: nothing else of the project may resolve to one of them.
 */
export function runZet(
  command: "validate" | "pack",
  { staged, home }: { staged: string; home: string },
): void {
  if (!isInstalled()) install();
  // It leaves a log and a note of its last look for updates in the home folder.
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, NO_UPDATE_NOTIFIER: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(modules, TOOL, "index.js"), command], {
    ...{ cwd: staged, env, encoding: "utf8", timeout: RUN_MS_MAX },
  });
  const said = `${stdout}${stderr}`;
  // It ends with 0 after leaving a file out.
  if (status !== 0 || /not allowed in Sigma/i.test(said)) throw new Error(`zet ${command}:\n${said}`);
}

function isInstalled(): boolean {
  const manifest = join(modules, TOOL, "package.json");
  if (!existsSync(manifest)) return false;
  const { devDependencies } = readJson(join(folder, "package.json"));
  return readJson(manifest).version === devDependencies?.[TOOL];
}

/** Beside its place, then moved there: two who pack at once must not install into one folder. */
function install(): void {
  const beside = mkdtempSync(join(folder, "install-"));
  try {
    for (const file of ["package.json", "pnpm-lock.yaml"])
      copyFileSync(join(folder, file), join(beside, file));
    const args = ["-y", PNPM, "install", "--frozen-lockfile", "--ignore-workspace", "--ignore-scripts"];
    const installed = spawnSync("npx", args, { cwd: beside, encoding: "utf8", shell: windows });
    if (installed.status !== 0)
      throw new Error(`Zoho's tool could not be installed:\n${installed.stdout}${installed.stderr}`);
    if (isInstalled()) return;
    rmSync(modules, { recursive: true, force: true });
    renameSync(join(beside, "node_modules"), modules);
  } catch (error) {
    if (!isInstalled()) throw error;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

type PackageJson = { version?: string; devDependencies?: Record<string, string> };
const readJson = (file: string) => JSON.parse(readFileSync(file, "utf8")) as PackageJson;
