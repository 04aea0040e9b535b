import type { Me } from "@fiscalise/shared/api/auth.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import type { Caller } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import { endSessionsOf, findLiveSession, type LiveSession } from "../db/sessions.ts";
import { lockUser, updateUser } from "../db/users.ts";
import { type PersonTx, withPerson } from "../db/with-person.ts";
import { Failure } from "../failure.ts";
import { aboutUser } from "./accept-code.ts";
import { auditNameOf } from "./audit-name.ts";
import { auditRefusal } from "./audit-refusal.ts";
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
  { caller, change: { name, language } }: { caller: Caller; change: ProfileChange },
): Promise<Me> {
  return withPerson(deps, caller, async (tx) => {
    const live = await requireLive(tx, deps, caller);
    // Only what was sent: the rest may be changed at this moment.
    const user = await updateUser(tx, caller.userId, {
      ...(name !== undefined && { name }),
      ...(language !== undefined && { language }),
    });
    if (!user) throw new Error("bug: a live session has no user");
    await recordAudit(tx, {
      actor: auditNameOf(user),
      origin: caller.origin,
      action: "profile-changed",
      subject: `user:${user.id}`,
      detail: { renamed: user.name !== live.user.name, language: user.language },
    });
    return presentMe({ ...live, user });
  });
}

export interface PasswordChange {
  caller: Caller;
  currentPassword: string;
  newPassword: string;
}

/**
 * Ends every other session of the user.
 * @throws Failure password-wrong for the current one, password-weak for the new one, too-many-requests
 */
export async function changePassword(deps: SessionDeps, input: PasswordChange): Promise<void> {
  const { caller } = input;
  const limit = `password ${caller.userId}`;
  await deps.limits.take("signInPair", limit);
  const tried = { person: caller, action: "password-change-refused", origin: caller.origin } as const;
  await auditRefusal(deps, tried, () => change(deps, input));
  await deps.limits.forget("signInPair", limit);
}

async function change(
  deps: SessionDeps,
  { caller, currentPassword, newPassword }: PasswordChange,
): Promise<void> {
  const { user, business } = await withPerson(deps, caller, (tx) => requireLive(tx, deps, caller));
  if (!(await deps.passwords.verify(user.passwordHash, currentPassword)))
    throw new Failure("password-wrong", "current password refused");
  deps.passwords.requireStrong(newPassword, aboutUser(user, business?.name ?? ""));
  const passwordHash = await deps.passwords.hash(newPassword);
  await withPerson(deps, caller, async (tx) => {
    const now = deps.clock();
    const locked = await lockUser(tx, user.id);
    // While both were hashed somebody else may have set another one, which ends this session.
    await requireLive(tx, deps, caller);
    if (locked?.passwordHash !== user.passwordHash)
      throw new Failure("password-wrong", "the password was changed meanwhile");
    await updateUser(tx, user.id, { passwordHash, passwordChangedAt: now });
    await endSessionsOf(tx, user.id, { at: now, reason: "password-changed", except: caller.sessionId });
    await recordAudit(tx, {
      actor: auditNameOf(user),
      origin: caller.origin,
      action: "password-changed",
      subject: `user:${user.id}`,
    });
  });
}

async function requireLive(tx: PersonTx, deps: SessionDeps, { sessionId }: Caller): Promise<LiveSession> {
  const live = await findLiveSession(tx, sessionId, deps.clock());
  if (!live) throw new Failure("unauthenticated", "the session has ended");
  return live;
}
