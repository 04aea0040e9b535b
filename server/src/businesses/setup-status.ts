import type { SetupStatus } from "@fiscalise/shared/api/setup.ts";
import { findSetupFacts } from "../db/businesses.ts";
import type { BusinessTx } from "../db/with-business.ts";

/** How far the business is with its set-up: read from facts each time, stored nowhere. */
export async function setupStatus(tx: BusinessTx): Promise<SetupStatus> {
  const { isCompanyConfirmed, areDevicesReady, isZohoConnected } = await findSetupFacts(tx);
  return {
    company: { done: isCompanyConfirmed },
    device: { done: areDevicesReady },
    zoho: { done: isZohoConnected },
    ready: isCompanyConfirmed && areDevicesReady && isZohoConnected,
  };
}
