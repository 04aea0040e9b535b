import type { VsdcConfigRequest } from "@fiscalise/shared/api/devices.ts";
import type { DeviceStep } from "@fiscalise/shared/api/findings.ts";
import type { Business, Stage } from "./harness.ts";

export const INITIALISE = "/initializer/selectInitInfo";
/** The question by which a device says whose it is. */
export const LOOKED = "/customers/selectCustomer";
export const CODES = "/code/selectCodes";
export const CLASSES = "/itemClass/selectItemsClass";

export const STEP = (number: number) => `/businesses/me/setup/step${number}`;

export const deviceOf = (
  { device }: Business,
  change: Partial<VsdcConfigRequest> = {},
): VsdcConfigRequest => ({
  baseUrl: device.url,
  branchId: device.bhfId,
  serial: device.serial,
  profile: "vsdc-1.0.5",
  ...change,
});

export async function stepTwo(business: Business, change: Partial<VsdcConfigRequest> = {}) {
  const answer = await business.api.post(STEP(2), deviceOf(business, change));
  return { ...answer, body: answer.body as DeviceStep };
}

export const branchesOf = ({ database }: Stage, business: Business) =>
  database.owner`select * from branches where business_id = ${business.id}`;

/** Lets the job that reads the code tables again be due. */
export async function runCodeSyncNow({ database }: Stage, business: Business): Promise<void> {
  await database.owner`
    update graphile_worker._private_jobs set run_at = now() where key like ${`codes:${business.id}:%`}`;
}
