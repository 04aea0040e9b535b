import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@fiscalise/server/db/embedded.ts";
import type { Database } from "@fiscalise/server/db/with-business.ts";
import { demoBusiness, openDemoDatabase, setUpDemoDevice } from "../stage/demo.ts";
import { newDevSecrets } from "../stage/dev-secrets.ts";
import { seedBusiness } from "../stage/seed-business.ts";
import { serverEnv } from "../stage/server-env.ts";
import { type ServerProcess, superviseServer } from "../stage/server-process.ts";
import { signSandboxToken } from "../stage/token.ts";
import { type Device, type DeviceOptions, startDevice } from "../vsdc/device.ts";
import { startZoho, type ZohoSandbox } from "../zoho/zoho.ts";

/** A business with a device of its own, its organisation connected. */
export interface StageBusiness {
  id: string;
  adminId: string;
  branchId: string;
  organizationId: string;
  device: Device;
}

export interface StageServer {
  apiUrl: string;
  process: ServerProcess;
}

export interface Stage {
  dataDir: string;
  businesses: StageBusiness[];
  servers: StageServer[];
  zoho: ZohoSandbox;
  database: Database;
  queueUrl: string;
  accessToken: (business: StageBusiness) => string;
  /** PostgreSQL away and back on its port: asked to stop, or dead at once as on power loss. */
  restartDatabase: (how: "stop" | "kill") => Promise<void>;
  close: (options: { keepFiles: boolean }) => Promise<void>;
}

export interface StageOptions {
  businesses: number;
  servers: number;
  durable: boolean;
  env: Record<string, string>;
  device?: (business: number) => Partial<DeviceOptions>;
}

const LIMITS = {
  requestsPerMinute: 1_000_000,
  accessTokensPerTenMinutes: 1_000,
  refreshTokensPerUser: 1_000,
};
const AT_ONCE = 10;

