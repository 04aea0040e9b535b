import type { CreditNoteView, RefundRequest } from "@fiscalise/shared/api/credit-notes.ts";
import type { Actor } from "../actor.ts";
import { listRefundable } from "../db/refunds.ts";
import { findReceiptOf, findSubmission, latestSubmission, type Submission } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { localDay } from "../fiscal/calendar.ts";
import { plain } from "../fiscal/decimal.ts";
import { changesBetween } from "../fiscal/fingerprint.ts";
import { type CreditNote, judgeRefund, originalOf } from "../fiscal/judge-refund.ts";
import { tidy } from "../fiscal/text.ts";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";
import { BusinessSettingsSchema } from "./business-profile.ts";
import { findOriginal, type Original, presentRefundable } from "./find-original.ts";
import { isResubmittable } from "./find-submission.ts";
import { isReadable } from "./imported.ts";
import type { Presentation } from "./present.ts";
import { type ReadCreditNoteDeps, readCreditNote } from "./read-credit-note.ts";
import { requireBranch, requireBusiness } from "./require-business.ts";
import { draftOfSent } from "./sale-draft.ts";
import { fingerprintOfStored, noteFingerprint } from "./stored-submission.ts";
import { explain } from "./view-invoice.ts";
import { progressOf } from "./view-progress.ts";

export interface ViewCreditNote {
  actor: Actor;
  zohoId: string;
  entry: RefundRequest;
  presentation: Presentation;
}

const CANDIDATES_MAX = 20;

/** All a person must know before and after a refund: which receipt, whether it is lawful, what is missing. */
export async function viewCreditNote(
  deps: ReadCreditNoteDeps,
  input: ViewCreditNote,
): Promise<CreditNoteView> {
  const { businessId } = input.actor;
  const { note } = await readCreditNote(deps, { businessId, zohoId: input.zohoId });
  return deps.withBusiness(businessId, (tx) => compose(tx, input, note));
}

async function compose(tx: BusinessTx, input: ViewCreditNote, note: CreditNote): Promise<CreditNoteView> {
  const { zohoId, presentation } = input;
  const branch = await requireBranch(tx);
  const latest = await latestSubmission(tx, { kind: "credit-note", zohoId });
  const live = latest !== null && !isResubmittable(latest) ? latest : null;
  const original = live ? await originalOfRefund(tx, live) : await originalAsked(tx, input, note);
  const problems = live ? [] : judge(input, note, original);
  const needsChoice = live === null && note.customerId !== null;
  const candidates =
    needsChoice && note.customerId !== null
      ? await listRefundable(tx, { customerId: note.customerId, limit: CANDIDATES_MAX })
      : [];
  const known = original === "unknown" ? null : original;
  return {
    document: {
      zohoId,
      number: note.number ?? "",
      date: note.date,
      customerName: note.customerName,
      currencyCode: note.currencyCode,
      total: note.total && plain(note.total),
    },
    original: known && (await present(tx, known)),
    candidates: candidates.filter(({ submission }) => isReadable(submission)).map(presentRefundable),
    problems,
    inputs: inputsFor(problems),
    partial: known && partialOf(note, known),
    draft: known && draftOfSent(known.submission),
    papers: live ? [] : await papersOfNote(tx),
    refundReason: live?.refundReason ?? null,
    changes: live ? changesSince(live, note) : [],
    ...(await progressOf(tx, { branch, latest, presentation })),
  };
}

async function papersOfNote(tx: BusinessTx): Promise<CreditNoteView["papers"]> {
  const { settings } = await requireBusiness(tx);
  return BusinessSettingsSchema.parse(settings).trainingReceipts ? ["training"] : [];
}

async function originalOfRefund(tx: BusinessTx, refund: Submission): Promise<Original> {
  const sold =
    refund.originalSubmissionId === null ? null : await findSubmission(tx, refund.originalSubmissionId);
  const original = sold && (await findOriginal(tx, sold.zohoDocumentId));
  if (!original) throw new Error(`bug: refund ${refund.id} without its original`);
  return original;
}

async function originalAsked(
  tx: BusinessTx,
  { entry }: ViewCreditNote,
  note: CreditNote,
): Promise<Original | "unknown" | null> {
  const zohoInvoiceId = originalOf(note, entry.originalInvoiceId ?? null);
  return zohoInvoiceId === null ? null : ((await findOriginal(tx, zohoInvoiceId)) ?? "unknown");
}

function judge(
  { entry, presentation }: ViewCreditNote,
  note: CreditNote,
  original: Original | "unknown" | null,
) {
  const refusals = judgeRefund({
    note,
    original: original === null || original === "unknown" ? original : original.sale,
    reason: entry.refundReason ?? null,
    purchaseCode: tidy(entry.purchaseCode),
    jurisdiction: RWANDA,
    today: localDay(presentation.now, RWANDA),
  });
  return explain(refusals.list(), presentation.language);
}

async function present(tx: BusinessTx, { submission }: Original) {
  return presentRefundable({ submission, receipt: await findReceiptOf(tx, submission.id) });
}

/** Null when the whole is credited, or nothing is known of how much. */
function partialOf(note: CreditNote, { sale }: Original): CreditNoteView["partial"] {
  if (note.total === null) return null;
  const isWhole = note.currencyCode === sale.currencyCode && note.total.eq(sale.total);
  return isWhole
    ? null
    : { currencyCode: sale.currencyCode, credited: plain(note.total), sold: plain(sale.total) };
}

const MENDED_BY = {
  "original-ambiguous": "originalInvoiceId",
  "original-not-fiscalised": "originalInvoiceId",
  "original-buyer-mismatch": "originalInvoiceId",
  "original-already-refunded": "originalInvoiceId",
  "partial-refund-unsupported": "originalInvoiceId",
  "refund-reason-missing": "refundReason",
  "purchase-code-required": "purchaseCode",
  "purchase-code-without-tin": "purchaseCode",
} as const satisfies Record<string, CreditNoteView["inputs"][number]>;

function inputsFor(problems: CreditNoteView["problems"]): CreditNoteView["inputs"] {
  const codes = new Set<string>(problems.map(({ code }) => code));
  const wanted = Object.entries(MENDED_BY).filter(([code]) => codes.has(code));
  return [...new Set(wanted.map(([, field]) => field))];
}

function changesSince(refund: Submission, note: CreditNote): CreditNoteView["changes"] {
  const changed = changesBetween(fingerprintOfStored(refund), noteFingerprint(note));
  const shown = (["currency", "total", "date"] as const).filter((change) => changed.includes(change));
  return note.status === "void" ? ["void", ...shown] : shown;
}
