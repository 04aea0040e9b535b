import type { Actor } from "../../actor.ts";
import { type Business, findBusiness } from "../../db/businesses.ts";
import { noteOldCall, type OldOperation } from "../../db/predecessor-api.ts";
import type { BusinessTx, WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { localDay } from "../../fiscal/calendar.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";

export interface OldCallDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}

/**
 * Of every signed-in call to an old address: counted, and answered only where the provider has them switched on.
 * @throws Failure not-found
 */
export async function takeOldCall<T>(
  deps: OldCallDeps,
  { businessId }: Pick<Actor, "businessId">,
  operation: OldOperation,
  read: (tx: BusinessTx, business: Business) => Promise<T>,
): Promise<T> {
  const business = await deps.withBusiness(businessId, async (tx) => {
    const found = await findBusiness(tx);
    if (!found?.predecessorApiSince) throw new Failure("not-found", "the predecessor's addresses are off");
    await noteOldCall(tx, operation, localDay(deps.clock(), RWANDA));
    return found;
  });
  // For itself: what ends in a refusal was called too.
  return deps.withBusiness(businessId, (tx) => read(tx, business));
}