/** PostgreSQL, devices, Zoho and real server processes on free ports, in a folder of its own. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), "fiscalise-stage-"));
  chmodSync(dataDir, 0o755);
  const closings: (() => Promise<unknown> | unknown)[] = [];
  const close: Stage["close"] = async ({ keepFiles }) => {
    for (const closing of closings.splice(0).reverse()) await closing();
    if (!keepFiles) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    return await build({ ...options, dataDir, closings, close });
  } catch (error) {
    await close({ keepFiles: true });
    throw error;
  }
}

interface Building extends StageOptions {
  dataDir: string;
  closings: (() => Promise<unknown> | unknown)[];
  close: Stage["close"];
}

async function build(options: Building): Promise<Stage> {
  const { dataDir, closings, close, durable } = options;
  const secrets = newDevSecrets();
  const port = await freePort();
  const opened = await openDemoDatabase({ dataDir, port, durable });
  let postgres: EmbeddedPostgres = opened.postgres;
  closings.push(() => postgres.stop(), opened.database.close);
  const apiUrls: string[] = [];
  for (let server = 0; server < options.servers; server += 1) {
    apiUrls.push(`http://localhost:${await freePort()}`);
  }
  const zoho = await startZohoFor(options.businesses, secrets.zohoClientSecret, apiUrls);
  closings.push(zoho.close);
  const businesses: StageBusiness[] = [];
  for (let index = 0; index < options.businesses; index += 1) {
    const device = await startDevice({
      tin: tinOf(index),
      bhfId: "00",
      serial: `dvc${tinOf(index)}`,
      ...options.device?.(index),
    });
    closings.push(device.close);
    businesses.push({ ...idsOf(index), organizationId: organizationOf(index).organization_id, device });
  }
  const servers: StageServer[] = [];
  for (const [index, apiUrl] of apiUrls.entries()) {
    const env = serverEnv({
      secrets,
      port: Number(new URL(apiUrl).port),
      urls: opened.urls,
      zohoUrl: zoho.accountsUrl,
      widgetOrigin: "http://localhost:1",
    });
    const process = await superviseServer({
      env: { ...env, ...options.env },
      apiUrl,
      logFile: join(dataDir, `server-${index}.log`),
      pidFile: null,
    });
    closings.push(process.stop);
    servers.push({ apiUrl, process });
  }
  const accessToken = ({ id, adminId }: StageBusiness) =>
    signSandboxToken(secrets.jwtKey, { businessId: id, userId: adminId, role: "business_admin" }).accessToken;
  const [first] = apiUrls;
  if (first === undefined) throw new Error("a stage needs a server");
  const seedOne = async (business: StageBusiness, index: number) => {
    await seed(opened.database, business, index);
    await connect(first, { token: accessToken(business), userId: userOf(index).id });
  };
  for (let from = 0; from < businesses.length; from += AT_ONCE) {
    await Promise.all(
      businesses.slice(from, from + AT_ONCE).map((each, index) => seedOne(each, from + index)),
    );
  }
  return {
    dataDir,
    businesses,
    servers,
    zoho,
    database: opened.database,
    queueUrl: opened.urls.queue,
    accessToken,
    restartDatabase: async (how) => {
      await postgres[how]();
      postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, "postgres"), port, durable });
    },
    close,
  };
}

async function seed(database: Database, business: StageBusiness, index: number): Promise<void> {
  const demo = demoBusiness(business.device.url, null);
  const { tin, bhfId, serial, url } = business.device;
  await seedBusiness(database, {
    ...demo,
    ...idsOf(index),
    name: organizationOf(index).name,
    tin,
    device: { baseUrl: url, bhfId, serial },
  });
  await setUpDemoDevice(database, business.id);
}

/** The admin accepts on Zoho's page, as the one user of the organisation. */
async function connect(apiUrl: string, { token, userId }: { token: string; userId: string }): Promise<void> {
  const begun = await fetch(`${apiUrl}/api/v1/zoho/connection`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
  });
  if (!begun.ok) throw new Error(`connection not begun: HTTP ${begun.status} ${await begun.text()}`);
  const { authorizeUrl } = (await begun.json()) as { authorizeUrl: string };
  const consent = await fetch(`${authorizeUrl}&sandbox_user=${userId}`, {
    redirect: "manual",
    headers: { "x-sandbox-consent": "accept" },
  });
  const done = await fetch(consent.headers.get("location") ?? "");
  if (!done.ok) throw new Error(`connection not completed: HTTP ${done.status} ${await done.text()}`);
}

function startZohoFor(businesses: number, secret: string, apiUrls: string[]): Promise<ZohoSandbox> {
  const [organization, ...otherOrganizations] = Array.from({ length: businesses }, (_, index) =>
    organizationOf(index),
  );
  if (!organization) throw new Error("a stage needs a business");
  return startZoho({
    organization,
    otherOrganizations,
    users: Array.from({ length: businesses }, (_, index) => userOf(index)),
    client: {
      id: "sandbox.fiscalise",
      secret,
      redirectUris: apiUrls.map((apiUrl) => `${apiUrl}/api/v1/zoho/callback`),
    },
    limits: LIMITS,
  });
}

function organizationOf(index: number) {
  return {
    organization_id: String(481_600_000 + index),
    name: `Business ${index + 1} Ltd`,
    currency_code: "RWF",
  };
}

function userOf(index: number) {
  const organizationIds = [organizationOf(index).organization_id];
  return {
    id: String(700_200 + index),
    name: "Aline Uwase",
    email: `aline${index}@example.rw`,
    organizationIds,
  };
}

function idsOf(index: number) {
  const uuid = (kind: number) => `0000000${kind}-0000-4000-8000-${String(index + 1).padStart(12, "0")}`;
  return { id: uuid(1), adminId: uuid(2), branchId: uuid(3) };
}

function tinOf(index: number): string {
  return String(999_900_000 + index);
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
