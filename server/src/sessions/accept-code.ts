import type { SessionAnswer } from "@fiscalise/shared/api/auth.ts";
import type { Origin } from "../actor.ts";
import { callerNetwork } from "../caller-network.ts";
import { recordAudit } from "../db/audit.ts";
import { businessOfCode } from "../db/gate.ts";
import { useOneTimeCode, userOfCode } from "../db/one-time-codes.ts";
import { endSessionsOf } from "../db/sessions.ts";
import { lockUser, type User, updateUser } from "../db/users.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { readOneTimeCode, sha256Of } from "../opaque-token.ts";
import { requireBusiness } from "../receipts/require-business.ts";
import { auditNameOf } from "./audit-name.ts";
import { auditRefusal } from "./audit-refusal.ts";
import type { SessionDeps } from "./deps.ts";
import { openSession } from "./open-session.ts";
import { rememberNetwork } from "./sign-in-attempts.ts";

export interface AcceptCode {
  code: string;
  password: string;
  name: string | null;
  origin: Origin;
}

/**
 * Sets the password of whom an activation or invitation was made for, and signs in. The code is used up with it; a weak
 * password uses up nothing.
 * @throws Failure code-invalid, password-weak, business-inactive, too-many-requests
 */
export async function acceptCode(deps: SessionDeps, input: AcceptCode): Promise<SessionAnswer> {
  await deps.limits.take("codeAddress", callerNetwork(input.origin.address));
  const sha256 = sha256Of(readOneTimeCode(input.code));
  const businessId = await deps.atGate((tx) => businessOfCode(tx, sha256));
  if (businessId === null) throw new Failure("code-invalid", "unknown code");
  const userId = await deps.withBusiness(businessId, (tx) => userOfCode(tx, sha256));
  const passwordHash = await deps.passwords.hash(input.password);
  const tried = { person: { businessId, userId }, action: "code-refused", origin: input.origin } as const;
  const session = await auditRefusal(deps, tried, () =>
    deps.withBusiness(businessId, (tx) => accept(tx, deps, { ...input, userId, sha256, passwordHash })),
  );
  await rememberNetwork(deps.limits, userId, input.origin);
  return session;
}

interface Accepted extends AcceptCode {
  userId: string;
  sha256: string;
  passwordHash: string;
}

async function accept(
  tx: BusinessTx,
  deps: SessionDeps,
  { userId, sha256, passwordHash, password, name, origin }: Accepted,
): Promise<SessionAnswer> {
  const business = await requireBusiness(tx);
  const now = deps.clock();
  // The user before the code, as whoever deactivates one does.
  const user = await lockUser(tx, userId);
  const used = await useOneTimeCode(tx, sha256, now);
  if (!used || user?.status !== "active") throw new Failure("code-invalid", "used, revoked or expired code");
  deps.passwords.requireStrong(password, aboutUser(user, business.name));
  await updateUser(tx, user.id, { passwordHash, passwordChangedAt: now, ...(name !== null && { name }) });
  await endSessionsOf(tx, user.id, { at: now, reason: "password-changed", except: null });
  await recordAudit(tx, {
    actor: auditNameOf(user),
    origin,
    action: `${used.kind}-accepted`,
    subject: `user:${user.id}`,
  });
  return openSession(tx, deps, user.id);
}

/** What an attacker would try first. */
export function aboutUser({ name, email }: Pick<User, "name" | "email">, businessName: string): string[] {
  return [name, email, businessName, "fiscalise", "zoho"];
}
