// Runs on any Node: installs on a fresh clone (its output kept off stdout), then hands over to the project's own Node.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const node = fileURLToPath(
  new URL(`../node_modules/.bin/node${process.platform === "win32" ? ".cmd" : ""}`, import.meta.url),
);
const shell = process.platform === "win32";
if (!existsSync(node)) {
  const install = spawnSync("npx", ["-y", "pnpm@12.21.0", "install"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell,
  });
  if (install.status !== 0) process.exit(install.status ?? 1);
}
const run = spawnSync(node, ["server/src/preview-main.ts"], { cwd: root, stdio: "inherit", shell });
process.exit(run.status ?? 1);
