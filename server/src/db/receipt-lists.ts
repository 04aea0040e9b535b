import type { ReceiptSource } from "@fiscalise/shared/receipt.ts";
import { type SQL, sql } from "drizzle-orm";
import type { BusinessTx } from "./with-business.ts";

export interface ReceiptPlace {
  issuedOn: string;
  publishedAt: string;
  id: string;
}

export interface ListedReceipt extends ReceiptPlace {
  receiptNumber: string;
  totalNumber: string;
  label: "NS" | "NR";
  documentNumber: string;
  buyerName: string | null;
  buyerTin: string | null;
  total: string;
  vat: string;
  invoiceNumber: string;
  sdcId: string;
  mrcNumber: string;
  signature: string;
  source: ReceiptSource;
  requestText: string;
}

export interface ReceiptFilter {
  /** Days in the device's time, both included; null: open. */
  from: string | null;
  to: string | null;
  /** Each somewhere in the document's number or the buyer's name, or the receipt's own number. */
  words: readonly string[];
  after: ReceiptPlace | null;
  limit: number;
}

/** In the order they were issued, along the index receipts_figures. */
export async function listReceipts(tx: BusinessTx, filter: ReceiptFilter): Promise<ListedReceipt[]> {
  const rows = await tx.sql.execute<ListedReceipt & Record<string, unknown>>(receiptPage(filter));
  return [...rows];
}

/** Of a period, counted no further than `limit`. From the index receipts_figures alone. */
export async function countReceipts(
  tx: BusinessTx,
  { from, to, limit }: { from: string; to: string; limit: number },
): Promise<number> {
  const [row] = await tx.sql.execute<{ count: string }>(sql`
    select count(*) from (
      select from receipts where issued_on between ${from}::date and ${to}::date limit ${limit}) found`);
  return Number(row?.count ?? 0);
}

export function receiptPage({ from, to, words, after, limit }: ReceiptFilter): SQL {
  const conditions = [
    sql`true`,
    ...(from === null ? [] : [sql`r.issued_on >= ${from}::date`]),
    ...(to === null ? [] : [sql`r.issued_on <= ${to}::date`]),
    ...words.map(
      (word) => sql`(strpos(s.search_text, lower(${word})) > 0 or r.receipt_number = ${word}
        or r.receipt_number || '/' || r.total_number = ${word})`,
    ),
    ...(after === null
      ? []
      : [
          sql`(r.issued_on, r.published_at, r.id) > (${after.issuedOn}::date, ${after.publishedAt}, ${after.id}::uuid)`,
        ]),
  ];
  return sql`
    select r.id, r.issued_on::text as "issuedOn", r.published_at as "publishedAt", r.receipt_number as "receiptNumber",
      r.total_number as "totalNumber", r.label, s.document_number as "documentNumber", s.buyer_name as "buyerName",
      s.sale #>> '{buyer,tin}' as "buyerTin", trim_scale(r.total)::text as total,
      trim_scale(r.vat)::text as vat, s.invoice_number::text as "invoiceNumber", r.sdc_id as "sdcId", r.mrc_number as "mrcNumber", r.signature, r.source, s.request_text as "requestText"
    from receipts r join submissions s on s.id = r.submission_id
    where ${sql.join(conditions, sql` and `)}
    order by r.issued_on, r.published_at, r.id limit ${limit}`;
}
