import type { ImportedUser } from "../db/imports.ts";
import type { DirtyRow, Reason } from "./report.ts";
import type { UserRow } from "./source.ts";

export interface PlannedUser {
  sourceId: number;
  user: Omit<ImportedUser, "id">;
}

/** Powers over more than one business are given by hand, never by a migration. */
const ROLES: Record<string, ImportedUser["role"] | "provider"> = {
  admin: "provider",
  business_admin: "business_admin",
  business_user: "business_user",
  user: "business_user",
};
const BCRYPT = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Of one business. A user without what is needed is listed and left out. */
export function planUsers(rows: readonly UserRow[]): { users: PlannedUser[]; dirty: DirtyRow[] } {
  const dirty: DirtyRow[] = [];
  const say = (id: number, reason: Reason) => dirty.push({ table: "users", id, reason, isHeld: false });
  const emails = Map.groupBy(rows, emailOf);
  const users = rows.flatMap((row) => {
    const email = emailOf(row);
    const role = Object.hasOwn(ROLES, row.role) ? ROLES[row.role] : undefined;
    const wrong = wrongWith({ email, role, isTwice: (emails.get(email)?.length ?? 0) > 1 });
    if (wrong || !role || role === "provider" || email === null) {
      say(row.id, wrong ?? "user-role-unknown");
      return [];
    }
    const passwordHash = row.hash !== null && BCRYPT.test(row.hash) ? row.hash : null;
    if (passwordHash === null) say(row.id, "password-unreadable");
    const status = row.isActive ? ("active" as const) : ("inactive" as const);
    return [{ sourceId: row.id, user: { name: row.username, email, role, status, passwordHash } }];
  });
  return { users, dirty };
}

function emailOf({ email }: UserRow): string | null {
  const text = email?.trim().toLowerCase() ?? "";
  return EMAIL.test(text) ? text : null;
}

function wrongWith(user: {
  email: string | null;
  role: string | undefined;
  isTwice: boolean;
}): Reason | null {
  if (user.role === "provider") return "user-of-the-provider";
  if (user.role === undefined) return "user-role-unknown";
  if (user.email === null) return "email-missing";
  return user.isTwice ? "email-twice" : null;
}
