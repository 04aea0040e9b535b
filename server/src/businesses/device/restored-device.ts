import type { RestoredDevice, SettleLostNumber } from "@fiscalise/shared/api/restored-device.ts";
import type { ComplaintCode } from "@fiscalise/shared/complaint.ts";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { type Branch, findBranch, lockBranch } from "../../db/branches.ts";
import { findRefundOf } from "../../db/refunds.ts";
import {
  countUnderWay,
  holderOfLost,
  lastSignedNumber,
  listLostNumbers,
  noteChecked,
  noteLostNumbers,
  releaseRestored,
  settleLostNumber,
} from "../../db/restored-devices.ts";
import { type Submission, updateSubmission } from "../../db/submissions.ts";
import type { BusinessId, BusinessTx, WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { actingUser, auditedBy } from "../../receipts/actor.ts";
import { fiscaliseCreditNote } from "../../receipts/fiscalise-credit-note.ts";
import { fiscaliseInvoice } from "../../receipts/fiscalise-invoice.ts";
import type { ReadCreditNoteDeps } from "../../receipts/read-credit-note.ts";
import type { ReadDocumentDeps } from "../../receipts/read-document.ts";
import { requireBranch } from "../../receipts/require-business.ts";
import { type AskLastNumberDeps, askLastNumber } from "./ask-last-number.ts";

/** More than a business signs between two backups; a device that says more is not the one we know. */
const LOST_NUMBERS_MAX = 20_000n;

export async function viewRestored(
  { withBusiness }: { withBusiness: WithBusiness },
  { businessId }: { businessId: BusinessId },
): Promise<RestoredDevice> {
  return withBusiness(businessId, async (tx) => present(tx, await findBranch(tx)));
}

async function present(tx: BusinessTx, branch: Branch | null): Promise<RestoredDevice> {
  if (!branch?.restoredAt || !branch.restoredTo) return { hold: null };
  const numbers = await listLostNumbers(tx, branch.id, branch.restoredAt);
  return {
    hold: {
      restoredAt: branch.restoredAt.toISOString(),
      knownTo: branch.restoredTo.toISOString(),
      checkedAt: branch.restoredCheckedAt?.toISOString() ?? null,
      underWay: await countUnderWay(tx, branch.id),
      numbers: numbers.map(({ number, ...rest }) => ({ number: number.toString(), ...rest })),
    },
  };
}

export interface CheckRestoredDeps extends AskLastNumberDeps {
  clock: () => Date;
}

/**
 * What the device signed beyond what we know. Nothing: it signs again. `lastInvoiceNumber` null: the device is asked.
 * @throws Failure too-many-requests, action-not-allowed when nothing is held, unavailable when the device does not say its last number,
 * input-invalid for a typed number below one that is known to be signed, and for one out of reach
 */
export async function checkRestored(
  deps: CheckRestoredDeps,
  { actor, lastInvoiceNumber }: { actor: Actor; lastInvoiceNumber: bigint | null },
): Promise<RestoredDevice> {
  const { businessId } = actor;
  const branch = await deps.withBusiness(businessId, requireHeld);
  const last = lastInvoiceNumber ?? (await askLastNumber(deps, businessId, branch));
  return deps.withBusiness(businessId, async (tx) => {
    const { id, restoredNumber: known } = await requireHeld(tx);
    if (last < (await lastSignedNumber(tx, id))) {
      if (lastInvoiceNumber === null) throw new Failure("unavailable", "the device says an old number");
      throw notPlausible("number-signed");
    }
    if (last > known + LOST_NUMBERS_MAX) throw notPlausible("number-far");
    await noteLostNumbers(tx, { branchId: id, after: known, last });
    await noteChecked(tx, id, deps.clock());
    await recordAudit(tx, {
      ...auditedBy(await actingUser(tx, actor)),
      action: "restored-device-checked",
      subject: `branch:${id}`,
      detail: { known: known.toString(), last: last.toString(), typed: lastInvoiceNumber !== null },
    });
    await releaseRestored(tx, id);
    return present(tx, await findBranch(tx));
  });
}

const notPlausible = (code: ComplaintCode) =>
  new Failure("input-invalid", code, { fields: [{ path: "lastInvoiceNumber", code }] });

type HeldBranch = Branch & { restoredNumber: bigint };

async function requireHeld(tx: BusinessTx): Promise<HeldBranch> {
  const { id } = await requireBranch(tx);
  const branch = await lockBranch(tx, id);
  const { restoredNumber } = branch;
  if (restoredNumber === null) throw new Failure("action-not-allowed", `branch ${id} is not held`);
  return { ...branch, restoredNumber };
}

export type SettleDeps = ReadDocumentDeps &
  ReadCreditNoteDeps &
  Pick<CheckRestoredDeps, "withBusiness" | "clock">;

/**
 * Says what one lost number went to. A document of ours becomes receipt-missing under that number, and its receipt is
 * entered as after any lost answer; nothing is sent. Another one that our books had under it is taken back, if `takesBack` names it.
 * @throws Failure not-found, action-not-allowed, and whatever its document's own use-case throws
 */
export async function settleLost(
  deps: SettleDeps,
  { actor, settled }: { actor: Actor; settled: SettleLostNumber },
): Promise<RestoredDevice> {
  const settling = { actor, settled, now: deps.clock() };
  const isSettled = await deps.withBusiness(actor.businessId, (tx) => settleKnown(tx, settling));
  if (!isSettled && settled.as !== "other-till") {
    const { zohoId } = settled;
    const lostNumber = BigInt(settled.number);
    const beforehand = (tx: BusinessTx) => takeBackHolder(tx, settling);
    const asked = { actor, zohoId, idempotencyKey: null, lostNumber, beforehand };
    await (settled.as === "invoice"
      ? fiscaliseInvoice(deps, { ...asked, entry: settled.entry })
      : fiscaliseCreditNote(deps, { ...asked, entry: settled.entry }));
  }
  return viewRestored(deps, actor);
}

interface Settling {
  actor: Actor;
  settled: SettleLostNumber;
  now: Date;
}

/** True when nothing has to be accepted for it: another till's, or a document's that our books have under this number. */
async function settleKnown(tx: BusinessTx, settling: Settling): Promise<boolean> {
  const { settled } = settling;
  const { id: branchId } = await requireHeld(tx);
  const lost = { branchId, number: BigInt(settled.number) };
  const holder = await holderOfLost(tx, lost);
  const isHolders =
    settled.as === holder?.documentKind && holder !== null && settled.zohoId === holder.zohoDocumentId;
  if (isHolders) await settleAsHolders(tx, lost, { ...settling, holder });
  else if (settled.as === "other-till") await settleAsOthers(tx, lost, settling);
  else return false;
  await releaseRestored(tx, branchId);
  return true;
}

async function settleAsHolders(
  tx: BusinessTx,
  lost: { branchId: string; number: bigint },
  { actor, now, holder }: Settling & { holder: Submission },
): Promise<void> {
  await settleLostNumber(tx, lost, { as: "document", submissionId: holder.id, at: now });
  await recordAudit(tx, {
    ...auditedBy(await actingUser(tx, actor)),
    action: "lost-number-confirmed",
    subject: `submission:${holder.id}`,
    detail: { invoiceNumber: lost.number.toString() },
  });
}

/**
 * What our books have under a number that the device gave to another was not signed so, and may be asked for again: a
 * person has to say which it is. Call under the branch's lock.
 */
async function takeBackHolder(tx: BusinessTx, { actor, settled, now }: Settling): Promise<void> {
  const { id: branchId } = await requireHeld(tx);
  const holder = await holderOfLost(tx, { branchId, number: BigInt(settled.number) });
  if (!holder) return;
  if (holder.state !== "receipt-missing")
    throw new Failure("action-not-allowed", `submission ${holder.id} is ${holder.state} under this number`);
  if (await findRefundOf(tx, holder.id))
    throw new Failure("action-not-allowed", `submission ${holder.id} was refunded under this number`);
  if (holder.id !== settled.takesBack)
    throw new Failure("action-not-allowed", `submission ${holder.id} stands under this number`);
  await updateSubmission(tx, holder.id, {
    state: "withdrawn",
    stateSince: now,
    invoiceNumber: null,
    needsAttention: false,
  });
  await recordAudit(tx, {
    ...auditedBy(await actingUser(tx, actor)),
    action: "submission-under-anothers-number",
    subject: `submission:${holder.id}`,
    detail: { invoiceNumber: settled.number },
  });
}

async function settleAsOthers(
  tx: BusinessTx,
  lost: { branchId: string; number: bigint },
  settling: Settling,
): Promise<void> {
  const { actor, now } = settling;
  await takeBackHolder(tx, settling);
  await settleLostNumber(tx, lost, { as: "other-till", at: now });
  await recordAudit(tx, {
    ...auditedBy(await actingUser(tx, actor)),
    action: "lost-number-of-another-till",
    subject: `branch:${lost.branchId}`,
    detail: { number: lost.number.toString() },
  });
}
