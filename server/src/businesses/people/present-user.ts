import type { User as UserAnswer } from "@fiscalise/shared/api/users.ts";
import type { User } from "../../db/users.ts";

/** Of a business; invited until a password is set. */
export function presentUser({ id, number, name, email, role, ...user }: User): UserAnswer {
  if (role === "super_admin") throw new Error("bug: a super admin among a business's users");
  const isInvited = user.status === "active" && user.passwordHash === null;
  const createdAt = user.createdAt.toISOString();
  return { id, number, name, email, role, status: isInvited ? "invited" : user.status, createdAt };
}
