import type { OneTimeCode } from "@fiscalise/shared/api/users.ts";
import { recordAudit } from "../../db/audit.ts";
import { findFirstAdmin, findUser, type User } from "../../db/users.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { giveOneTimeCode } from "../people/one-time-code.ts";
import { existingBusiness } from "../view-business.ts";
import { auditedAs, type ProvisioningDeps, type SuperAdminAct } from "./super-admin-acts.ts";

export interface IssueActivationCode extends SuperAdminAct {
  /** Null for the business's first admin. */
  userId: string | null;
}

/**
 * A new code for somebody who lost theirs, or their password; it ends the older ones.
 * @throws Failure not-found when the business, or an active user of it, does not exist
 */
export async function issueActivationCode(
  deps: ProvisioningDeps,
  { actor, businessId, userId }: IssueActivationCode,
): Promise<OneTimeCode> {
  return deps.withBusiness(businessId, async (tx) => {
    await existingBusiness(tx);
    const user = await activeUser(tx, userId);
    const code = await giveOneTimeCode(tx, { userId: user.id, kind: "activation", now: deps.clock() });
    await recordAudit(tx, {
      ...(await auditedAs(tx, actor)),
      action: "activation-code-issued",
      subject: `user:${user.id}`,
    });
    return code;
  });
}

async function activeUser(tx: BusinessTx, userId: string | null): Promise<User> {
  const user = userId === null ? await findFirstAdmin(tx) : await findUser(tx, userId);
  if (user?.status !== "active") throw new Failure("not-found", "nobody active to hand a code to");
  return user;
}
