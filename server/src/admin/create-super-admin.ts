import { randomUUID } from "node:crypto";
import { EmailSchema, PASSWORD_LENGTH, PersonNameSchema } from "@fiscalise/shared/api/auth.ts";
import * as z from "zod";
import { recordAudit } from "../db/audit.ts";
import { insertSuperAdmin, isEmailTaken, type User } from "../db/users.ts";
import { openDatabase, type SuperAdminTx } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { readInput } from "../http/input.ts";
import { createPasswords } from "../passwords.ts";

/** What is known before anybody types a password. */
export const SuperAdminEntry = z.strictObject({ email: EmailSchema, name: PersonNameSchema });
export const PasswordEntry = z.strictObject({ password: z.string().max(PASSWORD_LENGTH.max) });
const NewSuperAdmin = SuperAdminEntry.extend(PasswordEntry.shape);
export type NewSuperAdmin = z.infer<typeof NewSuperAdmin>;

/**
 * The only way to a super admin: with the database owner's login, which the server does not have.
 * @throws Failure input-invalid, password-weak, email-taken
 */
export async function createSuperAdmin(
  ownerUrl: string,
  input: NewSuperAdmin,
): Promise<Pick<User, "id" | "number" | "name" | "email">> {
  const { password, name, ...entry } = readInput(NewSuperAdmin, input);
  const email = entry.email.toLowerCase();
  const passwords = createPasswords();
  passwords.requireStrong(password, aboutSuperAdmin({ email, name }));
  const passwordHash = await passwords.hash(password);
  const database = openDatabase({ url: ownerUrl, prepare: false, connectionsMax: 1 });
  try {
    return await database.withSuperAdmin(randomUUID(), (tx) => insert(tx, { email, name, passwordHash }));
  } catch (error) {
    if (!isEmailTaken(error)) throw error;
    throw new Failure("email-taken", "another super admin has the address", { cause: error });
  } finally {
    await database.close();
  }
}

/** What an attacker knows of them. */
export function aboutSuperAdmin({ email, name }: Pick<User, "email" | "name">): string[] {
  return [email, name, "fiscalise"];
}

async function insert(tx: SuperAdminTx, entry: { email: string; name: string; passwordHash: string }) {
  const { id, number, name, email } = await insertSuperAdmin(tx, entry);
  await recordAudit(tx, {
    actor: "system",
    origin: { address: null, requestId: randomUUID() },
    action: "super-admin-created",
    subject: `user:${id}`,
    detail: { number },
  });
  return { id, number, name, email };
}
