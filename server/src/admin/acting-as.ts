import { randomUUID } from "node:crypto";
import type { SuperAdmin } from "../actor.ts";
import { accountsOf } from "../db/gate.ts";
import { findUser } from "../db/users.ts";
import type { Database } from "../db/with-business.ts";
import { Failure } from "../failure.ts";

/**
 * Whoever holds the server's database login may name any active super admin; the audit says whom they named.
 * @throws Failure forbidden
 */
export async function actingAs(database: Database, email: string): Promise<SuperAdmin> {
  const accounts = await database.atGate((tx) => accountsOf(tx, email, null));
  const account = accounts.find(({ role }) => role === "super_admin");
  const user =
    account && (await database.withSuperAdmin(account.userId, (tx) => findUser(tx, account.userId)));
  if (user?.status !== "active") throw new Failure("forbidden", "--as names no active super admin");
  return { userId: user.id, number: user.number, origin: { address: null, requestId: randomUUID() } };
}
