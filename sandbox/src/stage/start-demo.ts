import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { updateUser } from "@fiscalise/server/db/users.ts";
import { businessId, type Database } from "@fiscalise/server/db/with-business.ts";
import { createPasswords } from "@fiscalise/server/passwords.ts";
import { startBooks } from "../books/books.ts";
import { connectBooks } from "./connect-books.ts";
import { DEMO, demoBusiness, listSubmissions, setUpDemoDevice } from "./demo.ts";
import { type Closing, type PlatformOptions, startPlatform } from "./platform.ts";
import { runNow } from "./run-now.ts";
import { seedBusiness } from "./seed-business.ts";
import { OFFICE_SUPPLIES } from "./shops.ts";
import { signToken } from "./token.ts";

export interface Demo {
  url: string;
  /** How the settings page is entered. */
  admin: { email: string; password: string };
}

export type DemoOptions = Pick<PlatformOptions, "port" | "dataDir" | "serverSettings" | "packaged">;

/** `npm start`: PostgreSQL, devices, Zoho, server and the Books page, all real processes or listeners on loopback. */
export async function startDemo(options: DemoOptions, closings: Closing[]): Promise<Demo> {
  const shops = [OFFICE_SUPPLIES] as const;
  const platform = await startPlatform({ ...options, shops, sessionUrl: "./session" }, closings);
  const { database, devices, apiUrl, zoho, secrets, server, widgetDir, connectSources } = platform;
  const [device] = devices;
  if (!device) throw new Error("bug: a shop without a device");
  await seedBusiness(database, demoBusiness(device.url, demoLogo()));
  await setUpDemoDevice(database, DEMO.businessId);
  await setPassword(database, secrets.demoPassword);
  const admin = { businessId: DEMO.businessId, userId: DEMO.adminId, role: "business_admin" } as const;
  await connectBooks(apiUrl, signToken(secrets.jwtKey, admin).accessToken);
  const books = await startBooks({
    ...{ port: platform.port, widgetDir, connectSources, apiUrl, zoho },
    organisations: [
      {
        organizationId: DEMO.organization.organization_id,
        widgetPort: platform.widgetPorts[0] ?? 0,
        devices: [{ name: "Main branch", device }],
        session: async () => ({ ...signToken(secrets.jwtKey, admin), apiUrl }),
        submissions: () => listSubmissions(database, DEMO.businessId),
      },
    ],
    mail: { ...platform.mail, lookForNotices: () => runNow(platform.urls.queue, "send-notices") },
    killServer: server.kill,
    serverStatus: () => ({ pid: server.pid(), restarts: server.restarts() }),
  });
  closings.push(books.close);
  return { url: books.url, admin: { email: OFFICE_SUPPLIES.member.email, password: secrets.demoPassword } };
}

/** The demo's admin signs in on the settings page like anybody. */
async function setPassword(
  { withBusiness }: Pick<Database, "withBusiness">,
  password: string,
): Promise<void> {
  const passwordHash = await createPasswords().hash(password);
  await withBusiness(businessId(DEMO.businessId), (tx) => updateUser(tx, DEMO.adminId, { passwordHash }));
}

function demoLogo(): Uint8Array | null {
  const file = fileURLToPath(new URL("./demo-logo.png", import.meta.url));
  return existsSync(file) ? new Uint8Array(readFileSync(file)) : null;
}
