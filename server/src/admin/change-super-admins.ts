import { randomUUID } from "node:crypto";
import type { AuditAction } from "@fiscalise/shared/audit-actions.ts";
import { recordAudit } from "../db/audit.ts";
import { type ListedSuperAdmin, listSuperAdmins } from "../db/gate.ts";
import { endSessionsOf } from "../db/sessions.ts";
import { hasSqlState } from "../db/sql-state.ts";
import { lockSuperAdmins, updateUser } from "../db/users.ts";
import { type Database, openDatabase, type SuperAdminTx } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { readInput } from "../http/input.ts";
import { createPasswords } from "../passwords.ts";
import { aboutSuperAdmin, PasswordEntry } from "./create-super-admin.ts";

/** With the login of the database's owner, as they are made: the server's sees no super admin but the one it names, and ends none. */
export interface OwnerDeps {
  ownerUrl: string;
  clock: () => Date;
}

export type ChangedSuperAdmin = Pick<ListedSuperAdmin, "id" | "number" | "name" | "email" | "status">;

/** @throws Failure forbidden when the login is not the owner's */
export async function viewSuperAdmins(ownerUrl: string): Promise<ListedSuperAdmin[]> {
  return asOwner(ownerUrl, ({ atGate }) => atGate(listSuperAdmins));
}

/**
 * For good: whoever comes back is made anew, under another number.
 * @throws Failure not-found, last-admin, forbidden
 */
export async function endSuperAdmin(
  { ownerUrl, clock }: OwnerDeps,
  email: string,
): Promise<ChangedSuperAdmin> {
  return asOwner(ownerUrl, async (database) => {
    const { id } = activeOne(await database.atGate(listSuperAdmins), email);
    return database.withSuperAdmin(id, async (tx) => {
      // One after the other, or two could each leave the other as the last.
      await lockSuperAdmins(tx);
      const all = await listSuperAdmins(tx);
      const leaving = activeOne(all, email);
      requireAnother(all, leaving);
      await updateUser(tx, leaving.id, { status: "inactive", passwordHash: null });
      await endSessionsOf(tx, leaving.id, { at: clock(), reason: "deactivated", except: null });
      await audit(tx, leaving, "super-admin-ended");
      return changed({ ...leaving, status: "inactive" });
    });
  });
}

/** @throws Failure not-found, password-weak, input-invalid, forbidden */
export async function resetSuperAdmin(
  { ownerUrl, clock, readPassword }: OwnerDeps & { readPassword: () => Promise<string> },
  email: string,
): Promise<ChangedSuperAdmin> {
  return asOwner(ownerUrl, async (database) => {
    const found = activeOne(await database.atGate(listSuperAdmins), email);
    const { password } = readInput(PasswordEntry, { password: await readPassword() });
    const passwords = createPasswords();
    passwords.requireStrong(password, aboutSuperAdmin(found));
    const passwordHash = await passwords.hash(password);
    return database.withSuperAdmin(found.id, async (tx) => {
      await lockSuperAdmins(tx);
      // Somebody may have been ended while the password was typed.
      const admin = activeOne(await listSuperAdmins(tx), email);
      const at = clock();
      await updateUser(tx, admin.id, { passwordHash, passwordChangedAt: at });
      await endSessionsOf(tx, admin.id, { at, reason: "password-changed", except: null });
      await audit(tx, admin, "super-admin-password-reset");
      return changed(admin);
    });
  });
}

async function asOwner<T>(ownerUrl: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase({ url: ownerUrl, prepare: false, connectionsMax: 1 });
  try {
    return await work(database);
  } catch (error) {
    if (!hasSqlState(error, "42501")) throw error;
    throw new Failure("forbidden", "OWNER_DATABASE_URL does not log in as the database's owner", {
      cause: error,
    });
  } finally {
    await database.close();
  }
}

function activeOne(all: readonly ListedSuperAdmin[], email: string): ListedSuperAdmin {
  const found = all.find((one) => one.email === email && one.status === "active");
  if (!found) throw new Failure("not-found", `no active super admin has the address ${email}`);
  return found;
}

function requireAnother(all: readonly ListedSuperAdmin[], leaving: ListedSuperAdmin): void {
  if (all.some(({ id, status }) => id !== leaving.id && status === "active")) return;
  throw new Failure(
    "last-admin",
    `${leaving.email} is the last active super admin; create-super-admin makes another`,
  );
}

function changed({ id, number, name, email, status }: ListedSuperAdmin): ChangedSuperAdmin {
  return { id, number, name, email, status };
}

async function audit(tx: SuperAdminTx, { id, number }: ListedSuperAdmin, action: AuditAction): Promise<void> {
  await recordAudit(tx, {
    actor: "system",
    origin: { address: null, requestId: randomUUID() },
    action,
    subject: `user:${id}`,
    detail: { number },
  });
}
