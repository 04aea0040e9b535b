import type { Actor, Automaton, Origin } from "../actor.ts";
import { findUser } from "../db/users.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import type { Actor as WireActor } from "../vsdc/rwanda/sale-request.ts";

export interface ActingUser extends WireActor {
  id: string;
  origin: Origin;
}

/** Whoever asked for a receipt: a user, or the business's automation, which is none. */
export type Requester = ActingUser | (WireActor & { id: null });

/** In the place of a user's number, which begins at 1; the name goes to the authority (fiscal rule 14). */
const AUTOMATION = { id: null, number: "0", name: "Fiscalise automation" } as const;

/** Who did it and from where, as an audit event says it. */
export function auditedBy(who: Pick<ActingUser, "number" | "origin"> | { id: null }) {
  return "origin" in who ? { actor: `user:${who.number}`, origin: who.origin } : { actor: "automation" };
}

export async function requester(tx: BusinessTx, actor: Actor | Automaton): Promise<Requester> {
  return "automation" in actor ? AUTOMATION : actingUser(tx, actor);
}

export async function actingUser(
  tx: BusinessTx,
  actor: Pick<Actor, "userId" | "origin">,
): Promise<ActingUser> {
  const user = await findUser(tx, actor.userId);
  if (!user) throw new Failure("unauthenticated", `user ${actor.userId} is not of this business`);
  return { id: user.id, number: String(user.number), name: user.name, origin: actor.origin };
}
