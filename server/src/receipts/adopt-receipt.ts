import type { AdoptRequest } from "@fiscalise/shared/api/submissions.ts";
import type { Complaint } from "@fiscalise/shared/complaint.ts";
import { dashed, normalLabel, receiptCounter } from "@fiscalise/shared/receipt.ts";
import type { Actor } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import { isReceiptKnown, type Submission, updateSubmission } from "../db/submissions.ts";
import type { BusinessTx, WithBusiness } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { localStamp, printedMoment } from "../fiscal/calendar.ts";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";
import type { SignedData } from "../vsdc/rwanda/sale-schema.ts";
import { actingUser, auditedBy } from "./actor.ts";
import { lockSubmission } from "./find-submission.ts";
import { may } from "./imported.ts";
import { keepReceipt, type Paper } from "./keep-receipt.ts";
import { requireItsNumber } from "./number-for.ts";
import { settleOriginal } from "./settle-original.ts";

export interface AdoptDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
  paper: Paper;
}

export interface Understood {
  counter: string;
  internalData: string;
  signature: string;
  sdcId: string;
  mrcNumber: string;
  issuedAt: string;
}

/**
 * Completes a signed sale whose answer was lost with what a person read off the device or MyRRA. Stored only when
 * confirmed; the sale itself is never sent again.
 * @throws Failure action-not-allowed, device-restored, receipt-data-invalid
 */
export async function adoptReceipt(
  deps: AdoptDeps,
  { actor, submissionId, entry }: { actor: Actor; submissionId: string; entry: AdoptRequest },
): Promise<{ stored: boolean; understood: Understood }> {
  const signed = readEntry(entry, localStamp(deps.clock(), RWANDA));
  const label = await deps.withBusiness(actor.businessId, async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    if (!may(submission, "adopt"))
      throw new Failure("action-not-allowed", `submission ${submission.id} is ${submission.state}`);
    await requireItsNumber(tx, submission);
    await requirePlausible(tx, submission, signed);
    const label = normalLabel(submission);
    if (!entry.confirmed) return label;
    await keepReceipt(tx, deps.paper, { submission, signed, source: "adopted" });
    await settleOriginal(tx, submission, deps.clock());
    await updateSubmission(tx, submission.id, {
      state: "fiscalised",
      stateSince: deps.clock(),
      needsAttention: false,
      problem: null,
    });
    await recordAudit(tx, {
      ...auditedBy(await actingUser(tx, actor)),
      action: "receipt-adopted",
      subject: `submission:${submission.id}`,
      detail: { receiptNumber: signed.rcptNo, totalNumber: signed.totRcptNo, signature: signed.rcptSign },
    });
    return label;
  });
  return { stored: entry.confirmed, understood: understand(signed, label) };
}

/** A device's clock may run behind ours by this much. */
const CLOCK_TOLERANCE_MS = 15 * 60_000;

/** Signed not before it was sent, and not the receipt of another sale. Call under the branch's lock. */
async function requirePlausible(tx: BusinessTx, submission: Submission, signed: SignedData): Promise<void> {
  const earliest = localStamp(new Date(submission.frozenAt.getTime() - CLOCK_TOLERANCE_MS), RWANDA);
  const wrong: Complaint[] = [
    ...complaintIf(signed.vsdcRcptPbctDate < earliest, { path: "issuedAt", code: "moment-before-sale" }),
    ...complaintIf(await isReceiptKnown(tx, signed), { path: "signature", code: "of-another-receipt" }),
  ];
  if (wrong.length > 0) throw new Failure("receipt-data-invalid", "implausible", { fields: wrong });
}

const complaintIf = (isWrong: boolean, complaint: Complaint): Complaint[] => (isWrong ? [complaint] : []);

function notBase32(text: string, { path, length }: { path: string; length: number }): Complaint[] {
  const isRight = text.length === length && /^[A-Z2-7]*$/.test(text);
  return complaintIf(!isRight, { path, code: "base32", values: { length: String(length) } });
}

/** Typed from paper: dashes and blanks do not count, letters are capitals (internal data and signature are base32). */
function readEntry(entry: AdoptRequest, now: string): SignedData {
  const internalData = bare(entry.internalData);
  const signature = bare(entry.signature);
  const publishedAt = entry.issuedAt.replace(/\D/g, "");
  const isBelow = BigInt(entry.receiptNumber) > BigInt(entry.totalNumber);
  const wrong: Complaint[] = [
    ...notBase32(internalData, { path: "internalData", length: 26 }),
    ...notBase32(signature, { path: "signature", length: 16 }),
    ...complaintIf(!isMoment(entry.issuedAt), { path: "issuedAt", code: "moment" }),
    ...complaintIf(publishedAt > now, { path: "issuedAt", code: "moment-to-come" }),
    ...complaintIf(isBelow, { path: "totalNumber", code: "below-receipt-number" }),
  ];
  if (wrong.length > 0) throw new Failure("receipt-data-invalid", "format", { fields: wrong });
  return {
    rcptNo: entry.receiptNumber,
    totRcptNo: entry.totalNumber,
    intrlData: internalData,
    rcptSign: signature,
    vsdcRcptPbctDate: publishedAt,
    sdcId: entry.sdcId,
    mrcNo: entry.mrcNumber,
  };
}

function bare(text: string): string {
  return text.replace(/[\s-]/g, "").toUpperCase();
}

function isMoment(text: string): boolean {
  const at = new Date(`${text}Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function understand(signed: SignedData, label: "NS" | "NR"): Understood {
  return {
    counter: receiptCounter(signed.rcptNo, signed.totRcptNo, label),
    internalData: dashed(signed.intrlData),
    signature: dashed(signed.rcptSign),
    sdcId: signed.sdcId,
    mrcNumber: signed.mrcNo,
    issuedAt: printedMoment(signed.vsdcRcptPbctDate),
  };
}
