import type { InvoiceView } from "@fiscalise/shared/api/invoices.ts";
import type { Language, Refusal } from "@fiscalise/shared/problem.ts";
import { PROBLEM_WORDS } from "@fiscalise/shared/words/problems.ts";
import type { Actor } from "../actor.ts";
import type { Branch } from "../db/branches.ts";
import { findRefundOf } from "../db/refunds.ts";
import { findReceiptOf, latestSubmission, type Submission } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import type { RefusalRef } from "../failure.ts";
import { plain } from "../fiscal/decimal.ts";
import type { FiscalDocument } from "../fiscal/document.ts";
import { changesBetween, fingerprintOf } from "../fiscal/fingerprint.ts";
import type { BuyerEntry } from "./enter-buyer.ts";
import { isResubmittable } from "./find-submission.ts";
import { prepareInvoice } from "./prepare-invoice.ts";
import { counterOf, type Presentation, visibleState } from "./present.ts";
import { type ReadDocumentDeps, readDocument, type SourceDocument } from "./read-document.ts";
import { requireBranch } from "./require-business.ts";
import { draftOfSale, draftOfSent } from "./sale-draft.ts";
import { fingerprintOfStored } from "./stored-submission.ts";
import { papersOffered } from "./unsigned/papers-offered.ts";
import { progressOf } from "./view-progress.ts";

export interface ViewInvoice {
  actor: Actor;
  zohoId: string;
  entry: BuyerEntry;
  presentation: Presentation;
}

/** All a person must know before and after the click: what would be sent, what is missing, what became of it. */
export async function viewInvoice(deps: ReadDocumentDeps, input: ViewInvoice): Promise<InvoiceView> {
  const { actor, zohoId } = input;
  const source = await readDocument(deps, { businessId: actor.businessId, zohoId });
  const baseCurrency = await deps.books.baseCurrency(actor.businessId);
  return deps.withBusiness(actor.businessId, (tx) => compose(tx, input, { source, baseCurrency }));
}

async function compose(
  tx: BusinessTx,
  { zohoId, entry, presentation }: ViewInvoice,
  { source, baseCurrency }: { source: SourceDocument; baseCurrency: string },
): Promise<InvoiceView> {
  const branch = await requireBranch(tx);
  const latest = await latestSubmission(tx, { kind: "invoice", zohoId });
  const { document } = source;
  const live = latest !== null && !isResubmittable(latest);
  const judged = live
    ? { problems: [], draft: null, papers: [] }
    : await judge(tx, { source, baseCurrency, branch, entry, presentation });
  return {
    document: {
      zohoId,
      number: document.number ?? "",
      date: document.date,
      customerName: document.buyer.name,
      currencyCode: document.currencyCode,
      total: document.total === null ? null : plain(document.total),
    },
    buyer: { tin: document.buyer.tin, purchaseCode: document.buyer.purchaseCode },
    ...judged,
    inputs: inputsFor(judged.problems),
    draft: latest && live ? draftOfSent(latest) : judged.draft,
    changes: latest && live ? changesSince(latest, document) : [],
    refund: latest && (await refundOf(tx, latest)),
    ...(await progressOf(tx, { branch, latest, presentation })),
  };
}

/** Voided after it was signed, the receipt still stands: only a credit note takes it back. */
function changesSince(latest: Submission, document: FiscalDocument): InvoiceView["changes"] {
  const changed = changesBetween(fingerprintOfStored(latest), fingerprintOf(document));
  return document.status === "void" ? ["void", ...changed] : changed;
}

async function refundOf(tx: BusinessTx, sold: Submission): Promise<InvoiceView["refund"]> {
  const refund = await findRefundOf(tx, sold.id);
  const receipt = refund && (await findReceiptOf(tx, refund.id));
  return (
    refund && {
      zohoCreditNoteId: refund.zohoDocumentId,
      documentNumber: refund.documentNumber,
      state: visibleState(refund),
      counter: receipt && counterOf(receipt),
      receiptId: receipt?.id ?? null,
    }
  );
}

async function judge(
  tx: BusinessTx,
  input: {
    source: SourceDocument;
    baseCurrency: string;
    branch: Branch;
    entry: BuyerEntry;
    presentation: Presentation;
  },
): Promise<Pick<InvoiceView, "problems" | "draft" | "papers">> {
  const { presentation } = input;
  const { profile, prepared } = await prepareInvoice(tx, { ...input, now: presentation.now });
  const papers = papersOffered(input.source.document, profile.settings);
  if (prepared.kind === "ready")
    return { problems: [], draft: draftOfSale(prepared.sale, profile, presentation.now), papers };
  return { problems: explain(prepared.refusals.list(), presentation.language), draft: null, papers };
}

export function explain(refusals: RefusalRef[], language: Language): Refusal[] {
  return refusals.map((refusal) => ({ ...refusal, ...PROBLEM_WORDS[refusal.code][language] }));
}

const BUYER_INPUTS = {
  "customer-tin-invalid": "customerTin",
  "purchase-code-without-tin": "customerTin",
  "purchase-code-required": "purchaseCode",
} as const;

function inputsFor(problems: Refusal[]): InvoiceView["inputs"] {
  const codes = new Set(problems.map(({ code }) => code));
  const wanted = Object.entries(BUYER_INPUTS).filter(([code]) => codes.has(code as Refusal["code"]));
  return [...new Set(wanted.map(([, field]) => field))];
}
