import type { BusinessId } from "../db/with-business.ts";
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
