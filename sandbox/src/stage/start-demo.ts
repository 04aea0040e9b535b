import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startBooks } from "../books/books.ts";
import { startDevice } from "../vsdc/device.ts";
import { demoDocuments } from "../zoho/demo-documents.ts";
import { startZoho } from "../zoho/zoho.ts";
import { connectBooks } from "./connect-books.ts";
import { DEMO, demoBusiness, listSubmissions, openDemoDatabase, setUpDemoDevice } from "./demo.ts";
import { keptDevSecrets } from "./dev-secrets.ts";
import { seedBusiness } from "./seed-business.ts";
import { serverEnv } from "./server-env.ts";
import { superviseServer } from "./server-process.ts";
import { signSandboxToken } from "./token.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export type Closing = () => Promise<unknown> | unknown;

/** `npm start`: PostgreSQL, device, Zoho, server and the Books page, all real processes or listeners on loopback. */
export async function startDemo(
  options: { port: number; dataDir: string; serverSettings?: Record<string, string> },
  closings: Closing[],
): Promise<string> {
  const { port, dataDir } = options;
  mkdirSync(dataDir, { recursive: true });
  const widgetDir = join(dataDir, "widget");
  buildWidget(widgetDir);
  const secrets = keptDevSecrets(join(dataDir, "dev-secrets.json"));
  const [apiPort, zohoPort, widgetPort, devicePort, databasePort] = [1, 2, 3, 4, 5].map(
    (step) => port + step,
  );
  if (!apiPort || !zohoPort || !widgetPort || !devicePort || !databasePort) throw new Error("bug: ports");
  const apiUrl = `http://localhost:${apiPort}`;

  const { postgres, urls, database } = await openDemoDatabase({ dataDir, port: databasePort, durable: true });
  closings.push(postgres.stop, database.close);

  const device = await startDevice({
    tin: DEMO.tin,
    bhfId: DEMO.bhfId,
    serial: DEMO.serial,
    taxpayerName: DEMO.organization.name,
    port: devicePort,
    ledgerFile: join(dataDir, "device-ledger.jsonl"),
  });
  closings.push(device.close);
  const zoho = await startZoho({
    port: zohoPort,
    dataFile: join(dataDir, "zoho.json"),
    organization: DEMO.organization,
    users: [{ id: "700100", name: "Aline Uwase", email: "aline@example.rw" }],
    client: {
      id: "sandbox.fiscalise",
      secret: secrets.zohoClientSecret,
      redirectUris: [`${apiUrl}/api/v1/zoho/callback`],
    },
    documents: demoDocuments(),
  });
  closings.push(zoho.close);

  await seedBusiness(database, demoBusiness(device.url, demoLogo()));
  await setUpDemoDevice(database, DEMO.businessId);
  const server = await superviseServer({
    env: {
      ...serverEnv({
        secrets,
        port: apiPort,
        urls,
        zohoUrl: zoho.accountsUrl,
        widgetOrigin: `http://localhost:${widgetPort}`,
      }),
      ...options.serverSettings,
    },
    apiUrl,
    logFile: join(dataDir, "server.log"),
    pidFile: join(dataDir, "server.pid"),
  });
  closings.push(server.stop);

  const admin = { businessId: DEMO.businessId, userId: DEMO.adminId, role: "business_admin" } as const;
  await connectBooks(apiUrl, signSandboxToken(secrets.jwtKey, admin).accessToken);
  const books = await startBooks({
    port,
    widgetPort,
    widgetDir,
    apiUrl,
    zoho,
    devices: [{ name: "Main branch", device }],
    session: async () => ({ ...signSandboxToken(secrets.jwtKey, admin), apiUrl }),
    submissions: () => listSubmissions(database, DEMO.businessId),
    killServer: server.kill,
    serverStatus: () => ({ pid: server.pid(), restarts: server.restarts() }),
  });
  closings.push(books.close);
  return books.url;
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
