import { recordAudit } from "../db/audit.ts";
import { recordInitialisation } from "../db/branches.ts";
import { replaceDeviceCodes, replaceItemClasses } from "../db/device-codes.ts";
import type { BusinessId, WithBusiness } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { localDay } from "../fiscal/calendar.ts";
import { requireBusiness } from "../receipts/load-profile.ts";
import { requireBranch } from "../receipts/view-submission.ts";
import type { DeviceCall } from "../vsdc/device-call.ts";
import { type Answer, readAnswer } from "../vsdc/outcome.ts";
import type { FrozenRequest } from "../vsdc/rwanda/frozen-request.ts";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";
import {
  codesRequest,
  FROM_THE_BEGINNING,
  initialiseRequest,
  itemClassesRequest,
  readCodes,
  readInitialised,
  readItemClasses,
} from "../vsdc/rwanda/set-up.ts";

export interface SetUpDeviceDeps {
  withBusiness: WithBusiness;
  callDevice: DeviceCall;
  /** Code tables are large. */
  callTables: DeviceCall;
  clock: () => Date;
}

/**
 * Initialises the business's device, seeds the number counter above every number the device has seen, and copies its
 * code tables. Repeatable.
 * @throws Failure unavailable when it does not answer, device-refused with its words
 */
export async function setUpDevice(deps: SetUpDeviceDeps, businessId: BusinessId): Promise<void> {
  const { business, branch } = await deps.withBusiness(businessId, async (tx) => ({
    business: await requireBusiness(tx),
    branch: await requireBranch(tx),
  }));
  const identity = { tin: business.tin, branchId: branch.bhfId, serial: branch.deviceSerial };
  const ask = (call: DeviceCall, request: FrozenRequest) => askDevice(call, branch.baseUrl, request);
  const initialised = readInitialised(await ask(deps.callDevice, initialiseRequest(identity)));
  if (!initialised) throw new Failure("device-refused", "initialisation answered without its facts");
  const codes = readCodes(await ask(deps.callTables, codesRequest(identity, FROM_THE_BEGINNING)));
  const classes = readItemClasses(
    await ask(deps.callTables, itemClassesRequest(identity, FROM_THE_BEGINNING)),
  );
  await deps.withBusiness(businessId, async (tx) => {
    await recordInitialisation(tx, branch.id, {
      vatRegistered: initialised.vatRegistered,
      initialisedOn: localDay(deps.clock(), RWANDA),
      lastInvoiceNumber: initialised.lastSaleInvoiceNumber,
      initialisation: initialised.facts,
    });
    await replaceDeviceCodes(tx, branch.id, codes);
    await replaceItemClasses(tx, branch.id, classes);
    await recordAudit(tx, {
      actor: "system",
      action: "device-initialised",
      subject: `branch:${branch.id}`,
      detail: { codes: codes.length, itemClasses: classes.length },
    });
  });
}

async function askDevice(call: DeviceCall, baseUrl: string, request: FrozenRequest): Promise<Answer> {
  const delivery = await call(baseUrl, request);
  if (delivery.kind !== "answered") throw new Failure("unavailable", `device: ${delivery.reason}`);
  const answer = delivery.httpStatus === 200 ? readAnswer(delivery.text) : null;
  if (answer === null)
    throw new Failure("unavailable", `device: HTTP ${delivery.httpStatus} is no device answer`);
  if (answer.resultCode !== "000") throw new Failure("device-refused", `device: ${answer.resultCode}`);
  return answer;
}
