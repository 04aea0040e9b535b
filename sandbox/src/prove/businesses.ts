import type { Database } from "@fiscalise/server/db/with-business.ts";
import { demoBusiness, setUpDemoDevice } from "../stage/demo.ts";
import { type SeedBusiness, seedBusiness } from "../stage/seed-business.ts";
import { type Device, type DeviceOptions, startDevice } from "../vsdc/device.ts";
import { fieldTexts } from "../zoho/invoice-parts.ts";
import { startZoho, type ZohoSandbox } from "../zoho/zoho.ts";
import { freePort } from "./free-ports.ts";

/** A business with a device of its own, its organisation connected. */
export interface StageBusiness {
  id: string;
  adminId: string;
  branchId: string;
  organizationId: string;
  zohoUserId: string;
  device: Device;
}

const LIMITS = {
  requestsPerMinute: 1_000_000,
  accessTokensPerTenMinutes: 1_000,
  refreshTokensPerUser: 1_000,
};

export async function startBusinesses(
  database: Database,
  options: {
    businesses: number;
    device?: (business: number) => Partial<DeviceOptions>;
    settings?: SeedBusiness["settings"];
  },
): Promise<StageBusiness[]> {
  const started: StageBusiness[] = [];
  for (let index = 0; index < options.businesses; index += 1) {
    const tin = String(999_900_000 + index);
    const serial = `dvc${tin}`;
    const port = await freePort();
    const device = await startDevice({ tin, bhfId: "00", serial, port, ...options.device?.(index) });
    const ids = idsOf(index);
    const seed = demoBusiness(device.url, null);
    await seedBusiness(database, {
      ...seed,
      settings: { ...seed.settings, ...options.settings },
      ...ids,
      name: organizationOf(index).name,
      tin,
      device: { baseUrl: device.url, bhfId: device.bhfId, serial },
    });
    await setUpDemoDevice(database, ids.id);
    const { organization_id: organizationId } = organizationOf(index);
    started.push({ ...ids, organizationId, zohoUserId: userOf(index).id, device });
  }
  return started;
}

/** One Zoho with an organisation for each business, and one user for each organisation. */
export function startZohoFor(businesses: number, secret: string, apiUrls: string[]): Promise<ZohoSandbox> {
  const all = Array.from({ length: businesses }, (_, index) => index);
  const [organization, ...otherOrganizations] = all.map(organizationOf);
  if (!organization) throw new Error("a stage needs a business");
  const redirectUris = apiUrls.map((apiUrl) => `${apiUrl}/api/v1/zoho/callback`);
  return startZoho({
    organization,
    otherOrganizations,
    // What the settings of `demoBusiness` name.
    documents: { fields: fieldTexts() },
    otherDocuments: Object.fromEntries(
      otherOrganizations.map(({ organization_id }) => [organization_id, { fields: fieldTexts() }]),
    ),
    users: all.map(userOf),
    client: { id: "sandbox.fiscalise", secret, redirectUris },
    limits: LIMITS,
  });
}

function organizationOf(index: number) {
  const name = `Business ${index + 1} Ltd`;
  return { organization_id: String(481_600_000 + index), name, currency_code: "RWF" };
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
