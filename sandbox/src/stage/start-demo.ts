import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startBooks } from "../books/books.ts";
import { connectBooks } from "./connect-books.ts";
import { DEMO, demoBusiness, listSubmissions, setUpDemoDevice } from "./demo.ts";
import { type Closing, startPlatform } from "./platform.ts";
import { seedBusiness } from "./seed-business.ts";
import { OFFICE_SUPPLIES } from "./shops.ts";
import { signToken } from "./token.ts";

/** `npm start`: PostgreSQL, devices, Zoho, server and the Books page, all real processes or listeners on loopback. */
export async function startDemo(
  options: { port: number; dataDir: string; serverSettings?: Record<string, string> },
  closings: Closing[],
): Promise<string> {
  const shops = [OFFICE_SUPPLIES] as const;
  const platform = await startPlatform({ ...options, shops, sessionUrl: "./session" }, closings);
  const { database, devices, apiUrl, zoho, secrets, server } = platform;
  const [device] = devices;
  if (!device) throw new Error("bug: a shop without a device");
  await seedBusiness(database, demoBusiness(device.url, demoLogo()));
  await setUpDemoDevice(database, DEMO.businessId);
  const admin = { businessId: DEMO.businessId, userId: DEMO.adminId, role: "business_admin" } as const;
  await connectBooks(apiUrl, signToken(secrets.jwtKey, admin).accessToken);
  const books = await startBooks({
    ...{ port: platform.port, widgetDir: platform.widgetDir, apiUrl, zoho },
    organisations: [
      {
        organizationId: DEMO.organization.organization_id,
        widgetPort: platform.widgetPorts[0] ?? 0,
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

function demoLogo(): Uint8Array | null {
  const file = fileURLToPath(new URL("./demo-logo.png", import.meta.url));
  return existsSync(file) ? new Uint8Array(readFileSync(file)) : null;
}
