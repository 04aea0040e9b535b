import type { Actor, Origin } from "../actor.ts";
import { findUser } from "../db/users.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import type { Actor as WireActor } from "../vsdc/rwanda/sale-request.ts";

export interface ActingUser extends WireActor {
  id: string;
  origin: Origin;
}

/** Who did it and from where, as an audit event says it. */
export function auditedBy({ number, origin }: Pick<ActingUser, "number" | "origin">) {
  return { actor: `user:${number}`, origin };
}

export async function actingUser(
  tx: BusinessTx,
  actor: Pick<Actor, "userId" | "origin">,
): Promise<ActingUser> {
  const user = await findUser(tx, actor.userId);
  if (!user) throw new Failure("unauthenticated", `user ${actor.userId} is not of this business`);
  return { id: user.id, number: String(user.number), name: user.name, origin: actor.origin };
}
