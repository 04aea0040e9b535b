import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { BUNDLE, buildServer } from "../../packaging/src/build-server.ts";

/** What production runs, built once for the whole run: every process that a test starts is one of these. */
export default async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "fiscalise-build-"));
  const installed = fileURLToPath(new URL("../node_modules", import.meta.url));
  await buildServer(folder, (built) => symlinkSync(installed, join(built, "server/node_modules")));
  env.SERVER_PROGRAMS = join(folder, BUNDLE);
  // Each server of the run loads anew what draws receipts, and compiling it was half of that.
  env.NODE_COMPILE_CACHE = join(folder, "compiled");
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
