import { and, eq, inArray, sql } from "drizzle-orm";
import { itemRegistrations } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

/** What a device was last told of each of these items, as text to compare. */
export async function findRegistrations(
  tx: BusinessTx,
  branchId: string,
  keys: string[],
): Promise<Map<string, string>> {
  const rows = await tx.sql
    .select()
    .from(itemRegistrations)
    .where(and(eq(itemRegistrations.branchId, branchId), inArray(itemRegistrations.itemKey, keys)));
  return new Map(rows.map((row) => [row.itemKey, row.facts]));
}

export async function keepRegistrations(
  tx: BusinessTx,
  branchId: string,
  registered: { key: string; facts: string }[],
): Promise<void> {
  if (registered.length === 0) return;
  await tx.sql
    .insert(itemRegistrations)
    .values(
      registered.map(({ key, facts }) => ({ businessId: tx.businessId, branchId, itemKey: key, facts })),
    )
    .onConflictDoUpdate({
      target: [itemRegistrations.businessId, itemRegistrations.branchId, itemRegistrations.itemKey],
      set: { facts: sql`excluded.facts`, registeredAt: sql`now()` },
    });
}
