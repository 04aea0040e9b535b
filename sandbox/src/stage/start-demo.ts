import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startBooks } from "../books/books.ts";
import { startDevice } from "../vsdc/device.ts";
import { demoDocuments } from "../zoho/demo-documents.ts";
import { startZoho } from "../zoho/zoho.ts";
import { connectBooks } from "./connect-books.ts";
import { DEMO, demoBusiness, listSubmissions, openDemoDatabase, setUpDemoDevice } from "./demo.ts";
import { type DevSecrets, keptDevSecrets } from "./dev-secrets.ts";
import { claim, endLeftover } from "./pid-file.ts";
import { seedBusiness } from "./seed-business.ts";
import { serverEnv } from "./server-env.ts";
import { SERVER_ENTRY, superviseServer } from "./server-process.ts";
import { signToken } from "./token.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export type Closing = () => Promise<unknown> | unknown;

/** `npm start`: PostgreSQL, device, Zoho, server and the Books page, all real processes or listeners on loopback. */
export async function startDemo(
  options: { port: number; dataDir: string; serverSettings?: Record<string, string> },
  closings: Closing[],
): Promise<string> {
  const { port, dataDir } = options;
  const ports = { api: port + 1, zoho: port + 2, widget: port + 3, device: port + 4, database: port + 5 };
  const pidFile = join(dataDir, "server.pid");
  mkdirSync(dataDir, { recursive: true });
  claim(join(dataDir, "start.pid"), "sandbox/src/start.ts");
  await endLeftover(pidFile, SERVER_ENTRY);
  for (const wanted of [port, ports.api, ports.zoho, ports.widget, ports.device]) await assertFree(wanted);
  const widgetDir = join(dataDir, "widget");
  buildWidget(widgetDir);
  const secrets = keptDevSecrets(join(dataDir, "dev-secrets.json"));
  const apiUrl = `http://localhost:${ports.api}`;

  const { postgres, urls, database } = await openDemoDatabase({
    dataDir,
    port: ports.database,
    durable: true,
  });
  closings.push(postgres.stop, database.close);
  const { device, zoho } = await startStandIns({ dataDir, ports, apiUrl, secrets }, closings);
  await seedBusiness(database, demoBusiness(device.url, demoLogo()));
  await setUpDemoDevice(database, DEMO.businessId);

  const widgetOrigin = `http://localhost:${ports.widget}`;
  const env = serverEnv({ secrets, port: ports.api, urls, zohoUrl: zoho.accountsUrl, widgetOrigin });
  const server = await superviseServer({
    env: { ...env, ...options.serverSettings },
    apiUrl,
    logFile: join(dataDir, "server.log"),
    pidFile,
  });
  closings.push(server.stop);
  const admin = { businessId: DEMO.businessId, userId: DEMO.adminId, role: "business_admin" } as const;
  await connectBooks(apiUrl, signToken(secrets.jwtKey, admin).accessToken);
  const books = await startBooks({
    port,
    widgetDir,
    apiUrl,
    zoho,
    organisations: [
      {
        organizationId: DEMO.organization.organization_id,
        widgetPort: ports.widget,
        devices: [{ name: "Main branch", device }],
        session: async () => ({ ...signToken(secrets.jwtKey, admin), apiUrl }),
        submissions: () => listSubmissions(database, DEMO.businessId),
      },
    ],
    killServer: server.kill,
    serverStatus: () => ({ pid: server.pid(), restarts: server.restarts() }),
  });
  closings.push(books.close);
  return books.url;
}

/** The device and Zoho; both remember everything over a restart. */
async function startStandIns(
  stage: { dataDir: string; ports: { zoho: number; device: number }; apiUrl: string; secrets: DevSecrets },
  closings: Closing[],
) {
  const device = await startDevice({
    tin: DEMO.tin,
    bhfId: DEMO.bhfId,
    serial: DEMO.serial,
    taxpayerName: DEMO.organization.name,
    port: stage.ports.device,
    ledgerFile: join(stage.dataDir, "device-ledger.jsonl"),
  });
  closings.push(device.close);
  const zoho = await startZoho({
    port: stage.ports.zoho,
    dataFile: join(stage.dataDir, "zoho.json"),
    organization: DEMO.organization,
    users: [{ id: "700100", name: "Aline Uwase", email: "aline@example.rw" }],
    client: {
      id: "sandbox.fiscalise",
      secret: stage.secrets.zohoClientSecret,
      redirectUris: [`${stage.apiUrl}/api/v1/zoho/callback`],
    },
    documents: demoDocuments(),
  });
  closings.push(zoho.close);
  return { device, zoho };
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

function buildWidget(outDir: string): void {
  const vite = join(root, "widget/node_modules/vite/bin/vite.js");
  const built = spawnSync(
    process.execPath,
    [vite, "build", "--outDir", outDir, "--emptyOutDir", "--logLevel", "warn"],
    {
      cwd: join(root, "widget"),
      env: { ...process.env, VITE_SESSION_URL: "./session" },
      encoding: "utf8",
    },
  );
  if (built.status !== 0) throw new Error(`the widget did not build:\n${built.stdout}${built.stderr}`);
}

function demoLogo(): Uint8Array | null {
  const file = fileURLToPath(new URL("./demo-logo.png", import.meta.url));
  return existsSync(file) ? new Uint8Array(readFileSync(file)) : null;
}

/** Last opened first closed: the server ends its calls while device and database still live. */
export async function closeAll(closings: Closing[]): Promise<void> {
  for (const close of closings.reverse()) await close();
}
