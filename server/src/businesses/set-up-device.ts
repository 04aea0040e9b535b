import { recordAudit } from "../db/audit.ts";
import { type Branch, recordInitialisation } from "../db/branches.ts";
import { replaceDeviceCodes, replaceItemClasses } from "../db/device-codes.ts";
import type { BusinessId, WithBusiness } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { localDay } from "../fiscal/calendar.ts";
import { requireBranch, requireBusiness } from "../receipts/require-business.ts";
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
  const initialisation = await ask(deps.callDevice, initialiseRequest(identity));
  const initialised = readInitialised(initialisation);
  if (!initialised && !isKnown(branch, initialisation)) {
    throw new Failure("device-refused", `initialisation: ${initialisation.resultCode} without its facts`);
  }
  const codes = await ask(deps.callTables, codesRequest(identity, FROM_THE_BEGINNING));
  const classes = await ask(deps.callTables, itemClassesRequest(identity, FROM_THE_BEGINNING));
  await deps.withBusiness(businessId, async (tx) => {
    if (initialised) {
      await recordInitialisation(tx, branch.id, {
        vatRegistered: initialised.vatRegistered,
        initialisedOn: localDay(deps.clock(), RWANDA),
        lastInvoiceNumber: initialised.lastSaleInvoiceNumber,
        initialisation: initialised.facts,
      });
    }
    if (codes.resultCode !== NOTHING_NEW) await replaceDeviceCodes(tx, branch.id, readCodes(codes));
    if (classes.resultCode !== NOTHING_NEW) await replaceItemClasses(tx, branch.id, readItemClasses(classes));
    await recordAudit(tx, { actor: "system", action: "device-initialised", subject: `branch:${branch.id}` });
  });
}

const ALREADY_INSTALLED = "902";
const NOTHING_NEW = "001";

/** 902 may come without data; the facts of the first initialisation stand then (docs/vsdc.md#initialisation). */
function isKnown(branch: Branch, answer: Answer): boolean {
  return answer.resultCode === ALREADY_INSTALLED && branch.initialisedOn !== null;
}

const ANSWERS = ["000", ALREADY_INSTALLED, NOTHING_NEW];

async function askDevice(call: DeviceCall, baseUrl: string, request: FrozenRequest): Promise<Answer> {
  const delivery = await call(baseUrl, request);
  if (delivery.kind !== "answered") throw new Failure("unavailable", `device: ${delivery.reason}`);
  const answer = delivery.httpStatus === 200 ? readAnswer(delivery.text) : null;
  if (answer === null) {
    throw new Failure("unavailable", `device: HTTP ${delivery.httpStatus} is no device answer`);
  }
  if (!ANSWERS.includes(answer.resultCode)) {
    throw new Failure("device-refused", `device: ${answer.resultCode}`);
  }
  return answer;
}
