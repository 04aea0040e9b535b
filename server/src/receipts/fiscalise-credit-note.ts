import type { RefundRequest } from "@fiscalise/shared/api/credit-notes.ts";
import type { Actor, Automaton } from "../actor.ts";
import { lockBranch } from "../db/branches.ts";
import type { Submission } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { documentRefused } from "../failure.ts";
import { localDay } from "../fiscal/calendar.ts";
import { judgeRefund, originalOf } from "../fiscal/judge-refund.ts";
import { PricedSaleSchema } from "../fiscal/sale.ts";
import { tidy } from "../fiscal/text.ts";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";
import { requester } from "./actor.ts";
import { findOriginal } from "./find-original.ts";
import { findExisting } from "./find-submission.ts";
import { freezeRefundOf } from "./freeze-refund.ts";
import { alreadyThere, numberFor, requireItsNumber, requireSigning, settleAsDocument } from "./number-for.ts";
import { queueSubmission } from "./queue-submission.ts";
import { type ReadCreditNoteDeps, readCreditNote, type SourceNote } from "./read-credit-note.ts";
import { requireBusiness } from "./require-business.ts";
import { noteFingerprint, saleOf } from "./stored-submission.ts";

export interface FiscaliseCreditNote {
  actor: Actor | Automaton;
  zohoId: string;
  entry: RefundRequest;
  idempotencyKey: string | null;
  /** As for an invoice. */
  beforehand?: (tx: BusinessTx) => Promise<void>;
  lostNumber?: bigint;
}

/**
 * Accepts a credit note as the refund of a whole receipt, by the device that signed it; asking again returns the same
 * submission (fiscal rules §7).
 * @throws Failure document-refused with every reason; nothing is reserved or sent then.
 */
export async function fiscaliseCreditNote(
  deps: ReadCreditNoteDeps,
  input: FiscaliseCreditNote,
): Promise<Submission> {
  const { businessId } = input.actor;
  const existing = await deps.withBusiness(businessId, (tx) => findExisting(tx, asked(input)));
  if (existing) return alreadyThere(existing, input);
  const source = await readCreditNote(deps, { businessId, zohoId: input.zohoId });
  return deps.withBusiness(businessId, (tx) => accept(tx, input, source, deps.clock()));
}

function asked({ zohoId, idempotencyKey }: FiscaliseCreditNote) {
  return { document: { kind: "credit-note" as const, zohoId }, idempotencyKey };
}

/** Intent: everything in one transaction, under the lock of the original's branch, which also settles races. */
async function accept(
  tx: BusinessTx,
  input: FiscaliseCreditNote,
  { note, text }: SourceNote,
  now: Date,
): Promise<Submission> {
  const { entry } = input;
  const zohoInvoiceId = originalOf(note, entry.originalInvoiceId ?? null);
  const seen = zohoInvoiceId === null ? null : await findOriginal(tx, zohoInvoiceId);
  const branch = seen && (await lockBranch(tx, seen.submission.branchId));
  const existing = await findExisting(tx, asked(input));
  if (existing) return alreadyThere(existing, input);
  const { lostNumber = null } = input;
  if (branch) requireSigning(branch, lostNumber);
  // Under the lock: deactivating takes it.
  await requireBusiness(tx);
  // Again: what was seen before the lock may have been refunded, or refused, since.
  const original = zohoInvoiceId === null ? null : await findOriginal(tx, zohoInvoiceId);
  const purchaseCode = tidy(entry.purchaseCode);
  const refusals = judgeRefund({
    note,
    original: zohoInvoiceId === null ? null : (original?.sale ?? "unknown"),
    reason: entry.refundReason ?? null,
    purchaseCode,
    jurisdiction: RWANDA,
    today: localDay(now, RWANDA),
  }).list();
  if (refusals.length > 0 || !original || !branch || !entry.refundReason) {
    throw documentRefused(refusals);
  }
  // The device is told the sale's number, and the refund keeps it for ever.
  await requireItsNumber(tx, original.submission);
  await input.beforehand?.(tx);
  const user = await requester(tx, input.actor);
  const frozen = freezeRefundOf(original.submission, {
    invoiceNumber: await numberFor(tx, branch, lostNumber),
    frozenAt: lostNumber === null ? now : (branch.restoredTo ?? now),
    reason: entry.refundReason,
    purchaseCode,
    documentNumber: note.number,
    actor: user,
    branch,
  });
  const { submission: sold } = original;
  const submission = await queueSubmission(tx, {
    ...frozen,
    branchId: branch.id,
    documentKind: "credit-note",
    transactionKind: "refund",
    zohoDocumentId: input.zohoId,
    zohoCustomerId: note.customerId,
    documentNumber: note.number ?? "",
    originalSubmissionId: sold.id,
    refundReason: entry.refundReason,
    idempotencyKey: input.idempotencyKey,
    user,
    now,
    isSigned: lostNumber !== null,
    sale: PricedSaleSchema.encode({
      ...saleOf(sold),
      documentNumber: note.number,
      date: note.date ?? localDay(now, RWANDA),
    }),
    documentText: text,
    fingerprint: noteFingerprint(note),
    itemCodes: sold.itemCodes,
    // The device knows them since the sale.
    registrations: [],
    seller: sold.seller,
  });
  if (lostNumber !== null) await settleAsDocument(tx, branch, { submission, lostNumber, at: now });
  return submission;
}
