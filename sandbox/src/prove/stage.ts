import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startEmbeddedPostgres } from "@fiscalise/server/db/embedded.ts";
import type { Database } from "@fiscalise/server/db/with-business.ts";
import { connectBooks } from "../stage/connect-books.ts";
import { openDemoDatabase } from "../stage/demo.ts";
import { type DevSecrets, newDevSecrets } from "../stage/dev-secrets.ts";
import type { SeedBusiness } from "../stage/seed-business.ts";
import { serverEnv } from "../stage/server-env.ts";
import { type ServerProcess, superviseServer } from "../stage/server-process.ts";
import { signToken } from "../stage/token.ts";
import type { DeviceOptions } from "../vsdc/device.ts";
import type { ZohoSandbox } from "../zoho/zoho.ts";
import { type StageBusiness, startBusinesses, startZohoFor } from "./businesses.ts";
import { freePort, freePorts } from "./free-ports.ts";

export interface StageServer {
  apiUrl: string;
  /** What its process starts with. */
  env: Record<string, string>;
  process: ServerProcess;
}

export interface Stage {
  dataDir: string;
  businesses: StageBusiness[];
  servers: StageServer[];
  zoho: ZohoSandbox;
  database: Database;
  /** As the server logs in. */
  databaseUrl: string;
  queueUrl: string;
  /** As the schema's owner: over all businesses, for what PostgreSQL says of itself. */
  ownerUrl: string;
  accessToken: (business: StageBusiness) => string;
  secrets: DevSecrets;
  /** PostgreSQL away and back on its port: asked to stop, or dead at once as on power loss. `meanwhile` has its disk. */
  restartDatabase: (how: "stop" | "kill", meanwhile?: () => Promise<void>) => Promise<void>;
  close: (options: { keepFiles: boolean }) => Promise<void>;
}

export interface StageOptions {
  businesses: number;
  servers: number;
  durable: boolean;
  env: Record<string, string>;
  device?: (business: number) => Partial<DeviceOptions>;
  /** Of every business. */
  settings?: SeedBusiness["settings"];
}

const NOWHERE = "http://localhost:1";
const RECOVERY_LOOKS = 300;
const RECOVERY_PAUSE_MS = 100;
const READY_LOOKS = 300;

type Closings = (() => Promise<unknown> | unknown)[];

/** PostgreSQL, devices, Zoho and real server processes on free ports, in a folder of its own. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), "fiscalise-stage-"));
  chmodSync(dataDir, 0o755);
  const closings: Closings = [];
  const close: Stage["close"] = async ({ keepFiles }) => {
    for (const closing of closings.splice(0).reverse()) await closing();
    if (!keepFiles) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    return { ...(await build(options, dataDir, closings)), close };
  } catch (error) {
    await close({ keepFiles: true });
    throw error;
  }
}

async function build(
  options: StageOptions,
  dataDir: string,
  closings: Closings,
): Promise<Omit<Stage, "close">> {
  const secrets = newDevSecrets();
  const { database, urls, restart } = await openDatabase(options, dataDir, closings);
  const ports = await freePorts(options.servers);
  const apiUrls = ports.map((port) => `http://localhost:${port}`);
  const zoho = await startZohoFor(options.businesses, secrets.zohoClientSecret, apiUrls);
  closings.push(zoho.close);
  const businesses = await startBusinesses(database, options);
  closings.push(() => Promise.all(businesses.map(({ device }) => device.close())));
  const started = await Promise.allSettled(
    ports.map(async (port, index): Promise<StageServer> => {
      const apiUrl = apiUrls[index] ?? "";
      const address = { secrets, port, urls, zohoUrl: zoho.accountsUrl, widgetOrigin: NOWHERE };
      const env = { ...serverEnv(address), ...options.env };
      const logFile = join(dataDir, `server-${index}.log`);
      const process = await superviseServer({ env, apiUrl, logFile, pidFile: null });
      closings.push(atExit(process.kill), process.stop);
      return { apiUrl, env, process };
    }),
  );
  const servers = started.map((each) => {
    if (each.status === "rejected") throw each.reason;
    return each.value;
  });
  const accessToken = tokensOf(secrets);
  for (const business of businesses) {
    await connectBooks(apiUrls[0] ?? "", accessToken(business), business.zohoUserId);
  }
  return {
    dataDir,
    businesses,
    servers,
    zoho,
    database,
    databaseUrl: urls.app,
    queueUrl: urls.queue,
    ownerUrl: urls.owner,
    accessToken,
    secrets,
    restartDatabase: restart,
  };
}

/** Returns when the server answers, or will not soon: there is nobody to wait for in a storm. */
export async function isAnswering({ apiUrl }: StageServer): Promise<void> {
  for (let look = 0; look < READY_LOOKS; look += 1) {
    const answer = await fetch(`${apiUrl}/healthz`).catch((error: unknown) => {
      if (error instanceof TypeError) return null;
      throw error;
    });
    if (answer?.ok) return;
    await pause(RECOVERY_PAUSE_MS);
  }
}

async function openDatabase(options: StageOptions, dataDir: string, closings: Closings) {
  const port = await freePort();
  const { durable } = options;
  const { database, urls, ...opened } = await openDemoDatabase({ dataDir, port, durable });
  let { postgres } = opened;
  const forget = atExit(() => void postgres.kill());
  closings.push(forget, () => postgres.stop(), database.close);
  const restart: Stage["restartDatabase"] = async (how, meanwhile) => {
    await postgres[how]();
    await meanwhile?.();
    postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, "postgres"), port, durable });
    await recovered(database);
  };
  return { database, urls, restart };
}

/** After a kill it takes connections before it has recovered. */
async function recovered({ ping }: Database): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const failure = await ping().then(
      () => null,
      (error: unknown) => error,
    );
    if (failure === null) return;
    if (attempt === RECOVERY_LOOKS) throw failure;
    await pause(RECOVERY_PAUSE_MS);
  }
}

/** What this process must not leave behind when it is interrupted; the answer forgets it. */
function atExit(end: () => void): () => void {
  process.once("exit", end);
  return () => process.off("exit", end);
}

function tokensOf({ jwtKey }: DevSecrets) {
  return ({ id: businessId, adminId: userId }: StageBusiness) =>
    signToken(jwtKey, { businessId, userId, role: "business_admin" }).accessToken;
}
