import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { businesses, items, logos } from "./tables.ts";
import { violatedConstraint } from "./violated-constraint.ts";
import type { BusinessTx } from "./with-business.ts";

export type Business = typeof businesses.$inferSelect;
export type Item = typeof items.$inferSelect;

export async function findBusiness(tx: BusinessTx): Promise<Business | null> {
  const [business] = await tx.sql.select().from(businesses).where(eq(businesses.id, tx.businessId));
  return business ?? null;
}

export type BusinessDetails = Pick<Business, "name" | "tin" | "email" | "phone" | "address" | "language">;

export async function insertBusiness(
  tx: BusinessTx,
  details: BusinessDetails &
    Pick<Business, "jurisdiction"> &
    Partial<Pick<Business, "status" | "knownOrganizationId">>,
): Promise<void> {
  await tx.sql.insert(businesses).values({ ...details, id: tx.businessId });
}

export async function changeDetails(tx: BusinessTx, details: BusinessDetails, at: Date): Promise<void> {
  await tx.sql
    .update(businesses)
    .set({ ...details, updatedAt: at })
    .where(eq(businesses.id, tx.businessId));
}

/** Uniqueness over all businesses is the index's: row-level security hides whose the TIN is. */
export function isTinTaken(error: unknown): boolean {
  return violatedConstraint(error) === "businesses_tin_key";
}

/** False when it has that status already. */
export async function changeStatus(tx: BusinessTx, status: Business["status"], at: Date): Promise<boolean> {
  const changed = await tx.sql
    .update(businesses)
    .set({ status, statusSince: at, updatedAt: at })
    .where(and(eq(businesses.id, tx.businessId), ne(businesses.status, status)))
    .returning({ id: businesses.id });
  return changed.length > 0;
}

export interface SetupFacts {
  isCompanyConfirmed: boolean;
  /** It has a branch, and each of its devices is initialised and has given its code tables. */
  areDevicesReady: boolean;
  isZohoConnected: boolean;
}

export async function findSetupFacts(tx: BusinessTx): Promise<SetupFacts> {
  const [facts] = await tx.sql
    .select({
      isCompanyConfirmed: sql<boolean>`${businesses.companyConfirmedAt} is not null`,
      areDevicesReady: sql<boolean>`coalesce((
        select bool_and(initialised_on is not null and codes_synced_at is not null) from branches), false)`,
      isZohoConnected: sql<boolean>`exists (select from zoho_connections where status = 'connected')`,
    })
    .from(businesses)
    .where(eq(businesses.id, tx.businessId));
  if (!facts) throw new Error("bug: no business in its own transaction");
  return facts;
}

/** Under its row lock: what is set of a business changes one transaction at a time. */
export async function lockBusiness(tx: BusinessTx): Promise<Business | null> {
  const [business] = await tx.sql
    .select()
    .from(businesses)
    .where(eq(businesses.id, tx.businessId))
    .for("no key update");
  return business ?? null;
}

export async function updateBusiness(
  tx: BusinessTx,
  change: Partial<
    Pick<
      Business,
      "name" | "email" | "phone" | "address" | "language" | "settings" | "logoSha256" | "companyConfirmedAt"
    >
  >,
): Promise<Business> {
  const [business] = await tx.sql
    .update(businesses)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(businesses.id, tx.businessId))
    .returning();
  if (!business) throw new Error("bug: no business in its own transaction");
  return business;
}

/** Kept for ever: receipts print it. */
export async function keepLogo(tx: BusinessTx, logo: { sha256: string; bytes: Uint8Array }): Promise<void> {
  await tx.sql
    .insert(logos)
    .values({ businessId: tx.businessId, sha256: logo.sha256, bytes: logo.bytes })
    .onConflictDoNothing();
}

export async function findLogo(tx: BusinessTx, sha256: string): Promise<Uint8Array | null> {
  const [logo] = await tx.sql.select({ bytes: logos.bytes }).from(logos).where(eq(logos.sha256, sha256));
  return logo?.bytes ?? null;
}

export async function findItems(tx: BusinessTx, keys: string[]): Promise<Item[]> {
  return keys.length === 0 ? [] : tx.sql.select().from(items).where(inArray(items.key, keys));
}

export interface ItemRead {
  key: string;
  name: string | null;
  unit: string | null;
  defaultPrice: string | null;
}

/** What Zoho says of an item; codes and mappings stay. */
export async function keepItemRead(tx: BusinessTx, read: ItemRead[], at: Date): Promise<void> {
  if (read.length === 0) return;
  await tx.sql
    .insert(items)
    .values(read.map((item) => ({ ...item, businessId: tx.businessId, readAt: at })))
    .onConflictDoUpdate({
      target: [items.businessId, items.key],
      set: {
        name: sql`excluded.name`,
        unit: sql`excluded.unit`,
        defaultPrice: sql`excluded.default_price`,
        readAt: sql`excluded.read_at`,
      },
    });
}

/** The business's last item number under its row lock: running numbers are given out one transaction at a time. */
export async function lockItemNumbers(tx: BusinessTx): Promise<number> {
  const [row] = await tx.sql
    .select({ last: businesses.lastItemNumber })
    .from(businesses)
    .where(eq(businesses.id, tx.businessId))
    .for("no key update");
  if (!row) throw new Error("bug: no business in its own transaction");
  return row.last;
}

export interface ItemCode {
  key: string;
  kind: "goods" | "service";
  itemCode: string;
  country: string;
  number: number;
}

/** Item codes are kept for ever (fiscal rules §5). */
export async function keepItemCodes(tx: BusinessTx, codes: ItemCode[]): Promise<void> {
  const last = codes.at(-1);
  if (!last) return;
  await tx.sql
    .insert(items)
    .values(codes.map(({ number, ...item }) => ({ ...item, businessId: tx.businessId, itemNumber: number })))
    .onConflictDoUpdate({
      target: [items.businessId, items.key],
      set: {
        kind: sql`excluded.kind`,
        itemCode: sql`coalesce(items.item_code, excluded.item_code)`,
        itemNumber: sql`coalesce(items.item_number, excluded.item_number)`,
      },
    });
  await tx.sql
    .update(businesses)
    .set({ lastItemNumber: last.number })
    .where(eq(businesses.id, tx.businessId));
}
