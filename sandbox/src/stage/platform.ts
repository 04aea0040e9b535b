import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Database } from "@fiscalise/server/db/with-business.ts";
import { type MailCatcher, startMailCatcher } from "../mail/mail-catcher.ts";
import { type Device, startDevice } from "../vsdc/device.ts";
import type { DocumentTexts } from "../zoho/documents.ts";
import { startZoho, type ZohoSandbox } from "../zoho/zoho.ts";
import type { ZohoOrganization, ZohoUser } from "../zoho/zoho-options.ts";
import { openDemoDatabase } from "./demo.ts";
import { type DevSecrets, keptDevSecrets } from "./dev-secrets.ts";
import { claim, endLeftover } from "./pid-file.ts";
import { serverEnv } from "./server-env.ts";
import { type ServerProcess, superviseServer } from "./server-process.ts";
import { serverProgram } from "./server-program.ts";
import { buildWidget, unpackExtension, type WidgetFiles } from "./widget-files.ts";

export type Closing = () => Promise<unknown> | unknown;

/** One business's world outside of us: its books, a member of them, its device. */
export interface Shop {
  organization: ZohoOrganization;
  /** Who keeps its books. */
  member: Omit<ZohoUser, "organizationIds">;
  device: { tin: string; bhfId: string; serial: string };
  documents: Partial<DocumentTexts>;
}

export interface PlatformOptions {
  /** The first of the ports; what else listens is at the next ones. */
  port: number;
  dataDir: string;
  shops: readonly [Shop, ...Shop[]];
  serverSettings?: Record<string, string>;
  /** Where the widget asks the Books page for a session; absent: it signs people in by itself only. */
  sessionUrl?: string;
  /** The widget is what a person would upload to Zoho, not the quick build; it knows no session of the Books page. */
  packaged?: boolean;
  /** Calls each organisation of the Zoho stand-in takes in a minute; absent: as many as Zoho. */
  zohoPerMinute?: number;
}

export interface Platform extends WidgetFiles {
  port: number;
  apiUrl: string;
  urls: { app: string; queue: string; owner: string };
  database: Database;
  secrets: DevSecrets;
  zoho: ZohoSandbox;
  mail: MailCatcher;
  /** In the order of the shops. */
  devices: readonly Device[];
  widgetPorts: readonly number[];
  server: ServerProcess;
}

/** PostgreSQL, a Zoho with every shop's organisation, a device for each, and the real server; no business in it yet. */
export async function startPlatform(options: PlatformOptions, closings: Closing[]): Promise<Platform> {
  const { port, dataDir, shops } = options;
  const ports = portsOf(port, shops.length);
  const pidFile = join(dataDir, "server.pid");
  mkdirSync(dataDir, { recursive: true });
  claim(join(dataDir, "start.pid"), "sandbox/src/start.ts");
  await endLeftover(pidFile, serverProgram("main"));
  for (const wanted of [port, ports.api, ports.zoho, ...ports.widgets, ...ports.devices])
    await assertFree(wanted);
  const apiUrl = `http://localhost:${ports.api}`;
  const widget = options.packaged
    ? unpackExtension(join(dataDir, "extension"), apiUrl)
    : buildWidget(join(dataDir, "widget"), { apiUrl, sessionUrl: options.sessionUrl });
  const secrets = keptDevSecrets(join(dataDir, "dev-secrets.json"));

  const opened = await openDemoDatabase({ dataDir, port: ports.database, durable: true });
  const { database, urls } = opened;
  closings.push(opened.postgres.stop, database.close);
  const devices = await startDevices(options, ports.devices, closings);
  const zoho = await startBooksOf(options, { port: ports.zoho, apiUrl, secrets });
  closings.push(zoho.close);
  const mail = await startMailCatcher();
  closings.push(mail.close);
  const widgetOrigin = ports.widgets.map((widget) => `http://localhost:${widget}`).join(",");
  const env = serverEnv({ secrets, port: ports.api, urls, zohoUrl: zoho.accountsUrl, widgetOrigin });
  const server = await superviseServer({
    env: { ...env, ...mailSettings(mail, port), ...options.serverSettings },
    apiUrl,
    logFile: join(dataDir, "server.log"),
    pidFile,
  });
  closings.push(server.stop);
  return {
    ...{ port, apiUrl, urls, database, secrets, zoho, mail, devices, server, ...widget },
    widgetPorts: ports.widgets,
  };
}

function mailSettings({ url }: MailCatcher, port: number): Record<string, string> {
  return {
    SMTP_URL: url,
    MAIL_FROM: "Fiscalise <notices@fiscalise.example>",
    SETTINGS_URL: `http://localhost:${port}/org/{organization}/settings/fiscalise`,
  };
}

/** port: the Books page; then server, Zoho, the first widget and device, the database, and two for each further shop. */
function portsOf(port: number, shops: number) {
  const further = Array.from({ length: shops - 1 }, (_, index) => port + 6 + 2 * index);
  return {
    api: port + 1,
    zoho: port + 2,
    database: port + 5,
    widgets: [port + 3, ...further],
    devices: [port + 4, ...further.map((widget) => widget + 1)],
  };
}

async function startDevices(
  { shops, dataDir }: PlatformOptions,
  ports: readonly number[],
  closings: Closing[],
): Promise<Device[]> {
  const devices: Device[] = [];
  for (const [index, { device, organization }] of shops.entries()) {
    const started = await startDevice({
      ...device,
      taxpayerName: organization.name,
      port: ports[index] ?? 0,
      ledgerFile: join(dataDir, index === 0 ? "device-ledger.jsonl" : `device-ledger-${index + 1}.jsonl`),
    });
    closings.push(started.close);
    devices.push(started);
  }
  return devices;
}

/** Zoho remembers everything over a restart, as the devices do. */
function startBooksOf(
  { shops, dataDir, zohoPerMinute }: PlatformOptions,
  { port, apiUrl, secrets }: { port: number; apiUrl: string; secrets: DevSecrets },
): Promise<ZohoSandbox> {
  const [first, ...others] = shops;
  return startZoho({
    port,
    dataFile: join(dataDir, "zoho.json"),
    organization: first.organization,
    otherOrganizations: others.map(({ organization }) => organization),
    users: shops.map(({ member, organization }) => ({
      ...member,
      organizationIds: [organization.organization_id],
    })),
    client: {
      id: "sandbox.fiscalise",
      secret: secrets.zohoClientSecret,
      redirectUris: [`${apiUrl}/api/v1/zoho/callback`],
    },
    ...(zohoPerMinute !== undefined && { limits: { requestsPerMinute: zohoPerMinute } }),
    documents: first.documents,
    otherDocuments: Object.fromEntries(
      others.map(({ organization, documents }) => [organization.organization_id, documents]),
    ),
  });
}

/** Before anything is started: a second start must not touch what the first one runs. */
async function assertFree(port: number): Promise<void> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true));
  });
  if (!free) throw new Error(`Port ${port} is in use. Is Fiscalise running already? Or: PORT=9000 npm start`);
  await new Promise((resolve) => server.close(resolve));
}

/** Last opened first closed: the server ends its calls while devices and database still live. */
export async function closeAll(closings: Closing[]): Promise<void> {
  for (const close of closings.reverse()) await close();
}
