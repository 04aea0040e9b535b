import type { UserChange, User as UserView } from "@fiscalise/shared/api/users.ts";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { revokeOneTimeCodes } from "../../db/one-time-codes.ts";
import { endSessionsOf, type SessionEnd } from "../../db/sessions.ts";
import { listActiveAdmins, type User, updateUser } from "../../db/users.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { actingUser, auditedBy } from "../../receipts/actor.ts";
import { lockAsAdmin } from "../require-admin.ts";
import { type PeopleDeps, requirePerson } from "./people.ts";
import { presentUser } from "./present-user.ts";

/**
 * Renames, promotes, demotes, deactivates, reactivates. Another role or deactivation counts at once: the user's
 * sessions end in the same transaction.
 * @throws Failure not-found, last-admin, forbidden
 */
export async function changePerson(
  deps: PeopleDeps,
  { actor, userId, change }: { actor: Actor; userId: string; change: UserChange },
): Promise<UserView> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    // Changes of people come one after the other, or two could each leave the other as the last admin.
    await lockAsAdmin(tx, actor);
    const before = await requirePerson(tx, userId);
    const { name, role = before.role, status = before.status } = change;
    if (losesAdmin(before, { role, status }))
      requireAnotherAdmin(await listActiveAdmins(tx), { leaving: before, actor });
    // A name that was not sent stays as it is: its owner may be changing it.
    const after = await updateUser(tx, before.id, { role, status, ...(name !== undefined && { name }) });
    if (!after) throw new Error("bug: a user vanished");
    await endAccess(tx, deps, { before, after });
    await auditChange(tx, actor, { before, after });
    return presentUser(after);
  });
}

const isActiveAdmin = ({ role, status }: Pick<User, "role" | "status">) =>
  role === "business_admin" && status === "active";

function losesAdmin(before: User, wanted: Pick<User, "role" | "status">): boolean {
  return isActiveAdmin(before) && !isActiveAdmin(wanted);
}

/** Who acts is in; somebody who never accepted the invitation is not, and cannot undo anything. */
function requireAnotherAdmin(
  admins: readonly User[],
  { leaving, actor }: { leaving: User; actor: Actor },
): void {
  const isIn = ({ id, passwordHash }: User) => id === actor.userId || passwordHash !== null;
  const others = admins.filter((admin) => admin.id !== leaving.id && isIn(admin));
  if (others.length === 0) throw new Failure("last-admin", "the business would have no admin");
}

async function endAccess(
  tx: BusinessTx,
  { clock }: Pick<PeopleDeps, "clock">,
  { before, after }: { before: User; after: User },
): Promise<void> {
  const at = clock();
  const isGone = before.status === "active" && after.status === "inactive";
  const reason: SessionEnd | null = isGone
    ? "deactivated"
    : before.role === after.role
      ? null
      : "role-changed";
  if (reason) await endSessionsOf(tx, after.id, { at, reason, except: null });
  if (isGone) await revokeOneTimeCodes(tx, after.id, at);
}

async function auditChange(
  tx: BusinessTx,
  actor: Actor,
  { before, after }: { before: User; after: User },
): Promise<void> {
  const fields = ["role", "status"] as const;
  const changed = fields.filter((field) => before[field] !== after[field]);
  if (changed.length === 0 && before.name === after.name) return;
  await recordAudit(tx, {
    ...auditedBy(await actingUser(tx, actor)),
    action: "user-changed",
    subject: `user:${after.id}`,
    detail: Object.fromEntries([
      ["renamed", before.name !== after.name],
      ...changed.flatMap((field) => [
        [field, after[field]],
        [`previous-${field}`, before[field]],
      ]),
    ]),
  });
}
