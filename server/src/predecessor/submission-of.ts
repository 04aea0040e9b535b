import { createHash, randomUUID } from "node:crypto";
import { normalLabel, receiptCounter } from "@fiscalise/shared/receipt.ts";
import type { ImportedReceipt, ImportedSubmission } from "../db/imports.ts";
import { decimal, plain } from "../fiscal/decimal.ts";
import { readExactJson } from "../fiscal/exact-json.ts";
import { fingerprintOf } from "../fiscal/fingerprint.ts";
import { PricedSaleSchema, type StoredSale } from "../fiscal/sale.ts";
import {
  IMPORTED_OUTCOME_UNKNOWN,
  IMPORTED_UNKNOWN_UNREADABLE,
  IMPORTED_UNREADABLE,
} from "../receipts/imported.ts";
import type { Paper } from "../receipts/keep-receipt.ts";
import type { SellerSnapshot } from "../receipts/seller-snapshot.ts";
import { noteFingerprint } from "../receipts/stored-submission.ts";
import { storableData } from "../vsdc/outcome.ts";
import { qrText, readFrozenSale, saleFacts } from "../vsdc/rwanda/receipt-document.ts";
import type { SaveSalesRequest, SignedData } from "../vsdc/rwanda/sale-schema.ts";
import { serialise } from "../vsdc/rwanda/wire.ts";
import { readCreditNote } from "../zoho/credit-note.ts";
import { type CustomFieldNames, readInvoice } from "../zoho/invoice.ts";
import type { Entry } from "./plan.ts";
import { readRequest } from "./read-activity.ts";
import type { ActivityRow } from "./source.ts";

/** The custom fields of the predecessor's customers (docs/migration.md). */
export const PREDECESSOR_FIELDS: CustomFieldNames = {
  buyerTin: "cf_customer_tin",
  purchaseCode: "cf_purchase_code",
  contactTin: "cf_custtin",
};

/** What an import knows of the business beside the activity. */
export interface Importing {
  branchId: string;
  seller: SellerSnapshot;
  paper: Paper;
  now: Date;
}

/** The submission an entry becomes. `originalId`: of a refund, ours. */
export function submissionOf(
  row: ActivityRow,
  entry: Entry,
  { branchId, seller, now, originalId }: Importing & { originalId: string | null },
): ImportedSubmission {
  const { activity, heldFor } = entry;
  const request = readRequest(row);
  const document = documentOf(row);
  // What reads frozen requests in the database finds nothing in it.
  const text = request === null ? "{}" : serialise(request);
  const at = row.processedAt ?? row.createdAt ?? now;
  const label = normalLabel({ transactionKind: activity.kind === "invoice" ? "sale" : "refund" });
  const sale = request === null ? unreadSale(document, at) : saleOf(request, text, document);
  return {
    id: randomUUID(),
    branchId,
    documentKind: activity.kind,
    transactionKind: label === "NS" ? "sale" : "refund",
    zohoDocumentId: activity.documentId ?? "",
    documentNumber: document.number ?? "",
    zohoCustomerId: document.customerId,
    originalSubmissionId: originalId,
    refundReason: label === "NS" ? null : activity.refundReason,
    state: stateOf(entry),
    stateSince: at,
    createdAt: row.createdAt ?? at,
    createdBy: null,
    actor: { number: request?.regrId ?? "0", name: request?.regrNm ?? "-" },
    invoiceNumber: entry.invoiceNumber,
    lineArithmetic: "natural",
    frozenAt: row.createdAt ?? at,
    requestPath: "/trnsSales/saveSales",
    requestText: text,
    requestSha256: createHash("sha256").update(text).digest("hex"),
    buyerName: sale.buyer.name,
    total: sale.grossTotal,
    vat: request === null ? "0" : plain(request.totTaxAmt),
    sale,
    documentText: row.document ?? "{}",
    fingerprint: document.fingerprint,
    itemCodes: {},
    registrations: [],
    seller: request === null ? seller : sellerOf(seller, request),
    needsAttention: stateOf(entry) === "receipt-missing" && heldFor === "outcome-unknown",
    problem: problemOf(entry),
    importedAt: now,
  };
}

