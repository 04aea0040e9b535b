import { and, eq, gt, isNull } from "drizzle-orm";
import { oneTimeCodes } from "./access-tables.ts";
import type { BusinessTx } from "./with-business.ts";

export type CodeKind = typeof oneTimeCodes.$inferSelect.kind;

/** A new code ends the user's older ones. */
export async function replaceOneTimeCode(
  tx: BusinessTx,
  code: { sha256: string; userId: string; kind: CodeKind; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await revokeOneTimeCodes(tx, code.userId, code.createdAt);
  await tx.sql.insert(oneTimeCodes).values({ ...code, businessId: tx.businessId });
}

export async function revokeOneTimeCodes(tx: BusinessTx, userId: string, at: Date): Promise<void> {
  await tx.sql
    .update(oneTimeCodes)
    .set({ revokedAt: at })
    .where(and(eq(oneTimeCodes.userId, userId), isNull(oneTimeCodes.usedAt), isNull(oneTimeCodes.revokedAt)));
}

/** Whom a code of the business was made for, whether it is still good or not. */
export async function userOfCode(tx: BusinessTx, sha256: string): Promise<string> {
  const [code] = await tx.sql
    .select({ userId: oneTimeCodes.userId })
    .from(oneTimeCodes)
    .where(eq(oneTimeCodes.sha256, sha256));
  if (!code) throw new Error("bug: a code of the business is not there");
  return code.userId;
}

/** Used up in the same statement that finds it: one of two at once gets nothing. */
export async function useOneTimeCode(
  tx: BusinessTx,
  sha256: string,
  now: Date,
): Promise<{ kind: CodeKind } | null> {
  const [used] = await tx.sql
    .update(oneTimeCodes)
    .set({ usedAt: now })
    .where(
      and(
        eq(oneTimeCodes.sha256, sha256),
        isNull(oneTimeCodes.usedAt),
        isNull(oneTimeCodes.revokedAt),
        gt(oneTimeCodes.expiresAt, now),
      ),
    )
    .returning({ kind: oneTimeCodes.kind });
  return used ?? null;
}
