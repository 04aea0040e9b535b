import { findBranch } from "../../db/branches.ts";
import { findDeviceCodes, findItemClass, hasItemClasses } from "../../db/device-codes.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { QUANTITY_UNIT_CLASS, QUANTITY_UNITS } from "../../vsdc/rwanda/codes.ts";

/**
 * Before the first sync there is no table to judge by, and the device judges.
 * @throws Failure item-class-unknown
 */
export async function requireItemClass(tx: BusinessTx, code: string): Promise<void> {
  const branch = await findBranch(tx);
  if (!branch || !(await hasItemClasses(tx, branch.id))) return;
  const found = await findItemClass(tx, branch.id, code);
  if (!found?.inUse) throw new Failure("item-class-unknown", `no item class ${code}`);
}

/** The device's own quantity units; before the first sync those of RRA's table as we know it. */
export async function ownQuantityUnits(tx: BusinessTx): Promise<ReadonlySet<string>> {
  const branch = await findBranch(tx);
  const codes = branch ? await findDeviceCodes(tx, branch.id, QUANTITY_UNIT_CLASS) : [];
  return codes.length > 0 ? new Set(codes.map(({ code }) => code)) : QUANTITY_UNITS;
}
