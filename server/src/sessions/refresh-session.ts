import type { SessionAnswer } from "@fiscalise/shared/api/auth.ts";
import type { Origin } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import { ownerOfRefreshToken, type Person } from "../db/gate.ts";
import {
  endSession,
  findLiveSession,
  type LiveSession,
  lockRefreshToken,
  type RefreshToken,
  updateRefreshToken,
} from "../db/sessions.ts";
import { type PersonTx, withPerson } from "../db/with-person.ts";
import { Failure } from "../failure.ts";
import { sha256Of } from "../opaque-token.ts";
import { auditNameOf } from "./audit-name.ts";
import { auditRefusal } from "./audit-refusal.ts";
import type { SessionDeps } from "./deps.ts";
import { issue } from "./open-session.ts";
import { limitStranger, rememberNetwork } from "./sign-in-attempts.ts";

/** How long a token whose answer got lost may be shown again (docs/decisions/011). */
const LOST_ANSWER_MS = 30_000;

type Refreshed = { kind: "issued"; answer: SessionAnswer } | { kind: "ended" } | { kind: "reused" };

/**
 * The next token of the session. One that was replaced before ends the whole session: somebody has a copy.
 * @throws Failure unauthenticated, business-inactive, too-many-requests
 */
export async function refreshSession(
  deps: SessionDeps,
  { refreshToken, origin }: { refreshToken: string; origin: Origin },
): Promise<SessionAnswer> {
  const sha256 = sha256Of(refreshToken);
  const owner = await ownerOf(deps, { sha256, origin });
  if (!owner) throw new Failure("unauthenticated", "unknown refresh token");
  const refreshed = await auditRefusal(deps, { person: owner, action: "refresh-refused", origin }, () =>
    withPerson(deps, owner, (tx) => rotate(tx, deps, { sha256, origin })),
  );
  if (refreshed.kind !== "issued") throw new Failure("unauthenticated", `refresh token ${refreshed.kind}`);
  await rememberNetwork(deps.limits, owner.userId, origin);
  return refreshed.answer;
}

async function ownerOf(
  deps: Pick<SessionDeps, "atGate" | "limits">,
  { sha256, origin }: { sha256: string; origin: Origin },
): Promise<Person | null> {
  const owner = await deps.atGate((tx) => ownerOfRefreshToken(tx, sha256));
  if (!owner) await limitStranger(deps, origin);
  return owner;
}

async function rotate(
  tx: PersonTx,
  deps: SessionDeps,
  { sha256, origin }: { sha256: string; origin: Origin },
): Promise<Refreshed> {
  const now = deps.clock();
  const token = await lockRefreshToken(tx, sha256);
  const live = token && (await findLiveSession(tx, token.sessionId, now));
  if (!live) return { kind: "ended" };
  if (!(await mayBeShown(tx, token, now))) {
    await endSession(tx, live.session.id, { at: now, reason: "token-reused" });
    await recordAudit(tx, {
      actor: auditNameOf(live.user),
      origin,
      action: "refresh-token-reused",
      subject: `session:${live.session.id}`,
      result: "refused",
    });
    return { kind: "reused" };
  }
  if (live.business?.status === "inactive") throw new Failure("business-inactive", "business is inactive");
  return { kind: "issued", answer: await replace(tx, deps, { token, live, now }) };
}

/** Fresh, or shown again because the answer with its successor never arrived: nobody has used that one. */
async function mayBeShown(tx: PersonTx, token: RefreshToken, now: Date): Promise<boolean> {
  if (token.revokedAt !== null) return false;
  if (token.replacedAt === null) return true;
  if (now.getTime() - token.replacedAt.getTime() > LOST_ANSWER_MS || token.replacedBy === null) return false;
  const successor = await lockRefreshToken(tx, token.replacedBy);
  return successor !== null && successor.replacedAt === null && successor.revokedAt === null;
}

async function replace(
  tx: PersonTx,
  deps: SessionDeps,
  { token, live, now }: { token: RefreshToken; live: LiveSession; now: Date },
): Promise<SessionAnswer> {
  if (token.replacedBy !== null) await updateRefreshToken(tx, token.replacedBy, { revokedAt: now });
  const answer = await issue(tx, deps, live);
  await updateRefreshToken(tx, token.sha256, {
    replacedAt: token.replacedAt ?? now,
    replacedBy: sha256Of(answer.refreshToken),
  });
  return answer;
}

/** Ends the session of a token, and with it every token of the family. Unknown tokens need no ending. */
export async function signOut(
  deps: SessionDeps,
  { refreshToken, origin }: { refreshToken: string; origin: Origin },
): Promise<void> {
  const sha256 = sha256Of(refreshToken);
  const owner = await ownerOf(deps, { sha256, origin });
  if (!owner) return;
  await withPerson(deps, owner, async (tx) => {
    const now = deps.clock();
    const token = await lockRefreshToken(tx, sha256);
    const live = token && (await findLiveSession(tx, token.sessionId, now));
    if (!live) return;
    await endSession(tx, live.session.id, { at: now, reason: "signed-out" });
    await recordAudit(tx, {
      actor: auditNameOf(live.user),
      origin,
      action: "signed-out",
      subject: `user:${live.user.id}`,
    });
  });
}
