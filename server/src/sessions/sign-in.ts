import type { LoginRequest, SessionAnswer } from "@fiscalise/shared/api/auth.ts";
import type { Origin } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import { type Account, accountsOf } from "../db/gate.ts";
import { lockUser, updateUser } from "../db/users.ts";
import { type PersonTx, withPerson } from "../db/with-person.ts";
import { Failure } from "../failure.ts";
import { auditNameOf } from "./audit-name.ts";
import { auditRefusal, keepRefusal, type Tried } from "./audit-refusal.ts";
import type { SessionDeps } from "./deps.ts";
import { openSession } from "./open-session.ts";
import { type Attempt, forgiveAttempts, takeAttempts } from "./sign-in-attempts.ts";

export interface SignIn {
  entry: LoginRequest;
  origin: Origin;
}

/**
 * Signs in by e-mail and password. One address may have accounts in several businesses; the TIN chooses, and
 * null a super admin's own.
 * @throws Failure credentials-wrong, business-ambiguous, business-inactive, too-many-requests
 */
export async function signIn(deps: SessionDeps, { entry, origin }: SignIn): Promise<SessionAnswer> {
  const email = entry.email.toLowerCase();
  const accounts = await deps.atGate((tx) => accountsOf(tx, email, entry.businessTin ?? null));
  const wanted = accounts.filter(
    ({ businessTin }) => entry.businessTin === undefined || businessTin === entry.businessTin,
  );
  const attempts = await takeAttempts(deps.limits, { email, accounts: wanted, origin });
  const proven = await provenBy(deps, attempts, entry.password);
  if (proven.length > 0) await forgiveAttempts(deps.limits, proven, origin);
  const [account, ...others] = accountsIn(proven);
  if (!account) return refuse(deps, accountsIn(attempts), origin);
  if (others.length > 0) throw ambiguous([account, ...others]);
  const { passwordHash } = account;
  const renewedHash = deps.passwords.isOutdated(passwordHash)
    ? await deps.passwords.hash(entry.password)
    : null;
  return auditRefusal(deps, triedBy(account, origin), () =>
    withPerson(deps, account, (tx) => open(tx, deps, { account, renewedHash, origin })),
  );
}

/** Every account is tried, so that how long it takes says nothing of which one matched. */
async function provenBy(deps: SessionDeps, attempts: Attempt[], password: string): Promise<Attempt[]> {
  const verdicts: boolean[] = [];
  for (const { account } of attempts) {
    verdicts.push(await deps.passwords.verify(account?.passwordHash ?? null, password));
  }
  return attempts.filter((_, index) => verdicts[index]);
}

function accountsIn(attempts: Attempt[]): Account[] {
  return attempts.flatMap(({ account }) => account ?? []);
}

async function open(
  tx: PersonTx,
  deps: SessionDeps,
  { account, renewedHash, origin }: { account: Account; renewedHash: string | null; origin: Origin },
): Promise<SessionAnswer> {
  const { userId, passwordHash } = account;
  const user = await lockUser(tx, userId);
  // A password changed meanwhile has ended every session; this one must not outlive it.
  if (user?.passwordHash !== passwordHash || user.status !== "active")
    throw new Failure("credentials-wrong", "changed while the password was looked at");
  const answer = await openSession(tx, deps, userId);
  if (answer.user.business?.status === "inactive") {
    throw new Failure("business-inactive", `business ${answer.user.business.id} is inactive`);
  }
  if (renewedHash !== null) await updateUser(tx, userId, { passwordHash: renewedHash });
  await recordAudit(tx, {
    actor: auditNameOf(user),
    origin,
    action: "signed-in",
    subject: `user:${userId}`,
  });
  return answer;
}

/** Says the same whether the address, the business or the password is wrong. */
async function refuse(deps: SessionDeps, accounts: Account[], origin: Origin): Promise<never> {
  const failure = new Failure("credentials-wrong", "sign-in refused");
  for (const account of accounts) await keepRefusal(deps, triedBy(account, origin), failure);
  throw failure;
}

function triedBy(person: Account, origin: Origin): Tried {
  return { person, action: "sign-in-refused", origin };
}

function ambiguous(accounts: Account[]): Failure {
  const choices = accounts.flatMap(({ businessTin: tin, businessName: name }) =>
    tin === null || name === null ? [] : [{ tin, name }],
  );
  return new Failure("business-ambiguous", `${accounts.length} accounts`, { choices });
}
