import { type Branch, knownDevice } from "../../db/branches.ts";
import type { BusinessId, WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { requireBusiness } from "../../receipts/require-business.ts";
import type { RequestLimits } from "../../request-limits.ts";
import type { DeviceCall } from "../../vsdc/device-call.ts";
import { initialiseRequest, readInitialised } from "../../vsdc/rwanda/set-up.ts";
import { askDevice } from "./ask-device.ts";

export interface AskLastNumberDeps {
  withBusiness: WithBusiness;
  limits: Pick<RequestLimits, "take">;
  callDevice: DeviceCall;
}

/**
 * The last invoice number the device signed, by repeating its initialisation, which changes nothing there
 * (docs/vsdc.md#initialisation).
 * @throws Failure too-many-requests, unavailable when the device does not say it
 */
export async function askLastNumber(
  { withBusiness, limits, callDevice }: AskLastNumberDeps,
  businessId: BusinessId,
  branch: Branch,
): Promise<bigint> {
  await limits.take("deviceTest", businessId);
  const { tin } = await withBusiness(businessId, requireBusiness);
  const { bhfId: branchId, deviceSerial: serial, baseUrl } = knownDevice(branch);
  const identity = { tin, branchId, serial };
  const asked = await askDevice(callDevice, baseUrl, initialiseRequest(identity));
  const said = asked.kind === "answered" ? readInitialised(asked.answer) : null;
  const isOwn = said?.owner.tin === tin && said.owner.branchId === branchId;
  if (!said || !isOwn || said.lastSaleInvoiceNumber === null)
    throw new Failure("unavailable", "the device does not say its last number");
  return said.lastSaleInvoiceNumber;
}
