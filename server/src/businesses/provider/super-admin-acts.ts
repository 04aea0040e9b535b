import type { SuperAdmin } from "../../actor.ts";
import { isSuperAdmin } from "../../db/gate.ts";
import type { BusinessId, BusinessTx, WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";

export interface ProvisioningDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}

/** What a super admin does to one business. */
export interface SuperAdminAct {
  actor: SuperAdmin;
  businessId: BusinessId;
}

/**
 * Who did it and from where, as an audit event says it. Whoever was ended while it waited for its turn did not.
 * @throws Failure forbidden
 */
export async function auditedAs(tx: BusinessTx, { userId, number, origin }: SuperAdmin) {
  if (!(await isSuperAdmin(tx, userId)))
    throw new Failure("forbidden", `${userId} is no super admin any more`);
  return { actor: `super-admin:${number}`, origin };
}
