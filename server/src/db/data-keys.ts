import { asc, desc, eq, sql } from "drizzle-orm";
import { dataKeys } from "./access-tables.ts";
import type { BusinessTx, GateTx } from "./with-business.ts";

export type DataKey = Pick<typeof dataKeys.$inferSelect, "id" | "wrapped">;
const columns = { id: dataKeys.id, wrapped: dataKeys.wrapped };

/** The one that seals. */
export async function findNewestDataKey(tx: BusinessTx): Promise<DataKey | null> {
  const [key] = await tx.sql
    .select(columns)
    .from(dataKeys)
    .where(eq(dataKeys.businessId, tx.businessId))
    .orderBy(desc(dataKeys.createdAt), desc(dataKeys.id))
    .limit(1);
  return key ?? null;
}

export async function findDataKey(tx: BusinessTx, id: string): Promise<DataKey | null> {
  const [key] = await tx.sql.select(columns).from(dataKeys).where(eq(dataKeys.id, id));
  return key ?? null;
}

export async function lockDataKeys(tx: BusinessTx): Promise<DataKey[]> {
  return tx.sql.select(columns).from(dataKeys).orderBy(asc(dataKeys.id)).for("update");
}

export async function insertDataKey(tx: BusinessTx, key: DataKey): Promise<void> {
  await tx.sql.insert(dataKeys).values({ ...key, businessId: tx.businessId });
}

export async function updateWrapping(tx: BusinessTx, { id, wrapped }: DataKey): Promise<void> {
  await tx.sql.update(dataKeys).set({ wrapped }).where(eq(dataKeys.id, id));
}

/** By which of the operator's keys each business's secrets are sealed, one row per secret or data key. */
export async function encryptionKeysInUse(tx: GateTx): Promise<{ businessId: string; keyId: string }[]> {
  const rows = await tx.sql.execute<{ business_id: string; key_id: string }>(
    sql`select * from gate.encryption_keys_in_use()`,
  );
  return rows.map(({ business_id, key_id }) => ({ businessId: business_id, keyId: key_id }));
}
