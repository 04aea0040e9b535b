import type { BulkDocumentState } from "@fiscalise/shared/bulk.ts";
import { type SQL, sql } from "drizzle-orm";
import type { BusinessTx } from "./with-business.ts";

/** The submission's own state, read and not copied: it goes on after the run is done. */
const STATE = sql`case
  when d.state <> 'accepted' then d.state
  when s.state in ('queued', 'sending', 'unknown') then 'under-way'
  else s.state end`;
const FROM = sql`bulk_documents d left join submissions s on s.business_id = d.business_id and s.id = d.submission_id`;

export async function countStates(
  tx: BusinessTx,
  runId: string,
): Promise<{ state: BulkDocumentState; count: number }[]> {
  const rows = await tx.sql.execute<{ state: BulkDocumentState; count: string }>(sql`
    select ${STATE} as state, count(*) as count from ${FROM} where d.run_id = ${runId} group by 1`);
  return rows.map(({ state, count }) => ({ state, count: Number(count) }));
}

export interface ReasonRow {
  code: string;
  count: number;
  documents: { zohoId: string; number: string | null }[];
}

/** Each code once, most frequent first, with the first few documents it holds back. */
export async function listReasons(tx: BusinessTx, runId: string, documents: number): Promise<ReasonRow[]> {
  const rows = await tx.sql.execute<{ code: string; count: string; documents: ReasonRow["documents"] }>(sql`
    with reason as (
      select d.position, d.zoho_document_id, d.number, r.value ->> 'code' as code
      from bulk_documents d cross join lateral jsonb_array_elements(d.refusals) r
      where d.run_id = ${runId} and d.state = 'refused'
      union all
      select d.position, d.zoho_document_id, d.number, d.problem from bulk_documents d
      where d.run_id = ${runId} and d.state = 'failed'),
    placed as (select *, row_number() over (partition by code order by position) as place from reason)
    select code, count(*) as count,
      json_agg(json_build_object('zohoId', zoho_document_id, 'number', number) order by place)
        filter (where place <= ${documents}) as documents
    from placed group by code order by count(*) desc, code`);
  return rows.map(({ code, count, documents: first }) => ({ code, count: Number(count), documents: first }));
}

/** Documents still to be signed whose text was kept, and those that must be read again. */
export async function countReadings(
  tx: BusinessTx,
  runId: string,
): Promise<{ waiting: number; kept: number; unkept: number }> {
  const [row] = await tx.sql.execute<{ waiting: string; kept: string; unkept: string }>(sql`
    select count(*) filter (where state = 'waiting') as waiting,
      count(*) filter (where state = 'ready' and document_text is not null and list_page is not null) as kept,
      count(*) filter (where state = 'ready' and (document_text is null or list_page is null)) as unkept
    from bulk_documents where run_id = ${runId}`);
  return { waiting: Number(row?.waiting), kept: Number(row?.kept), unkept: Number(row?.unkept) };
}

export interface ResultRow {
  position: number;
  zohoId: string;
  number: string | null;
  date: string | null;
  customerName: string | null;
  currencyCode: string | null;
  total: string | null;
  state: BulkDocumentState;
  codes: string[];
  submissionId: string | null;
  receipt: { receiptNumber: string; totalNumber: string; label: "NS" | "NR" } | null;
}

type Row = {
  position: number;
  zoho_document_id: string;
  number: string | null;
  date: string | null;
  customer_name: string | null;
  currency_code: string | null;
  total: string | null;
  state: BulkDocumentState;
  codes: string[];
  submission_id: string | null;
  receipt_number: string | null;
  total_number: string | null;
  label: "NS" | "NR" | null;
};

export interface ResultFilter {
  runId: string;
  state: BulkDocumentState | null;
  afterPosition: number;
  limit: number;
}

/** In the order of the run. */
export async function listResults(tx: BusinessTx, filter: ResultFilter): Promise<ResultRow[]> {
  const wanted: SQL = filter.state === null ? sql`true` : sql`${STATE} = ${filter.state}`;
  const rows = await tx.sql.execute<Row>(sql`
    select d.position, d.zoho_document_id, d.number, d.date::text, d.customer_name, d.currency_code,
      trim_scale(d.total)::text as total, ${STATE} as state, d.submission_id,
      case when d.state = 'failed' then json_build_array(d.problem)
        when s.state = 'rejected' then json_build_array(coalesce(s.problem, 'device-refused'))
        else (select coalesce(json_agg(r.value ->> 'code'), '[]') from jsonb_array_elements(d.refusals) r)
        end as codes,
      r.receipt_number, r.total_number, r.label
    from ${FROM} left join receipts r on r.business_id = d.business_id and r.submission_id = d.submission_id
    where d.run_id = ${filter.runId} and d.position > ${filter.afterPosition} and ${wanted}
    order by d.position limit ${filter.limit}`);
  return rows.map(resultOf);
}

function resultOf(row: Row): ResultRow {
  const { receipt_number: receiptNumber, total_number: totalNumber, label } = row;
  return {
    position: row.position,
    zohoId: row.zoho_document_id,
    number: row.number,
    date: row.date,
    customerName: row.customer_name,
    currencyCode: row.currency_code,
    total: row.total,
    state: row.state,
    codes: row.codes,
    submissionId: row.submission_id,
    receipt:
      receiptNumber === null || totalNumber === null || label === null
        ? null
        : { receiptNumber, totalNumber, label },
  };
}
