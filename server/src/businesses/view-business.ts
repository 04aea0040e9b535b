import type { Business as BusinessAnswer } from "@fiscalise/shared/api/businesses.ts";
import type { Business } from "../db/businesses.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { setupStatus } from "./setup-status.ts";

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
  };
}
