import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import { and, eq, gt, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import type { BusinessTx } from "./with-business.ts";
import { oauthStates } from "./zoho-tables.ts";

export type ZohoConsent = typeof oauthStates.$inferSelect;

/** A user has one at a time; what is given for an older one is given back. */
export async function insertConsent(
  tx: BusinessTx,
  consent: Pick<ZohoConsent, "nonceSha256" | "userId" | "organizationId" | "pageOrigin" | "expiresAt">,
): Promise<void> {
  await tx.sql.insert(oauthStates).values({ ...consent, businessId: tx.businessId });
}

/** Takes away the user's consents, if one is named, and whatever came too late. */
export async function removeConsents(
  tx: BusinessTx,
  now: Date,
  userId: string | null,
): Promise<ZohoConsent[]> {
  const own = userId === null ? undefined : eq(oauthStates.userId, userId);
  return tx.sql
    .delete(oauthStates)
    .where(or(lte(oauthStates.expiresAt, now), own))
    .returning();
}

/** Once: whoever comes back from Zoho second finds nothing. */
export async function takeConsent(
  tx: BusinessTx,
  nonceSha256: string,
  now: Date,
): Promise<ZohoConsent | null> {
  const [taken] = await tx.sql
    .update(oauthStates)
    .set({ consentedAt: now })
    .where(
      and(
        eq(oauthStates.nonceSha256, nonceSha256),
        isNull(oauthStates.consentedAt),
        gt(oauthStates.expiresAt, now),
      ),
    )
    .returning();
  return taken ?? null;
}

/** False when the consent was replaced meanwhile. */
export async function settleConsent(
  tx: BusinessTx,
  nonceSha256: string,
  outcome: { refusal: ProblemCode } | { codeSha256: string; sealedGrant: string; offer: object },
): Promise<boolean> {
  const settled = await tx.sql
    .update(oauthStates)
    .set(outcome)
    .where(and(eq(oauthStates.nonceSha256, nonceSha256), isNotNull(oauthStates.consentedAt)))
    .returning({ userId: oauthStates.userId });
  return settled.length > 0;
}

export async function findConsentOf(tx: BusinessTx, userId: string): Promise<ZohoConsent | null> {
  const [consent] = await consentOf(tx, userId);
  return consent ?? null;
}

/** Under its row lock: two codes tried at once count as two. */
export async function lockConsentOf(tx: BusinessTx, userId: string): Promise<ZohoConsent | null> {
  const [consent] = await consentOf(tx, userId).for("update");
  return consent ?? null;
}

const consentOf = (tx: BusinessTx, userId: string) =>
  tx.sql.select().from(oauthStates).where(eq(oauthStates.userId, userId));

export async function countWrongCode(tx: BusinessTx, nonceSha256: string): Promise<void> {
  await tx.sql
    .update(oauthStates)
    .set({ tries: sql`${oauthStates.tries} + 1` })
    .where(eq(oauthStates.nonceSha256, nonceSha256));
}

/** False when somebody else was first. */
export async function useConsent(tx: BusinessTx, nonceSha256: string): Promise<boolean> {
  const used = await tx.sql
    .delete(oauthStates)
    .where(eq(oauthStates.nonceSha256, nonceSha256))
    .returning({ userId: oauthStates.userId });
  return used.length > 0;
}
