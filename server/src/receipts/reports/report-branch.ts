import { type Branch, findBranchByNumber } from "../../db/branches.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { requireBranch } from "../require-business.ts";

/** The place of sale asked for, by the authority's number; null: the first. @throws Failure not-found, device-not-set-up */
export async function reportBranch(tx: BusinessTx, bhfId: string | null): Promise<Branch> {
  if (bhfId === null) return requireBranch(tx);
  const branch = await findBranchByNumber(tx, bhfId);
  if (!branch) throw new Failure("not-found", "no such branch");
  return branch;
}
