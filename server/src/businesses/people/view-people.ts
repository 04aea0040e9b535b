import type { SeenUser } from "@fiscalise/shared/api/users.ts";
import { lastSignIns } from "../../db/sessions.ts";
import { listUsers } from "../../db/users.ts";
import type { BusinessId, WithBusiness } from "../../db/with-business.ts";
import { existingBusiness } from "../view-business.ts";
import { presentUser } from "./present-user.ts";

/** For the provider, who has to say for whom a code is. @throws Failure not-found */
export async function viewPeople(
  deps: { withBusiness: WithBusiness },
  businessId: BusinessId,
): Promise<SeenUser[]> {
  return deps.withBusiness(businessId, async (tx) => {
    await existingBusiness(tx);
    const [users, signIns] = [await listUsers(tx), await lastSignIns(tx)];
    return users.map((user) => ({
      ...presentUser(user),
      lastSignInAt: signIns.get(user.id)?.toISOString() ?? null,
    }));
  });
}
