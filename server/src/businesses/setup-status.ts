import type { SetupStatus } from "@fiscalise/shared/api/setup.ts";
import { findBranch } from "../db/branches.ts";
import { findBusiness } from "../db/businesses.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { findConnection } from "../db/zoho-connections.ts";

/** How far the set-up has come, from what is stored; nothing remembers a step by itself. */
export async function setupStatus(tx: BusinessTx): Promise<SetupStatus> {
  const business = await findBusiness(tx);
  const branch = await findBranch(tx);
  const connection = await findConnection(tx);
  const company = { done: business !== null && business.companyConfirmedAt !== null };
  const device = {
    done: branch !== null && branch.initialisedOn !== null && branch.codesSyncedAt !== null,
  };
  const zoho = { done: connection?.status === "connected" };
  return { company, device, zoho, ready: company.done && device.done && zoho.done };
}
