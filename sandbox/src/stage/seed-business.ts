import { createHash } from "node:crypto";
import { sessions } from "@fiscalise/server/db/access-tables.ts";
import { branches, businesses, items, logos, taxMappings, users } from "@fiscalise/server/db/tables.ts";
import { businessId, type Database } from "@fiscalise/server/db/with-business.ts";
import type { BusinessSettings } from "@fiscalise/server/receipts/business-profile.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

export interface SeedBusiness {
  id: string;
  adminId: string;
  /** A business user beside the admin; absent: none. */
  userId?: string;
  branchId: string;
  name: string;
  tin: string;
  address: string;
  device: { baseUrl: string; bhfId: string; serial: string };
  settings: Partial<BusinessSettings>;
  taxMappings: { taxId: string; taxClass: "A" | "B" | "C" | "D" }[];
  itemClasses: { key: string; itemClass: string }[];
  logo: Uint8Array | null;
}

const SESSION_MS = 86_400_000;

function peopleOf({ adminId, userId }: SeedBusiness) {
  const admin = {
    id: adminId,
    number: 1,
    name: "Aline Uwase",
    email: "aline@example.rw",
    role: "business_admin" as const,
  };
  const user = {
    number: 2,
    name: "Eric Habimana",
    email: "eric@example.rw",
    role: "business_user" as const,
  };
  return userId === undefined ? [admin] : [admin, { ...user, id: userId }];
}

/** A business with an admin and a device, as provisioning will make it. A second run only moves the device's address. */
export async function seedBusiness(
  database: Pick<Database, "withBusiness">,
  seed: SeedBusiness,
): Promise<void> {
  const id = businessId(seed.id);
  await database.withBusiness(id, async ({ sql }) => {
    const { device } = seed;
    await sql
      .insert(businesses)
      .values({
        id,
        name: seed.name,
        tin: seed.tin,
        address: seed.address,
        phone: "+250 788 300 100",
        email: "accounts@example.rw",
        jurisdiction: "RW",
        settings: seed.settings,
        logoSha256: seed.logo && sha256(seed.logo),
        lastUserNumber: peopleOf(seed).length,
        companyConfirmedAt: new Date(),
      })
      .onConflictDoNothing();
    if (seed.logo !== null) {
      await sql
        .insert(logos)
        .values({ businessId: id, sha256: sha256(seed.logo), bytes: seed.logo })
        .onConflictDoNothing();
    }
    for (const person of peopleOf(seed)) {
      await sql
        .insert(users)
        .values({ ...person, businessId: id })
        .onConflictDoNothing();
      const session = { businessId: id, userId: person.id, expiresAt: new Date(Date.now() + SESSION_MS) };
      await sql
        .insert(sessions)
        .values({ ...session, id: person.id })
        .onConflictDoUpdate({ target: sessions.id, set: { expiresAt: session.expiresAt } });
    }
    await sql
      .insert(branches)
      .values({
        id: seed.branchId,
        businessId: id,
        bhfId: device.bhfId,
        baseUrl: device.baseUrl,
        deviceSerial: device.serial,
      })
      .onConflictDoUpdate({ target: [branches.businessId, branches.id], set: { baseUrl: device.baseUrl } });
    for (const mapping of seed.taxMappings) {
      await sql
        .insert(taxMappings)
        .values({ ...mapping, businessId: id })
        .onConflictDoNothing();
    }
    for (const item of seed.itemClasses) {
      await sql
        .insert(items)
        .values({ ...item, businessId: id })
        .onConflictDoNothing();
    }
  });
}
