import { copyLabel, type PaperForm } from "@fiscalise/shared/receipt.ts";
import type { Actor } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import { findLogo } from "../db/businesses.ts";
import { addCopy, countCopies, findCopyByKey, lockCopies } from "../db/receipt-copies.ts";
import { findReceipt, findSubmission, type Receipt, type Submission } from "../db/submissions.ts";
import { type BusinessTx, isUuid, type WithBusiness } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { onPaper, type PrintedReceipt, type ReceiptDocument } from "../fiscal/receipt-document.ts";
import type { PricedSale } from "../fiscal/sale.ts";
import { readFrozenSale, saleFacts } from "../vsdc/rwanda/receipt-document.ts";
import { actingUser, auditedBy } from "./actor.ts";
import { keyOfAnother } from "./find-submission.ts";
import { PrintedSellerSchema, printedSeller } from "./seller-snapshot.ts";
import { saleOf } from "./stored-submission.ts";

export interface ReceiptPdfDeps {
  withBusiness: WithBusiness;
  renderPdf: (document: PrintedReceipt) => Promise<Uint8Array>;
}

/** The receipt as PDF, or its n-th copy; always from what was stored at fiscalisation. */
export async function receiptPdf(
  deps: ReceiptPdfDeps,
  {
    actor,
    receiptId,
    copyNumber,
    form,
  }: {
    actor: Pick<Actor, "businessId">;
    receiptId: string;
    copyNumber: number | null;
    form: PaperForm;
  },
): Promise<{ bytes: Uint8Array; fileName: string }> {
  const stored = await deps.withBusiness(actor.businessId, async (tx) => {
    const loaded = await loadReceipt(tx, receiptId);
    const exists = copyNumber === null || copyNumber <= (await countCopies(tx, loaded.receipt.id));
    if (!exists) throw new Failure("not-found", "no such copy");
    return loaded;
  });
  const bytes = await deps.renderPdf(onPaper(documentOf(stored, copyNumber), form));
  const copy = copyNumber === null ? "" : `-copy-${copyNumber}`;
  return { bytes, fileName: pdfName(`receipt-${stored.submission.documentNumber}${copy}`, form) };
}

/** With nothing a header could trip over. */
export function pdfName(name: string, form: PaperForm): string {
  return `${name.replace(/[^A-Za-z0-9._-]+/g, "-")}${form === "roll" ? "-roll" : ""}.pdf`;
}

/** Counts and audits a copy: the stored receipt relabelled, the device is not asked (fiscal rules §8). */
export async function copyReceipt(
  deps: { withBusiness: WithBusiness },
  { actor, receiptId, idempotencyKey }: { actor: Actor; receiptId: string; idempotencyKey: string | null },
): Promise<{ copyNumber: number }> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    const { receipt, submission } = await loadReceipt(tx, receiptId);
    await lockCopies(tx, { branchId: submission.branchId, receiptId: receipt.id });
    const taken = idempotencyKey === null ? null : await findCopyByKey(tx, idempotencyKey);
    if (taken?.receiptId === receipt.id) return { copyNumber: taken.number };
    if (taken) throw keyOfAnother("receipt");
    const copyNumber = await addCopy(tx, receipt.id, idempotencyKey);
    await recordAudit(tx, {
      ...auditedBy(await actingUser(tx, actor)),
      action: "receipt-copied",
      subject: `receipt:${receipt.id}`,
      detail: { copyNumber },
    });
    return { copyNumber };
  });
}

interface StoredReceipt {
  receipt: Receipt;
  submission: Submission;
  logo: Uint8Array | null;
}

async function loadReceipt(tx: BusinessTx, id: string): Promise<StoredReceipt> {
  const receipt = isUuid(id) ? await findReceipt(tx, id) : null;
  const submission = receipt && (await findSubmission(tx, receipt.submissionId));
  if (!receipt || !submission) throw new Failure("not-found", "no such receipt");
  const { logoSha256 } = PrintedSellerSchema.parse(receipt.seller);
  return { receipt, submission, logo: logoSha256 === null ? null : await findLogo(tx, logoSha256) };
}

function documentOf(
  { receipt, submission, logo }: StoredReceipt,
  copyNumber: number | null,
): ReceiptDocument {
  const seller = PrintedSellerSchema.parse(receipt.seller);
  const sale = saleOf(submission);
  return {
    ...saleFacts(readFrozenSale(submission.requestText)),
    label: copyNumber === null ? receipt.label : copyLabel(receipt.label),
    ...printedSeller(seller, logo),
    document: printedDocument(sale, submission.documentNumber),
    device: {
      receiptNumber: receipt.receiptNumber,
      totalNumber: receipt.totalNumber,
      internalData: receipt.internalData,
      signature: receipt.signature,
      sdcId: receipt.sdcId,
      mrcNumber: receipt.mrcNumber,
      publishedAt: receipt.publishedAt,
    },
    qrText: receipt.qrText,
    copyNumber,
    software: seller.software,
  };
}

/** The source document, as the paper names it. */
export function printedDocument(sale: PricedSale, number: string): ReceiptDocument["document"] {
  return {
    number,
    date: sale.date,
    currencyCode: sale.currencyCode ?? "RWF",
    exchangeRate: sale.exchangeRate.toFixed(),
    total: sale.total.toFixed(),
  };
}
