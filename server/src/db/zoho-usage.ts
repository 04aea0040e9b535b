import { between, eq, sql } from "drizzle-orm";
import { zohoUsage } from "./automation-tables.ts";
import type { BusinessTx } from "./with-business.ts";

export interface ZohoUsage {
  calls: number;
  refused: number;
  /** When Zoho said that the day's calls are used up. */
  dayLimitReachedAt: Date | null;
}

/** Adds to the day's counts. */
export async function addUsage(tx: BusinessTx, day: string, added: ZohoUsage): Promise<void> {
  await tx.sql
    .insert(zohoUsage)
    .values({ businessId: tx.businessId, day, ...added })
    .onConflictDoUpdate({
      target: [zohoUsage.businessId, zohoUsage.day],
      set: {
        calls: sql`${zohoUsage.calls} + ${added.calls}`,
        refused: sql`${zohoUsage.refused} + ${added.refused}`,
        dayLimitReachedAt: sql`coalesce(${zohoUsage.dayLimitReachedAt}, excluded.day_limit_reached_at)`,
      },
    });
}

export async function usageOf(tx: BusinessTx, day: string): Promise<ZohoUsage> {
  const [row] = await tx.sql
    .select({
      calls: zohoUsage.calls,
      refused: zohoUsage.refused,
      dayLimitReachedAt: zohoUsage.dayLimitReachedAt,
    })
    .from(zohoUsage)
    .where(eq(zohoUsage.day, day));
  return row ?? { calls: 0, refused: 0, dayLimitReachedAt: null };
}

/** By day, of those that had a call; both days included, in UTC. */
export async function usageByDay(
  tx: BusinessTx,
  { from, to }: { from: string; to: string },
): Promise<ZohoUsage[]> {
  return tx.sql
    .select({
      calls: zohoUsage.calls,
      refused: zohoUsage.refused,
      dayLimitReachedAt: zohoUsage.dayLimitReachedAt,
    })
    .from(zohoUsage)
    .where(between(zohoUsage.day, from, to));
}
