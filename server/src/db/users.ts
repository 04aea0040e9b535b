import { and, asc, eq, isNotNull, isNull, max, sql } from "drizzle-orm";
import { businesses, users } from "./tables.ts";
import { violatedConstraint } from "./violated-constraint.ts";
import type { BusinessTx, SuperAdminTx } from "./with-business.ts";
import type { PersonTx } from "./with-person.ts";

export type User = typeof users.$inferSelect;

export async function findUser(tx: PersonTx, userId: string): Promise<User | null> {
  const [user] = await tx.sql.select().from(users).where(eq(users.id, userId));
  return user ?? null;
}

/** Under its row lock: a password changed at the same time is changed before or after. */
export async function lockUser(tx: PersonTx, userId: string): Promise<User | null> {
  const [user] = await tx.sql.select().from(users).where(eq(users.id, userId)).for("no key update");
  return user ?? null;
}

export async function listUsers(tx: BusinessTx): Promise<User[]> {
  return tx.sql.select().from(users).orderBy(asc(users.number));
}

/** The admin who has been one longest, deactivated ones left out. */
export async function findFirstAdmin(tx: BusinessTx): Promise<User | null> {
  const [admin] = await tx.sql
    .select()
    .from(users)
    .where(and(eq(users.role, "business_admin"), eq(users.status, "active")))
    .orderBy(asc(users.number))
    .limit(1);
  return admin ?? null;
}

export async function findUserOfZoho(tx: BusinessTx, zohoUserId: string): Promise<User | null> {
  const [user] = await tx.sql.select().from(users).where(eq(users.zohoUserId, zohoUserId));
  return user ?? null;
}

/** `email` in small letters. */
export async function findUserByEmail(tx: BusinessTx, email: string): Promise<User | null> {
  const [user] = await tx.sql.select().from(users).where(eq(users.email, email));
  return user ?? null;
}

export async function linkToZoho(tx: BusinessTx, userId: string, zohoUserId: string): Promise<void> {
  await tx.sql.update(users).set({ zohoUserId, updatedAt: sql`now()` }).where(eq(users.id, userId));
}

/** Ids at Zoho are the organisation's: with another organisation they name other people. Answers how many there were. */
export async function forgetUsersOfZoho(tx: BusinessTx): Promise<number> {
  const forgotten = await tx.sql
    .update(users)
    .set({ zohoUserId: null })
    .where(isNotNull(users.zohoUserId))
    .returning({ id: users.id });
  return forgotten.length;
}

/** Takes the business's next user number under its row lock. */
export async function insertUser(
  tx: BusinessTx,
  user: {
    name: string;
    email: string;
    role: "business_admin" | "business_user";
    zohoUserId?: string;
  },
): Promise<User> {
  const [business] = await tx.sql
    .update(businesses)
    .set({ lastUserNumber: sql`${businesses.lastUserNumber} + 1` })
    .where(eq(businesses.id, tx.businessId))
    .returning({ number: businesses.lastUserNumber });
  if (!business) throw new Error("bug: no business in its own transaction");
  const [inserted] = await tx.sql
    .insert(users)
    .values({ ...user, businessId: tx.businessId, number: business.number })
    .returning();
  if (!inserted) throw new Error("bug: insert returned nothing");
  return inserted;
}

/** Takes the provider's next number; only the owner's login sees the other super admins to count them. */
export async function insertSuperAdmin(
  tx: SuperAdminTx,
  user: { name: string; email: string; passwordHash: string },
): Promise<User> {
  await lockSuperAdmins(tx);
  const [last] = await tx.sql
    .select({ number: max(users.number) })
    .from(users)
    .where(isNull(users.businessId));
  const [inserted] = await tx.sql
    .insert(users)
    .values({
      ...user,
      id: tx.superAdminId,
      businessId: null,
      number: (last?.number ?? 0) + 1,
      role: "super_admin",
      passwordChangedAt: sql`now()`,
    })
    .returning();
  if (!inserted) throw new Error("bug: insert returned nothing");
  return inserted;
}

/** Until the transaction ends: who is one changes in turn. */
export async function lockSuperAdmins(tx: SuperAdminTx): Promise<void> {
  await tx.sql.execute(sql`select pg_advisory_xact_lock(hashtext('fiscalise-super-admins'))`);
}

const EMAIL_KEYS: readonly (string | null)[] = ["users_business_id_email_key", "users_super_admin_email"];

export function isEmailTaken(error: unknown): boolean {
  return EMAIL_KEYS.includes(violatedConstraint(error));
}

export async function updateUser(
  tx: PersonTx,
  userId: string,
  change: Partial<
    Pick<
      User,
      "name" | "role" | "status" | "language" | "wantsNotices" | "passwordHash" | "passwordChangedAt"
    >
  >,
): Promise<User | null> {
  const [user] = await tx.sql
    .update(users)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(users.id, userId))
    .returning();
  return user ?? null;
}

export async function listActiveAdmins(tx: BusinessTx): Promise<User[]> {
  return tx.sql
    .select()
    .from(users)
    .where(and(eq(users.role, "business_admin"), eq(users.status, "active")))
    .orderBy(asc(users.number));
}
