import type { AccessTokens } from "../access-token.ts";
import type { Caller, Origin } from "../actor.ts";
import { findLiveSession } from "../db/sessions.ts";
import { businessId } from "../db/with-business.ts";
import { type Scopes, withPerson } from "../db/with-person.ts";
import { Failure } from "../failure.ts";

export interface ResolveDeps extends Scopes {
  tokens: Pick<AccessTokens, "verify">;
  clock: () => Date;
}

/**
 * Who calls: the token says which session, the database who that is now. Sign-out, deactivation and a changed role
 * count from the next request on.
 * @throws Failure unauthenticated
 */
export async function resolveCaller(
  deps: ResolveDeps,
  { token, origin }: { token: string; origin: Origin },
): Promise<Caller> {
  const subject = deps.tokens.verify(token);
  const person = {
    userId: subject.userId,
    businessId: subject.businessId === null ? null : businessId(subject.businessId),
  };
  const live = await withPerson(deps, person, (tx) => findLiveSession(tx, subject.sessionId, deps.clock()));
  if (!live || live.user.id !== person.userId) throw new Failure("unauthenticated", "the session has ended");
  const { user, business } = live;
  return {
    ...person,
    role: user.role,
    number: user.number,
    sessionId: subject.sessionId,
    isBusinessActive: business?.status === "active",
    origin,
  };
}
