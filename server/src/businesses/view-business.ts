import type { Business as BusinessAnswer } from "@fiscalise/shared/api/businesses.ts";
import { type Business, findBusiness } from "../db/businesses.ts";
import { countOldCalls } from "../db/predecessor-api.ts";
import type { BusinessId, BusinessTx, WithBusiness } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { setupStatus } from "./setup-status.ts";

/** Whatever its status; a super admin sees inactive ones too. @throws Failure not-found */
export async function viewBusiness(
  deps: { withBusiness: WithBusiness },
  businessId: BusinessId,
): Promise<BusinessAnswer> {
  return deps.withBusiness(businessId, async (tx) => presentBusiness(tx, await existingBusiness(tx)));
}

export async function existingBusiness(tx: BusinessTx): Promise<Business> {
  const business = await findBusiness(tx);
  if (!business) throw new Failure("not-found", `no business ${tx.businessId}`);
  return business;
}

async function presentPredecessorApi(
  tx: BusinessTx,
  { predecessorApiSince: since }: Business,
): Promise<BusinessAnswer["predecessorApi"]> {
  if (since === null) return null;
  return { since: since.toISOString(), ...(await countOldCalls(tx)) };
}

export async function presentBusiness(tx: BusinessTx, business: Business): Promise<BusinessAnswer> {
  const { id, name, tin, email, phone, address, status, jurisdiction, language } = business;
  return {
    id,
    name,
    tin,
    email,
    phone,
    address,
    status,
    jurisdiction,
    language,
    createdAt: business.createdAt.toISOString(),
    updatedAt: business.updatedAt.toISOString(),
    statusSince: business.statusSince.toISOString(),
    setup: await setupStatus(tx),
    predecessorApi: await presentPredecessorApi(tx, business),
  };
}
