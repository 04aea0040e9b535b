import { and, eq, isNull, lt, max, ne } from "drizzle-orm";
import { refreshTokens, type SESSION_ENDS, sessions } from "./access-tables.ts";
import { businesses, users } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";
import type { PersonTx } from "./with-person.ts";

export type Session = typeof sessions.$inferSelect;
export type RefreshToken = typeof refreshTokens.$inferSelect;
export type SessionEnd = (typeof SESSION_ENDS)[number];

export interface LiveSession {
  session: Session;
  user: typeof users.$inferSelect;
  business: Pick<typeof businesses.$inferSelect, "id" | "name" | "tin" | "status"> | null;
}

/** The session with whose it is, as they stand now; null when it has ended, expired, or its user was deactivated. */
export async function findLiveSession(
  tx: PersonTx,
  sessionId: string,
  now: Date,
): Promise<LiveSession | null> {
  const [found] = await tx.sql
    .select({
      session: sessions,
      user: users,
      business: {
        id: businesses.id,
        name: businesses.name,
        tin: businesses.tin,
        status: businesses.status,
      },
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(businesses, eq(businesses.id, sessions.businessId))
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt), eq(users.status, "active")));
  return found && found.session.expiresAt > now ? found : null;
}

export async function insertSession(
  tx: PersonTx,
  session: { userId: string; createdAt: Date; expiresAt: Date },
): Promise<string> {
  const [row] = await tx.sql
    .insert(sessions)
    .values({ ...session, businessId: tx.businessId })
    .returning({ id: sessions.id });
  if (!row) throw new Error("bug: insert returned nothing");
  return row.id;
}

/** When each user of the business last began a session; who never did is not in it. The newest of a user is never deleted. */
export async function lastSignIns(tx: BusinessTx): Promise<Map<string, Date>> {
  const rows = await tx.sql
    .select({ userId: sessions.userId, at: max(sessions.createdAt) })
    .from(sessions)
    .groupBy(sessions.userId);
  return new Map(rows.flatMap(({ userId, at }) => (at === null ? [] : [[userId, at] as const])));
}

/** Sessions that expired before `before`, with their tokens. */
export async function deleteExpiredSessions(tx: PersonTx, userId: string, before: Date): Promise<void> {
  await tx.sql.delete(sessions).where(and(eq(sessions.userId, userId), lt(sessions.expiresAt, before)));
}

export async function endSession(
  tx: PersonTx,
  sessionId: string,
  end: { at: Date; reason: SessionEnd },
): Promise<void> {
  await tx.sql
    .update(sessions)
    .set({ endedAt: end.at, endReason: end.reason })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt)));
}

/** `except`: the session that asked for it. */
export async function endSessionsOf(
  tx: PersonTx,
  userId: string,
  end: { at: Date; reason: SessionEnd; except: string | null },
): Promise<void> {
  const others = end.except === null ? undefined : ne(sessions.id, end.except);
  await tx.sql
    .update(sessions)
    .set({ endedAt: end.at, endReason: end.reason })
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt), others));
}

export async function insertRefreshToken(
  tx: PersonTx,
  token: { sha256: string; sessionId: string; issuedAt: Date },
): Promise<void> {
  await tx.sql.insert(refreshTokens).values({ ...token, businessId: tx.businessId });
}

/** Under its row lock: two tabs that show one token at once are answered one after the other. */
export async function lockRefreshToken(tx: PersonTx, sha256: string): Promise<RefreshToken | null> {
  const [found] = await tx.sql
    .select()
    .from(refreshTokens)
    .where(eq(refreshTokens.sha256, sha256))
    .for("update");
  return found ?? null;
}

export async function updateRefreshToken(
  tx: PersonTx,
  sha256: string,
  change: Partial<Pick<RefreshToken, "replacedAt" | "replacedBy" | "revokedAt">>,
): Promise<void> {
  await tx.sql.update(refreshTokens).set(change).where(eq(refreshTokens.sha256, sha256));
}
