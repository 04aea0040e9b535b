import { asc, eq, sql } from "drizzle-orm";
import { type BusinessId, type BusinessTx, businessId, type GateTx } from "./with-business.ts";
import { zohoRevocations } from "./zoho-tables.ts";

export type Revocation = typeof zohoRevocations.$inferSelect;

/** `refreshToken` sealed. */
export async function insertRevocation(
  tx: BusinessTx,
  grant: Pick<Revocation, "accountsUrl" | "refreshToken">,
): Promise<void> {
  await tx.sql.insert(zohoRevocations).values({ ...grant, businessId: tx.businessId });
}

export async function listRevocations(tx: BusinessTx, limit: number): Promise<Revocation[]> {
  return tx.sql.select().from(zohoRevocations).orderBy(asc(zohoRevocations.createdAt)).limit(limit);
}

/** False when another server was first. */
export async function deleteRevocation(tx: BusinessTx, id: string): Promise<boolean> {
  const deleted = await tx.sql
    .delete(zohoRevocations)
    .where(eq(zohoRevocations.id, id))
    .returning({ id: zohoRevocations.id });
  return deleted.length > 0;
}

export async function countRevocationTry(tx: BusinessTx, id: string): Promise<void> {
  await tx.sql
    .update(zohoRevocations)
    .set({ tries: sql`${zohoRevocations.tries} + 1` })
    .where(eq(zohoRevocations.id, id));
}

/** Those with a grant to give back: let go, or given for a consent that nobody completed. */
export async function businessesWithGrantsToRevoke(tx: GateTx, now: Date): Promise<BusinessId[]> {
  const rows = await tx.sql.execute<{ business_id: string }>(
    sql`select * from gate.businesses_with_grants_to_revoke(${now.toISOString()}::timestamptz)`,
  );
  return rows.map(({ business_id }) => businessId(business_id));
}
