import { findUser } from "../db/users.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { Failure } from "../failure.ts";

/** What the guard proved may have changed while somebody waited for a lock, or for Zoho. @throws Failure forbidden */
export async function requireStillAdmin(tx: BusinessTx, userId: string): Promise<void> {
  const user = await findUser(tx, userId);
  if (user?.role === "business_admin" && user.status === "active") return;
  throw new Failure("forbidden", `user ${userId} is no admin any more`);
}
