import type { OneTimeCode, User as UserView } from "@fiscalise/shared/api/users.ts";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { findUser, insertUser, isEmailTaken, listUsers, type User } from "../../db/users.ts";
import type { BusinessTx, WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { actingUser, auditedBy } from "../../receipts/actor.ts";
import { requireBusiness } from "../../receipts/require-business.ts";
import { lockAsAdmin } from "../require-admin.ts";
import { giveOneTimeCode } from "./one-time-code.ts";
import { presentUser } from "./present-user.ts";

export interface PeopleDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}

export async function listPeople(deps: Pick<PeopleDeps, "withBusiness">, actor: Actor): Promise<UserView[]> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    return (await listUsers(tx)).map(presentUser);
  });
}

export interface Invitation {
  name: string;
  email: string;
  role: "business_admin" | "business_user";
}

/**
 * A user who may sign in once the code is accepted; the code is shown here and never again.
 * @throws Failure email-taken
 */
export async function invitePerson(
  deps: PeopleDeps,
  { actor, invited }: { actor: Actor; invited: Invitation },
): Promise<{ user: UserView; invitation: OneTimeCode }> {
  const made = deps.withBusiness(actor.businessId, async (tx) => {
    await lockAsAdmin(tx, actor);
    const user = await insertUser(tx, { ...invited, email: invited.email.toLowerCase() });
    const invitation = await giveOneTimeCode(tx, { userId: user.id, kind: "invitation", now: deps.clock() });
    await recordAudit(tx, {
      ...auditedBy(await actingUser(tx, actor)),
      action: "user-invited",
      subject: `user:${user.id}`,
      detail: { number: user.number, role: user.role },
    });
    return { user: presentUser(user), invitation };
  });
  return made.catch((error: unknown) => {
    if (!isEmailTaken(error)) throw error;
    throw new Failure("email-taken", "another user of the business has it", { cause: error });
  });
}

/**
 * A further code for somebody who lost theirs, or their password; older codes end.
 * @throws Failure not-found, action-not-allowed for somebody deactivated
 */
export async function inviteAgain(
  deps: PeopleDeps,
  { actor, userId }: { actor: Actor; userId: string },
): Promise<OneTimeCode> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    await lockAsAdmin(tx, actor);
    const user = await requirePerson(tx, userId);
    if (user.status !== "active") throw new Failure("action-not-allowed", `user ${user.id} is inactive`);
    const invitation = await giveOneTimeCode(tx, { userId: user.id, kind: "invitation", now: deps.clock() });
    await recordAudit(tx, {
      ...auditedBy(await actingUser(tx, actor)),
      action: "invitation-renewed",
      subject: `user:${user.id}`,
    });
    return invitation;
  });
}

/** Another business's user is nobody here. */
export async function requirePerson(tx: BusinessTx, userId: string): Promise<User> {
  const user = await findUser(tx, userId);
  if (!user) throw new Failure("not-found", `no user ${userId}`);
  return user;
}
