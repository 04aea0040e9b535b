// Runs on any Node from 20 on, and hands over to the project's own Node once it is installed.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PNPM = "pnpm@12.21.0";
const PARENT_LOOK_MS = 500;
const windows = process.platform === "win32";
const root = fileURLToPath(new URL("..", import.meta.url));
const node = fileURLToPath(new URL(`../node_modules/.bin/node${windows ? ".cmd" : ""}`, import.meta.url));

/** Brings dependencies up to date; what it prints goes to standard error. */
export function install({ onlyWhenMissing }) {
  if (onlyWhenMissing && existsSync(node)) return;
  const installed = spawnSync("npx", ["-y", PNPM, "install"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: windows,
  });
  if (installed.status !== 0) process.exit(installed.status ?? 1);
}

/** Runs a program of the project; a signal, or the end of whoever started us, ends it in order. */
export function run(program, args) {
  const child = spawn(node, [program, ...args], { cwd: root, stdio: "inherit", shell: windows });
  const end = () => child.kill("SIGTERM");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
  // npm ends its shell without telling what runs in it.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end(), PARENT_LOOK_MS).unref();
  child.on("exit", (code) => process.exit(code ?? 1));
}
