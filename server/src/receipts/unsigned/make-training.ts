import type { RefundRequest } from "@fiscalise/shared/api/credit-notes.ts";
import type { Actor } from "../../actor.ts";
import { latestPaper } from "../../db/unsigned-papers.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { documentRefused, Failure } from "../../failure.ts";
import { localDay } from "../../fiscal/calendar.ts";
import { decimal } from "../../fiscal/decimal.ts";
import { type CreditNote, judgeRefund, type OriginalSale, originalOf } from "../../fiscal/judge-refund.ts";
import { tidy } from "../../fiscal/text.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";
import { BusinessSettingsSchema } from "../business-profile.ts";
import type { BuyerEntry } from "../enter-buyer.ts";
import { findOriginal } from "../find-original.ts";
import { prepareInvoice } from "../prepare-invoice.ts";
import { type ReadCreditNoteDeps, readCreditNote } from "../read-credit-note.ts";
import { readDocument } from "../read-document.ts";
import { requireBusiness } from "../require-business.ts";
import type { Software } from "../seller-snapshot.ts";
import { type KeptPaper, keepPaper } from "./keep-paper.ts";
import type { UnsignedDeps } from "./make-proforma.ts";
import {
  contentOfSale,
  contentOfSubmission,
  type PaperContent,
  PaperContentSchema,
} from "./paper-content.ts";

/**
 * The receipt an invoice would get, as training: same rules, same refusals, no device.
 * @throws Failure training-off, document-refused
 */
export async function makeTrainingSale(
  deps: UnsignedDeps,
  { actor, zohoId, entry }: { actor: Actor; zohoId: string; entry: BuyerEntry },
): Promise<KeptPaper> {
  const { businessId } = actor;
  await deps.withBusiness(businessId, requireTraining);
  const source = await readDocument(deps, { businessId, zohoId });
  const baseCurrency = await deps.books.baseCurrency(businessId);
  const now = deps.clock();
  return deps.withBusiness(businessId, async (tx) => {
    await requireTraining(tx);
    const question = { source, baseCurrency, branch: source.branch, entry, now };
    const { profile, prepared } = await prepareInvoice(tx, question);
    if (prepared.kind === "refused") throw documentRefused(prepared.refusals.list());
    const made = {
      kind: "TS" as const,
      documentKind: "invoice" as const,
      zohoDocumentId: zohoId,
      zohoCustomerId: source.document.customerId,
      documentNumber: source.document.number ?? "",
      content: contentOfSale(prepared.sale, { profile, now, software: deps.paper.software }),
    };
    return keepPaper(tx, { actor, made, now });
  });
}

/**
 * The refund a credit note would get, as training: of the invoice's training receipt, else of its receipt.
 * @throws Failure training-off, training-sale-missing, document-refused
 */
export async function makeTrainingRefund(
  deps: UnsignedDeps & ReadCreditNoteDeps,
  { actor, zohoId, entry }: { actor: Actor; zohoId: string; entry: RefundRequest },
): Promise<KeptPaper> {
  const { businessId } = actor;
  await deps.withBusiness(businessId, requireTraining);
  const { note } = await readCreditNote(deps, { businessId, zohoId });
  const now = deps.clock();
  return deps.withBusiness(businessId, async (tx) => {
    await requireTraining(tx);
    const original = await originalFor(tx, originalOf(note, entry.originalInvoiceId ?? null));
    const today = localDay(now, RWANDA);
    const refusals = judgeRefund({
      note,
      original: original?.sale ?? null,
      reason: entry.refundReason ?? null,
      purchaseCode: tidy(entry.purchaseCode),
      jurisdiction: RWANDA,
      today,
    }).list();
    if (refusals.length > 0 || !original) throw documentRefused(refusals);
    const taken = { note, today, purchaseCode: tidy(entry.purchaseCode), software: deps.paper.software };
    const made = {
      kind: "TR" as const,
      documentKind: "credit-note" as const,
      zohoDocumentId: zohoId,
      zohoCustomerId: note.customerId,
      documentNumber: note.number ?? "",
      content: takenBack(original.content, taken),
    };
    return keepPaper(tx, { actor, made, now });
  });
}

async function requireTraining(tx: BusinessTx): Promise<void> {
  const { settings } = await requireBusiness(tx);
  if (BusinessSettingsSchema.parse(settings).trainingReceipts) return;
  throw new Failure("training-off", "training receipts are switched off");
}

interface TrainingOriginal {
  sale: OriginalSale;
  /** `refundOf` names it. */
  content: Omit<PaperContent, "software">;
}

/** Null: no invoice is chosen. */
async function originalFor(tx: BusinessTx, zohoInvoiceId: string | null): Promise<TrainingOriginal | null> {
  if (zohoInvoiceId === null) return null;
  const paper = await latestPaper(tx, { kind: "TS", zohoDocumentId: zohoInvoiceId });
  if (paper) {
    const content = PaperContentSchema.parse(paper.content);
    const { currencyCode, total } = content.document;
    const sale = {
      isSigned: true,
      isRefunded: false,
      customerId: paper.zohoCustomerId,
      buyerTin: content.buyer.tin,
      currencyCode,
      total: decimal(total),
    };
    return { sale, content: { ...content, refundOf: `${paper.number} TS` } };
  }
  const sold = await findOriginal(tx, zohoInvoiceId);
  if (sold?.sale.isSigned) return { sale: sold.sale, content: contentOfSubmission(sold.submission) };
  throw new Failure("training-sale-missing", `invoice ${zohoInvoiceId} has no receipt of either kind`);
}

function takenBack(
  content: TrainingOriginal["content"],
  taken: { note: CreditNote; today: string; purchaseCode: string | null; software: Software },
): PaperContent {
  const { note, today, purchaseCode, software } = taken;
  return {
    ...content,
    software,
    // A refund carries the sale's own where none is typed (fiscal rules §7).
    buyer: { ...content.buyer, purchaseCode: purchaseCode ?? content.buyer.purchaseCode },
    document: { ...content.document, number: note.number ?? "", date: note.date ?? today },
  };
}
