import { type Business, lockBusiness } from "../db/businesses.ts";
import { findUser } from "../db/users.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { requireActive } from "../receipts/require-business.ts";

/** What the guard proved may have changed while somebody waited for a lock, or for Zoho. @throws Failure forbidden */
export async function requireStillAdmin(tx: BusinessTx, userId: string): Promise<void> {
  const user = await findUser(tx, userId);
  if (user?.role === "business_admin" && user.status === "active") return;
  throw new Failure("forbidden", `user ${userId} is no admin any more`);
}

/** Of an active business, under its row lock. */
export async function lockOwnBusiness(tx: BusinessTx): Promise<Business> {
  const business = await lockBusiness(tx);
  if (!business) throw new Failure("not-found", "no such business");
  requireActive(business);
  return business;
}

/** The same for an admin, who must be one still when it is their turn. @throws Failure forbidden */
export async function lockAsAdmin(tx: BusinessTx, { userId }: { userId: string }): Promise<Business> {
  const business = await lockOwnBusiness(tx);
  await requireStillAdmin(tx, userId);
  return business;
}
