import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "@fiscalise/server/db/with-business.ts";
import { freePorts } from "../prove/free-ports.ts";
import { openDemoDatabase } from "../stage/demo.ts";
import { newDevSecrets } from "../stage/dev-secrets.ts";
import { serverEnv } from "../stage/server-env.ts";
import { superviseServer } from "../stage/server-process.ts";
import { signToken } from "../stage/token.ts";
import { SEEDED_SUPER_ADMIN, seededBusiness, seedMillion } from "./seed-million.ts";

export interface LargeStage {
  apiUrl: string;
  database: Database;
  superAdminId: string;
  seedSeconds: number;
  /** Of the n-th seeded business's admin. */
  headersOf: (n: number) => Record<string, string>;
  close: () => Promise<void>;
}

/** A web server over a database of 1,000 businesses and 1,000,000 receipts; nothing is sent anywhere. */
export async function openLargeStage(): Promise<LargeStage> {
  const dataDir = mkdtempSync(join(tmpdir(), "fiscalise-million-"));
  chmodSync(dataDir, 0o755);
  const closings: (() => Promise<unknown> | unknown)[] = [
    () => rmSync(dataDir, { recursive: true, force: true }),
  ];
  const close = async () => {
    for (const closing of closings.splice(0).reverse()) await closing();
  };
  try {
    const [databasePort = 0, port = 0] = await freePorts(2);
    const opened = await openDemoDatabase({ dataDir, port: databasePort, durable: false });
    const forget = atExit(() => void opened.postgres.kill());
    closings.push(opened.postgres.stop, forget, opened.database.close);
    const begun = performance.now();
    await seedMillion(opened.urls.owner);
    const seedSeconds = (performance.now() - begun) / 1_000;
    const secrets = newDevSecrets();
    const apiUrl = `http://localhost:${port}`;
    const nowhere = "http://localhost:1";
    const { urls, database } = opened;
    const env = serverEnv({ secrets, port, urls, zohoUrl: nowhere, widgetOrigin: nowhere });
    const logFile = join(dataDir, "server.log");
    const server = await superviseServer({ env: { ...env, ROLE: "web" }, apiUrl, logFile, pidFile: null });
    closings.push(server.stop, atExit(server.kill));
    const headersOf = (n: number) => {
      const { id: businessId, adminId: userId } = seededBusiness(n);
      const { accessToken } = signToken(secrets.jwtKey, { businessId, userId, role: "business_admin" });
      return { authorization: `Bearer ${accessToken}` };
    };
    return { apiUrl, database, superAdminId: SEEDED_SUPER_ADMIN, seedSeconds, headersOf, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What this process must not leave behind when it is interrupted; the answer forgets it. */
function atExit(end: () => void): () => void {
  process.once("exit", end);
  return () => process.off("exit", end);
}
