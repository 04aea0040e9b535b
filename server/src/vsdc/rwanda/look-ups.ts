import * as z from "zod";
import { list } from "../../fiscal/optional-list.ts";
import { type Answer, storable } from "../outcome.ts";
import type { FrozenRequest } from "./frozen-request.ts";
import { type DeviceIdentity, FROM_THE_BEGINNING } from "./set-up.ts";
import { char, stamp14 } from "./wire.ts";

/** Reads only: none of these changes the device (docs/vsdc.md#looking-at-a-device). */

const branches = z.strictObject({ tin: char(9), bhfId: char(2), lastReqDt: stamp14 });
const customer = z.strictObject({ tin: char(9), bhfId: char(2), custmTin: char(9) });

export function branchesRequest({ tin, branchId }: DeviceIdentity): FrozenRequest {
  const body = branches.parse({ tin, bhfId: branchId, lastReqDt: FROM_THE_BEGINNING });
  return { path: "/branches/selectBranches", text: JSON.stringify(body) };
}

/** The register of taxpayers, asked for the business itself. */
export function ownNameRequest({ tin, branchId }: DeviceIdentity): FrozenRequest {
  const body = customer.parse({ tin, bhfId: branchId, custmTin: tin });
  return { path: "/customers/selectCustomer", text: JSON.stringify(body) };
}

const NAME_LENGTH = 200;
const name = z
  .string()
  .nullish()
  .transform((text) => (text ? storable(text).slice(0, NAME_LENGTH) : null));

const branchTable = z.object({ bhfList: list(z.object({ bhfId: z.string(), bhfNm: name })) });
const taxpayerTable = z.object({ custList: list(z.object({ tin: z.string(), taxprNm: name })) });

export function readBranchName(answer: Answer, { branchId }: DeviceIdentity): string | null {
  const table = branchTable.safeParse(answer.data);
  return table.data?.bhfList.find(({ bhfId }) => bhfId === branchId)?.bhfNm ?? null;
}

export function readOwnName(answer: Answer, identity: DeviceIdentity): string | null {
  const table = taxpayerTable.safeParse(answer.data);
  return table.data?.custList.find(({ tin }) => tin === identity.tin)?.taxprNm ?? null;
}
