import { findUser } from "../db/businesses.ts";
import type { BusinessId, BusinessTx } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import type { Actor as WireActor } from "../vsdc/rwanda/sale-request.ts";

export type Role = "business_admin" | "business_user";

/** Who acts, from a verified token; nothing the client sends names a business. */
export interface Actor {
  businessId: BusinessId;
  userId: string;
  role: Role;
}

export interface ActingUser extends WireActor {
  id: string;
}

export function auditName(user: Pick<ActingUser, "number">): string {
  return `user:${user.number}`;
}

export async function actingUser(tx: BusinessTx, actor: Actor): Promise<ActingUser> {
  const user = await findUser(tx, actor.userId);
  if (!user) throw new Failure("unauthenticated", `user ${actor.userId} is not of this business`);
  return { id: user.id, number: String(user.number), name: user.name };
}
