import { type Branch, findBranch } from "../db/branches.ts";
import { type Business, findBusiness } from "../db/businesses.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { Failure } from "../failure.ts";

export async function requireBusiness(tx: BusinessTx): Promise<Business> {
  const business = await findBusiness(tx);
  if (!business) throw new Failure("not-found", "no such business");
  requireActive(business);
  return business;
}

export function requireActive(business: Business): void {
  if (business.status !== "active") {
    throw new Failure("business-inactive", `business ${business.id} is inactive`);
  }
}

export async function requireBranch(tx: BusinessTx): Promise<Branch> {
  const branch = await findBranch(tx);
  if (!branch) throw new Failure("device-not-set-up", "the business has no branch");
  return branch;
}
