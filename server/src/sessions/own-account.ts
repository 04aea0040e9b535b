import type { Me } from "@fiscalise/shared/api/auth.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import type { Caller } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import { endSessionsOf, findLiveSession, type LiveSession } from "../db/sessions.ts";
import { updateUser } from "../db/users.ts";
import { type PersonTx, withPerson } from "../db/with-person.ts";
import { Failure } from "../failure.ts";
import { aboutUser } from "./accept-code.ts";
import { auditNameOf } from "./audit-name.ts";
import type { SessionDeps } from "./deps.ts";
import { presentMe } from "./open-session.ts";

export async function viewMe(deps: SessionDeps, caller: Caller): Promise<Me> {
  return withPerson(deps, caller, async (tx) => presentMe(await requireLive(tx, deps, caller)));
}

export interface ProfileChange {
  name?: string | undefined;
  language?: Language | null | undefined;
}

export async function changeProfile(
  deps: SessionDeps,
  { caller, change }: { caller: Caller; change: ProfileChange },
): Promise<Me> {
  return withPerson(deps, caller, async (tx) => {
    const live = await requireLive(tx, deps, caller);
    const { name = live.user.name, language = live.user.language } = change;
    const user = await updateUser(tx, caller.userId, { name, language });
    if (!user) throw new Error("bug: a live session has no user");
    await recordAudit(tx, {
      actor: auditNameOf(user),
      origin: caller.origin,
      action: "profile-changed",
      subject: `user:${user.id}`,
    });
    return presentMe({ ...live, user });
  });
}

/**
 * Ends every other session of the user.
 * @throws Failure password-wrong for the current one, password-weak for the new one, too-many-requests
 */
export async function changePassword(
  deps: SessionDeps,
  input: { caller: Caller; currentPassword: string; newPassword: string },
): Promise<void> {
  const { caller, currentPassword, newPassword } = input;
  const { user, business } = await withPerson(deps, caller, (tx) => requireLive(tx, deps, caller));
  await deps.limits.take("signInPair", `password ${user.id}`);
  if (!(await deps.passwords.verify(user.passwordHash, currentPassword)))
    throw new Failure("password-wrong", "current password refused");
  deps.passwords.requireStrong(newPassword, aboutUser(user, business?.name ?? ""));
  const passwordHash = await deps.passwords.hash(newPassword);
  await withPerson(deps, caller, async (tx) => {
    const now = deps.clock();
    await updateUser(tx, user.id, { passwordHash, passwordChangedAt: now });
    await endSessionsOf(tx, user.id, { at: now, reason: "password-changed", except: caller.sessionId });
    await recordAudit(tx, {
      actor: auditNameOf(user),
      origin: caller.origin,
      action: "password-changed",
      subject: `user:${user.id}`,
    });
  });
  await deps.limits.forget("signInPair", `password ${user.id}`);
}

async function requireLive(tx: PersonTx, deps: SessionDeps, { sessionId }: Caller): Promise<LiveSession> {
  const live = await findLiveSession(tx, sessionId, deps.clock());
  if (!live) throw new Failure("unauthenticated", "the session has ended");
  return live;
}
