import { randomUUID } from "node:crypto";
import type { Provisioned, ProvisionRequest } from "@fiscalise/shared/api/businesses.ts";
import type { SuperAdmin } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { insertBusiness, isTinTaken } from "../../db/businesses.ts";
import { insertUser } from "../../db/users.ts";
import { type BusinessTx, businessId } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { giveOneTimeCode } from "../people/one-time-code.ts";
import { presentUser } from "../people/present-user.ts";
import { existingBusiness, presentBusiness } from "../view-business.ts";
import { auditedAs, type ProvisioningDeps } from "./super-admin-acts.ts";

export interface ProvisionBusiness {
  actor: SuperAdmin;
  request: ProvisionRequest;
}

/**
 * A business, its first admin and the code by which that one comes in, all or nothing.
 * @throws Failure tin-taken
 */
export async function provisionBusiness(
  deps: ProvisioningDeps,
  input: ProvisionBusiness,
): Promise<Provisioned> {
  const id = businessId(randomUUID());
  const provisioned = deps.withBusiness(id, (tx) => provision(tx, input, deps.clock()));
  return provisioned.catch((error: unknown) => {
    if (!isTinTaken(error)) throw error;
    throw new Failure("tin-taken", "another business has the TIN", { cause: error });
  });
}

async function provision(
  tx: BusinessTx,
  { actor, request }: ProvisionBusiness,
  now: Date,
): Promise<Provisioned> {
  const { admin, ...details } = request;
  await insertBusiness(tx, details);
  const email = admin.email.toLowerCase();
  const user = await insertUser(tx, { name: admin.name, email, role: "business_admin" });
  const activation = await giveOneTimeCode(tx, { userId: user.id, kind: "activation", now });
  await recordAudit(tx, {
    ...(await auditedAs(tx, actor)),
    action: "business-provisioned",
    subject: `business:${tx.businessId}`,
    detail: { tin: details.tin, admin: user.id },
  });
  return {
    business: await presentBusiness(tx, await existingBusiness(tx)),
    admin: presentUser(user),
    activation,
  };
}
