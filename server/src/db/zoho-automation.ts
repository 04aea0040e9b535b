import { zohoAutomation } from "./automation-tables.ts";
import type { BusinessTx } from "./with-business.ts";

/** What the business's plan allows in a day; null: not known. */
export async function findDailyCallsMax(tx: BusinessTx): Promise<number | null> {
  const [row] = await tx.sql.select({ max: zohoAutomation.dailyCallsMax }).from(zohoAutomation);
  return row?.max ?? null;
}
