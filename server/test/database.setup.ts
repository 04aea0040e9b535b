import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../src/db/embedded.ts";
import { makeTemplate } from "./database.ts";
import { freePort } from "./free-port.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Port of the one cluster that every test file clones its database in. */
    postgresPort: number;
  }
}

/** One throw-away cluster for the whole run, with a migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "fiscalise-test-"));
  chmodSync(folder, 0o755);
  const cluster = await startEmbeddedPostgres({
    dataDir: join(folder, "postgres"),
    port: await freePort(),
    durable: false,
  });
  const close = async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await makeTemplate(cluster.port);
  } catch (error) {
    await close();
    throw error;
  }
  project.provide("postgresPort", cluster.port);
  return close;
}