/** Its receipt, as the device answered. */
export function receiptOf(
  { id, transactionKind, seller, total, vat }: ImportedSubmission,
  signed: SignedData,
  paper: Paper,
): ImportedReceipt {
  const printed = seller as SellerSnapshot;
  const label = normalLabel({ transactionKind });
  const facts = {
    tin: printed.tin,
    branchId: printed.branchId,
    signature: signed.rcptSign,
    internalData: signed.intrlData,
    sdcId: signed.sdcId,
    counter: receiptCounter(signed.rcptNo, signed.totRcptNo, label),
    publishedAt: signed.vsdcRcptPbctDate,
  };
  return {
    submissionId: id,
    receiptNumber: signed.rcptNo,
    totalNumber: signed.totRcptNo,
    internalData: signed.intrlData,
    signature: signed.rcptSign,
    publishedAt: signed.vsdcRcptPbctDate,
    sdcId: signed.sdcId,
    mrcNumber: signed.mrcNo,
    source: "imported",
    seller: { ...printed, software: paper.software },
    qrText: qrText(facts, paper.qr),
    issuedOn: signed.vsdcRcptPbctDate.replace(/^(\d{4})(\d{2})(\d{2}).*/, "$1-$2-$3"),
    label,
    total,
    vat,
  };
}

/** A signed refund settles a sale whose receipt is missing, as it does with our own. */
function stateOf({ heldFor, isRefunded }: Entry): "fiscalised" | "receipt-missing" | "superseded" {
  if (heldFor === null) return "fiscalised";
  return isRefunded ? "superseded" : "receipt-missing";
}

function problemOf({ activity, heldFor }: Entry): string | null {
  if (heldFor === null) return null;
  if (heldFor === "outcome-unknown")
    return activity.isReadable ? IMPORTED_OUTCOME_UNKNOWN : IMPORTED_UNKNOWN_UNREADABLE;
  return activity.isReadable ? null : IMPORTED_UNREADABLE;
}

interface SoldDocument {
  number: string | null;
  customerId: string | null;
  buyerName: string | null;
  currencyCode: string | null;
  date: string | null;
  total: string | null;
  fingerprint: unknown;
}

const UNREAD: SoldDocument = {
  number: null,
  customerId: null,
  buyerName: null,
  currencyCode: null,
  date: null,
  total: null,
  fingerprint: { currency: null, total: null, date: null, buyer: null, lines: [] },
};

function documentOf(row: ActivityRow): SoldDocument {
  const value = storableData(readExactJson(row.document ?? "null")) as {
    invoice?: unknown;
    creditnote?: unknown;
  } | null;
  if (row.kind === "credit_note") {
    const read = readCreditNote(value?.creditnote);
    if (read.kind === "unreadable") return UNREAD;
    const { note } = read;
    const total = note.total && plain(note.total);
    return { ...note, buyerName: note.customerName, total, fingerprint: noteFingerprint(note) };
  }
  const read = readInvoice(value?.invoice, PREDECESSOR_FIELDS);
  if (read.kind === "unreadable") return UNREAD;
  const { document } = read;
  return {
    number: document.number,
    customerId: document.customerId,
    buyerName: document.buyer.name,
    currencyCode: document.currencyCode,
    date: document.date,
    total: document.total && plain(document.total),
    fingerprint: fingerprintOf(document),
  };
}

/** Its lines are in the frozen request: nothing freezes an imported sale anew. What a refund compares is the document's. */
function saleOf(request: SaveSalesRequest, text: string, document: SoldDocument): StoredSale {
  const { buyer, payment } = saleFacts(readFrozenSale(text));
  return PricedSaleSchema.encode({
    documentNumber: document.number,
    date: request.salesDt.replace(/^(....)(..)(..)$/, "$1-$2-$3"),
    currencyCode: document.currencyCode,
    // As it was sent: the predecessor converted nothing.
    exchangeRate: decimal("1"),
    total: document.total === null ? request.totAmt : decimal(document.total),
    grossTotal: request.totAmt,
    payment,
    buyer,
    lines: [],
  });
}

/** Nobody can read what was sent: only the document tells what it was about. No receipt adds it up. */
function unreadSale(document: SoldDocument, at: Date): StoredSale {
  const total = document.total ?? "0";
  return {
    documentNumber: document.number,
    date: document.date ?? at.toISOString().slice(0, 10),
    currencyCode: document.currencyCode,
    exchangeRate: "1",
    total,
    grossTotal: total,
    payment: "other",
    buyer: { tin: null, purchaseCode: null, name: document.buyerName, mobile: null },
    lines: [],
  };
}

function sellerOf(seller: SellerSnapshot, { tin, bhfId, receipt }: SaveSalesRequest): SellerSnapshot {
  const address = receipt.adrs ?? seller.address;
  return {
    ...seller,
    tin,
    branchId: bhfId,
    address,
    topMessage: receipt.topMsg,
    bottomMessage: receipt.btmMsg,
  };
}
