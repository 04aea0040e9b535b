import type { Me, SessionAnswer } from "@fiscalise/shared/api/auth.ts";
import {
  deleteExpiredSessions,
  findLiveSession,
  insertRefreshToken,
  insertSession,
  type LiveSession,
} from "../db/sessions.ts";
import type { PersonTx } from "../db/with-person.ts";
import { newSecretToken, sha256Of } from "../opaque-token.ts";
import type { SessionDeps } from "./deps.ts";

/** However often it is refreshed, a session ends. */
const SESSION_MS = 30 * 86_400_000;
/** A day more, so that the reuse of an old token is still told from an unknown one. */
const KEPT_MS = 86_400_000;

/** Begins a session of a user who has proven who they are. */
export async function openSession(
  tx: PersonTx,
  deps: Pick<SessionDeps, "tokens" | "clock">,
  userId: string,
): Promise<SessionAnswer> {
  const now = deps.clock();
  await deleteExpiredSessions(tx, userId, new Date(now.getTime() - KEPT_MS));
  const expiresAt = new Date(now.getTime() + SESSION_MS);
  const sessionId = await insertSession(tx, { userId, createdAt: now, expiresAt });
  const live = await findLiveSession(tx, sessionId, now);
  if (!live) throw new Error("bug: a new session is not live");
  return issue(tx, deps, live);
}

/** The next refresh token of a session and a short access token. */
export async function issue(
  tx: PersonTx,
  deps: Pick<SessionDeps, "tokens" | "clock">,
  live: LiveSession,
): Promise<SessionAnswer> {
  const refreshToken = newSecretToken();
  const { session, user } = live;
  await insertRefreshToken(tx, {
    sha256: sha256Of(refreshToken),
    sessionId: session.id,
    issuedAt: deps.clock(),
  });
  const signed = deps.tokens.sign({
    userId: user.id,
    sessionId: session.id,
    role: user.role,
    businessId: user.businessId,
  });
  return { ...signed, refreshToken, user: presentMe(live) };
}

export function presentMe({ user, business }: Pick<LiveSession, "user" | "business">): Me {
  const { id, name, email, role, language } = user;
  return { id, name, email, role, language, business };
}
