import { type Branch, freeNumber, reserveNumber } from "../db/branches.ts";
import { isLostOpen, loseNumber, releaseRestored, settleLostNumber } from "../db/restored-devices.ts";
import type { Submission } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { Failure } from "../failure.ts";

/** Nothing is signed while the device may know of more than we do (docs/decisions/030). */
export function requireSigning(branch: Branch, lostNumber: bigint | null): void {
  if (branch.restoredAt !== null && lostNumber === null)
    throw new Failure("device-restored", `branch ${branch.id} has numbers to settle`);
}

/**
 * Whether the number of a submission is its own for certain: after a restore the device may have given it to another.
 * Call under the branch's lock.
 * @throws Failure device-restored
 */
export async function requireItsNumber(
  tx: BusinessTx,
  { branchId, invoiceNumber }: Pick<Submission, "branchId" | "invoiceNumber">,
): Promise<void> {
  if (invoiceNumber !== null && (await isLostOpen(tx, { branchId, number: invoiceNumber })))
    throw new Failure("device-restored", `number ${invoiceNumber} is to be settled`);
}

/** The next number; of a document signed before the restore, the one it had then. Call under the branch's lock. */
export async function numberFor(tx: BusinessTx, branch: Branch, lostNumber: bigint | null): Promise<bigint> {
  requireSigning(branch, lostNumber);
  return lostNumber ?? reserveNumber(tx, branch.id);
}

/** Of what was refused: free to be given again, or while the device is held lost, since another may have had it. */
export async function giveBack(tx: BusinessTx, branch: Branch, number: bigint): Promise<void> {
  const give = branch.restoredAt === null ? freeNumber : loseNumber;
  await give(tx, branch.id, number);
}

/** Asking again answers the same submission; a lost number cannot be of a document whose number is known. */
export function alreadyThere(existing: Submission, { lostNumber }: { lostNumber?: bigint }): Submission {
  if (lostNumber === undefined || existing.invoiceNumber === lostNumber) return existing;
  throw new Failure("action-not-allowed", `submission ${existing.id} has another number`);
}

/** The lost number is this document's. Call under the branch's lock. */
export async function settleAsDocument(
  tx: BusinessTx,
  branch: Branch,
  { submission, lostNumber: number, at }: { submission: Submission; lostNumber: bigint; at: Date },
): Promise<void> {
  const settled = { as: "document", submissionId: submission.id, at } as const;
  await settleLostNumber(tx, { branchId: branch.id, number }, settled);
  await releaseRestored(tx, branch.id);
}
