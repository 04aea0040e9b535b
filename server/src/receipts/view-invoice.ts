import type { InvoiceProgress, InvoiceView, SaleDraft } from "@fiscalise/shared/api/invoices.ts";
import type { Language, Refusal } from "@fiscalise/shared/problem.ts";
import { PROBLEM_WORDS } from "@fiscalise/shared/words/problems.ts";
import type { Actor } from "../actor.ts";
import type { Branch } from "../db/branches.ts";
import { countWaiting, latestSubmission, type Submission } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import type { RefusalRef } from "../failure.ts";
import { plain } from "../fiscal/decimal.ts";
import { changesBetween, fingerprintOf } from "../fiscal/fingerprint.ts";
import type { PricedSale } from "../fiscal/sale.ts";
import { readFrozenSale, saleFacts } from "../vsdc/rwanda/receipt-document.ts";
import { type BusinessProfile, composeSale, itemSetting } from "./business-profile.ts";
import { type BuyerEntry, enterBuyer } from "./enter-buyer.ts";
import { isResubmittable } from "./find-submission.ts";
import { freeze } from "./freeze.ts";
import { newItemCodes } from "./item-codes.ts";
import { loadProfile } from "./load-profile.ts";
import type { Presentation } from "./present.ts";
import { type ReadDocumentDeps, readDocument, type SourceDocument } from "./read-document.ts";
import { requireBranch, requireBusiness } from "./require-business.ts";
import { fingerprintOfStored } from "./stored-submission.ts";
import { describe } from "./view-submission.ts";

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
  const latest = await latestSubmission(tx, zohoId);
  const { document } = source;
  const live = latest !== null && !isResubmittable(latest);
  const judged = live
    ? { problems: [], draft: null }
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
    changes: latest && live ? changesBetween(fingerprintOfStored(latest), fingerprintOf(document)) : [],
    ...(await progressOf(tx, { branch, latest, presentation })),
  };
}

/** What became of a document so far; asks Zoho nothing, so that a screen may look every other second. */
export async function viewProgress(
  deps: Pick<ReadDocumentDeps, "withBusiness">,
  { actor, zohoId, presentation }: Omit<ViewInvoice, "entry">,
): Promise<InvoiceProgress> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    const branch = await requireBranch(tx);
    return progressOf(tx, { branch, latest: await latestSubmission(tx, zohoId), presentation });
  });
}

async function progressOf(
  tx: BusinessTx,
  { branch, latest, presentation }: { branch: Branch; latest: Submission | null; presentation: Presentation },
): Promise<InvoiceProgress> {
  return {
    submission: latest && (await describe(tx, latest, presentation)),
    device: {
      status: deviceHealth(branch),
      lastAnswerAt: branch.lastAnswerAt?.toISOString() ?? null,
      waiting: await countWaiting(tx, branch.id, null),
    },
  };
}

export function deviceHealth(branch: Branch): InvoiceView["device"]["status"] {
  if (branch.failures > 0) return "not-answering";
  return branch.lastAnswerAt === null ? "not-yet-used" : "answering";
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
): Promise<{ problems: Refusal[]; draft: SaleDraft | null }> {
  const { source, baseCurrency, branch, entry, presentation } = input;
  const profile = await loadProfile(tx, { branch, baseCurrency, itemKeys: source.itemKeys });
  const prepared = composeSale(enterBuyer(source.document, entry), profile, presentation.now);
  if (prepared.kind === "ready")
    return { problems: [], draft: draftOf(prepared.sale, profile, presentation.now) };
  return { problems: explain(prepared.refusals.list(), presentation.language), draft: null };
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

/** What would be sent, from the very function that freezes it; numbers not yet given do not show. */
function draftOf(sale: PricedSale, profile: BusinessProfile, now: Date): SaleDraft {
  const codes = newItemCodes(sale, profile, 1);
  const given = sale.lines.map(({ itemKey }) => itemSetting(profile, itemKey).itemCode);
  const itemCodes = Object.fromEntries([
    ...codes.map(({ key, itemCode }) => [key, itemCode]),
    ...sale.lines.flatMap(({ itemKey }, index) => (given[index] ? [[itemKey, given[index]]] : [])),
  ]);
  const frozen = freeze({
    sale,
    profile,
    actor: { number: "0", name: "-" },
    invoiceNumber: 1n,
    arithmetic: profile.branch.lineArithmetic,
    itemCodes,
    now,
  });
  return draftFrom(
    frozen.requestText,
    plain(sale.exchangeRate),
    new Set(given.filter((code) => code !== null)),
  );
}

function draftOfSent(submission: Submission): SaleDraft {
  const { exchangeRate } = submission.sale as { exchangeRate: string };
  return draftFrom(submission.requestText, exchangeRate, null);
}

function draftFrom(requestText: string, exchangeRate: string, known: ReadonlySet<string> | null): SaleDraft {
  const facts = saleFacts(readFrozenSale(requestText));
  return {
    lines: facts.lines.map((line) => ({
      name: line.name,
      itemCode: known === null || known.has(line.itemCode) ? line.itemCode : null,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      discount: line.discountAmount,
      total: line.total,
      taxClass: line.taxClass,
    })),
    taxTotals: facts.taxTotals.filter(({ taxable, ratePercent }) => taxable !== "0" || ratePercent !== "0"),
    total: facts.total,
    tax: facts.tax,
    exchangeRate,
  };
}
