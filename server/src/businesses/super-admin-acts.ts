import type { SuperAdmin } from "../actor.ts";
import type { BusinessId, WithBusiness } from "../db/with-business.ts";

export interface ProvisioningDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}

/** What a super admin does to one business. */
export interface SuperAdminAct {
  actor: SuperAdmin;
  businessId: BusinessId;
}

/** Who did it and from where, as an audit event says it. */
export function auditedAs({ number, origin }: SuperAdmin) {
  return { actor: `super-admin:${number}`, origin };
}
