import { randomUUID } from "node:crypto";
import type { ReceiptSource, SubmissionState } from "@fiscalise/shared/receipt.ts";
import type { Business, Stage } from "./harness.ts";

export interface StoredDocument {
  id: string;
  zohoDocumentId: string;
  documentNumber: string;
  buyerName: string | null;
  state: SubmissionState;
  createdAt: string;
  needsAttention: boolean;
  unknownAttempts: number;
  total: string;
  vat: string;
  /** `yyyymmddhhmmss`, the device's time; null: no receipt. */
  publishedAt: string | null;
  receiptId: string;
  label: "NS" | "NR";
  source: ReceiptSource;
}

let made = 0;

/** An unremarkable fiscalised document: 118.00 of which 18.00 VAT. */
export function storedDocument(change: Partial<StoredDocument> = {}): StoredDocument {
  made += 1;
  return {
    id: randomUUID(),
    zohoDocumentId: String(990_000_000 + made),
    documentNumber: `INV-${String(made).padStart(6, "0")}`,
    buyerName: "Uwera Supermarket",
    state: "fiscalised",
    createdAt: new Date().toISOString(),
    needsAttention: false,
    unknownAttempts: 0,
    total: "118.00",
    vat: "18.00",
    publishedAt: change.state === undefined || change.state === "fiscalised" ? "20261125120000" : null,
    receiptId: randomUUID(),
    label: "NS",
    source: "device",
    ...change,
  };
}

/** Straight into the tables, in this order: states and moments no device would give in a test's time. */
export async function storeDocuments(
  { database: { owner } }: Pick<Stage, "database">,
  business: Pick<Business, "id" | "adminId" | "branchId">,
  documents: readonly StoredDocument[],
): Promise<void> {
  const rows = JSON.stringify(documents);
  const wire = (taxable: string, tax: string) =>
    JSON.stringify({
      taxblAmtA: 0,
      taxblAmtB: 0,
      taxblAmtC: 0,
      taxblAmtD: 0,
      taxAmtA: 0,
      taxAmtB: 0,
      taxAmtC: 0,
      taxAmtD: 0,
    })
      .replace('"taxblAmtB":0', `"taxblAmtB":${taxable}`)
      .replace('"taxAmtB":0', `"taxAmtB":${tax}`);
  const [before = "", between = "", after = ""] = wire("|", "|").split("|");
  await owner`
    insert into submissions (id, business_id, branch_id, document_kind, transaction_kind, zoho_document_id, document_number,
      state, created_at, created_by, actor, line_arithmetic, frozen_at, request_path, request_text, request_sha256, buyer_name,
      total, vat, sale, document_text, fingerprint, item_codes, registrations, seller, unknown_attempts, needs_attention)
    select id, ${business.id}::uuid, ${business.branchId}::uuid, 'invoice', 'sale', "zohoDocumentId", "documentNumber", state,
      "createdAt", ${business.adminId}::uuid, '{}', 'natural', now(), '/', ${before}::text || total || ${between}::text || vat || ${after}::text, '', "buyerName", total, vat,
      '{"buyer": {"tin": "100000002"}}', '', '{}', '{}', '[]', '{}', "unknownAttempts", "needsAttention"
    from rows from (jsonb_to_recordset(${rows}::text::jsonb) as (id uuid, "zohoDocumentId" text, "documentNumber" text,
      "buyerName" text, state text, "createdAt" timestamptz, total numeric, vat numeric, "unknownAttempts" int,
      "needsAttention" boolean)) with ordinality order by ordinality`;
  await owner`
    insert into receipts (id, business_id, submission_id, receipt_number, total_number, internal_data, signature, published_at,
      sdc_id, mrc_number, source, seller, qr_text, issued_on, label, total, vat)
    select "receiptId", ${business.id}::uuid, id, '1', '2', 'A', 'B', "publishedAt", 'SDC000000001', 'WIS00000001', source, '{}', '',
      to_date(left("publishedAt", 8), 'YYYYMMDD'), label, total, vat
    from jsonb_to_recordset(${rows}::text::jsonb) as (id uuid, "receiptId" uuid, "publishedAt" text, label text, source text, total numeric,
      vat numeric)
    where "publishedAt" is not null`;
}
