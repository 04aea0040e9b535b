import type { AuditAction } from "@fiscalise/shared/audit-actions.ts";
import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import type { Origin } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import type { Person } from "../db/gate.ts";
import { findUser } from "../db/users.ts";
import { type Scopes, withPerson } from "../db/with-person.ts";
import { Failure } from "../failure.ts";
import { auditNameOf } from "./audit-name.ts";

/** What says that somebody may not; a weak password or a slip in a form is no such thing. */
const REFUSALS: readonly ProblemCode[] = [
  "business-inactive",
  "code-invalid",
  "credentials-wrong",
  "not-enrolled",
  "password-wrong",
];

export interface Tried {
  /** Whose account it was tried with. */
  person: Person;
  /** As it is called when it is refused. */
  action: AuditAction;
  origin: Origin;
}

/** Audits what is refused, in a transaction of its own: the one that ends by it leaves nothing. */
export async function auditRefusal<T>(scopes: Scopes, tried: Tried, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure && REFUSALS.includes(error.code)) await keepRefusal(scopes, tried, error);
    throw error;
  }
}

export async function keepRefusal(
  scopes: Scopes,
  { person, action, origin }: Tried,
  { code }: Failure,
): Promise<void> {
  await withPerson(scopes, person, async (tx) => {
    const user = await findUser(tx, person.userId);
    if (!user) throw new Error(`bug: account ${person.userId} vanished`);
    await recordAudit(tx, {
      actor: auditNameOf(user),
      origin,
      action,
      subject: `user:${user.id}`,
      result: "refused",
      detail: { code },
    });
  });
}
