import { and, asc, eq, isNotNull, or, sql } from "drizzle-orm";
import { noticeMails } from "./access-tables.ts";
import { users } from "./tables.ts";
import type { User } from "./users.ts";
import { type BusinessId, type BusinessTx, businessId, type GateTx } from "./with-business.ts";

export type NoticeMail = typeof noticeMails.$inferSelect;

/** Businesses with somebody who wants to hear; each is then looked at in its own transaction. */
export async function businessesToNotify(tx: GateTx): Promise<BusinessId[]> {
  const rows = await tx.sql.execute<{ business_id: string }>(sql`select * from gate.businesses_to_notify()`);
  return rows.map((row) => businessId(row.business_id));
}

/** Admins who want it; whoever has not accepted the invitation may be nobody of the business. */
export async function listNoticeReaders(tx: BusinessTx): Promise<User[]> {
  return tx.sql
    .select()
    .from(users)
    .where(
      and(
        eq(users.role, "business_admin"),
        eq(users.status, "active"),
        users.wantsNotices,
        or(
          isNotNull(users.passwordHash),
          isNotNull(users.zohoUserId),
          sql`not exists (select from one_time_codes c where c.user_id = ${users.id})`,
        ),
      ),
    )
    .orderBy(asc(users.number));
}

/** Under its row lock: of two servers one sends. */
export async function lockNoticeMail(tx: BusinessTx, userId: string): Promise<NoticeMail> {
  const own = { businessId: tx.businessId, userId };
  await tx.sql.insert(noticeMails).values(own).onConflictDoNothing();
  const [row] = await tx.sql.select().from(noticeMails).where(eq(noticeMails.userId, userId)).for("update");
  if (!row) throw new Error("bug: a row just inserted is not there");
  return row;
}

export async function updateNoticeMail(
  tx: BusinessTx,
  userId: string,
  change: Partial<Omit<NoticeMail, "businessId" | "userId">>,
): Promise<void> {
  await tx.sql.update(noticeMails).set(change).where(eq(noticeMails.userId, userId));
}
