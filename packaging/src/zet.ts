import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PNPM = "pnpm@12.21.0";
const windows = process.platform === "win32";
const folder = fileURLToPath(new URL("../zet/", import.meta.url));
const program = join(folder, "node_modules/zoho-extension-toolkit/index.js");

/**
 * Zoho's own tool on the staged extension. Its 276 packages have a folder and a lock file of their own and run no
 * script at installation: nothing else of the project may resolve to one of them.
 */
export function runZet(
  command: "validate" | "pack",
  { staged, home }: { staged: string; home: string },
): void {
  install();
  // It leaves a log and a note of its last look for updates in the home folder.
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, NO_UPDATE_NOTIFIER: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, command], {
    cwd: staged,
    env,
    encoding: "utf8",
    timeout: 60_000,
  });
  const said = `${stdout}${stderr}`;
  // It ends with 0 after leaving a file out.
  if (status !== 0 || /not allowed in Sigma/i.test(said)) throw new Error(`zet ${command}:\n${said}`);
}

function install(): void {
  if (existsSync(program)) return;
  const args = ["-y", PNPM, "install", "--frozen-lockfile", "--ignore-workspace", "--ignore-scripts"];
  const installed = spawnSync("npx", args, { cwd: folder, encoding: "utf8", shell: windows });
  if (installed.status !== 0)
    throw new Error(`Zoho's tool could not be installed:\n${installed.stdout}${installed.stderr}`);
}
