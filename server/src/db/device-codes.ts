import { eq } from "drizzle-orm";
import { deviceCodes, itemClasses } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

type DeviceCode = Omit<typeof deviceCodes.$inferInsert, "businessId" | "branchId">;
type ItemClass = Omit<typeof itemClasses.$inferInsert, "businessId" | "branchId">;

/** Below PostgreSQL's 65,535 parameters a statement. */
const ROWS_PER_INSERT = 5_000;

export async function replaceDeviceCodes(
  tx: BusinessTx,
  branchId: string,
  codes: DeviceCode[],
): Promise<void> {
  await tx.sql.delete(deviceCodes).where(eq(deviceCodes.branchId, branchId));
  for (const rows of batches(codes)) {
    await tx.sql
      .insert(deviceCodes)
      .values(rows.map((row) => ({ ...row, businessId: tx.businessId, branchId })));
  }
}

export async function replaceItemClasses(
  tx: BusinessTx,
  branchId: string,
  classes: ItemClass[],
): Promise<void> {
  await tx.sql.delete(itemClasses).where(eq(itemClasses.branchId, branchId));
  for (const rows of batches(classes)) {
    await tx.sql
      .insert(itemClasses)
      .values(rows.map((row) => ({ ...row, businessId: tx.businessId, branchId })));
  }
}

function batches<T>(rows: T[]): T[][] {
  const count = Math.ceil(rows.length / ROWS_PER_INSERT);
  return Array.from({ length: count }, (_, index) =>
    rows.slice(index * ROWS_PER_INSERT, (index + 1) * ROWS_PER_INSERT),
  );
}
