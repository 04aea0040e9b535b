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
  seedSeconds: number;
  /** Of the n-th seeded business's admin. */
  headersOf: (n: number) => Record<string, string>;
  superAdminHeaders: Record<string, string>;
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
    const headers = (subject: Parameters<typeof signToken>[1]) => ({
      authorization: `Bearer ${signToken(secrets.jwtKey, subject).accessToken}`,
    });
    const headersOf = (n: number) => {
      const { id: businessId, adminId: userId } = seededBusiness(n);
      return headers({ businessId, userId, role: "business_admin" });
    };
    const provider = { businessId: null, userId: SEEDED_SUPER_ADMIN, role: "super_admin" as const };
    return { apiUrl, database, seedSeconds, headersOf, superAdminHeaders: headers(provider), close };
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
