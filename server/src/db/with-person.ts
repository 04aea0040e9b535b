import type { Person } from "./gate.ts";
import type { BusinessTx, SuperAdminTx, WithBusiness, WithSuperAdmin } from "./with-business.ts";

export type PersonTx = BusinessTx | SuperAdminTx;
export interface Scopes {
  withBusiness: WithBusiness;
  withSuperAdmin: WithSuperAdmin;
}

/** In the person's business, or among the provider's own rows for a super admin. */
export function withPerson<T>(
  scopes: Scopes,
  { businessId, userId }: Person,
  work: (tx: PersonTx) => Promise<T>,
): Promise<T> {
  return businessId === null ? scopes.withSuperAdmin(userId, work) : scopes.withBusiness(businessId, work);
}
