import { count, eq } from "drizzle-orm";
import { branches, receiptCopies, receipts } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

export async function countCopies(tx: BusinessTx, receiptId: string): Promise<number> {
  const [row] = await tx.sql
    .select({ copies: count() })
    .from(receiptCopies)
    .where(eq(receiptCopies.receiptId, receiptId));
  return row?.copies ?? 0;
}

/** The copy a key already stands for, whatever receipt it was for. */
export async function findCopyByKey(
  tx: BusinessTx,
  key: string,
): Promise<{ receiptId: string; number: number } | null> {
  const [found] = await tx.sql
    .select({ receiptId: receiptCopies.receiptId, number: receiptCopies.number })
    .from(receiptCopies)
    .where(eq(receiptCopies.idempotencyKey, key));
  return found ?? null;
}

/** Until the transaction ends, nobody else takes a copy of this receipt, and no day of its branch is closed. */
export async function lockCopies(
  tx: BusinessTx,
  { branchId, receiptId }: { branchId: string; receiptId: string },
): Promise<void> {
  await tx.sql.select({ id: branches.id }).from(branches).where(eq(branches.id, branchId)).for("share");
  await tx.sql
    .select({ id: receipts.id })
    .from(receipts)
    .where(eq(receipts.id, receiptId))
    .for("no key update");
}

/** Under `lockCopies`: copies are numbered from 1 without gaps. */
export async function addCopy(tx: BusinessTx, receiptId: string, key: string | null): Promise<number> {
  const number = (await countCopies(tx, receiptId)) + 1;
  await tx.sql
    .insert(receiptCopies)
    .values({ businessId: tx.businessId, receiptId, number, idempotencyKey: key });
  return number;
}
