import { type SQL, sql } from "drizzle-orm";
import type { BusinessTx } from "./with-business.ts";

export interface DayFigures {
  /** yyyy-mm-dd, in the device's time. */
  day: string;
  receipts: number;
  total: string;
  vat: string;
}

/** Per day that has receipts; a refund counts negative. From the index receipts_figures alone. */
export async function figuresByDay(
  tx: BusinessTx,
  days: { from: string; to: string },
): Promise<DayFigures[]> {
  const rows = await tx.sql.execute<{ day: string; receipts: string; total: string; vat: string }>(
    dayFigures(days),
  );
  return rows.map((row) => ({ ...row, receipts: Number(row.receipts) }));
}

export function dayFigures({ from, to }: { from: string; to: string }): SQL {
  return sql`
    select issued_on::text as day, count(*) as receipts,
      sum(case label when 'NR' then -total else total end)::text as total,
      sum(case label when 'NR' then -vat else vat end)::text as vat
    from receipts where issued_on between ${from}::date and ${to}::date
    group by issued_on order by issued_on`;
}

export interface Waiting {
  count: number;
  since: Date | null;
  /** When it last came upon another; null: it is one thing alone, or none. */
  latest: Date | null;
}
export interface SubmissionMatters {
  receiptMissing: Waiting;
  /** Documents, not submissions: one refused three times is one. */
  rejected: Waiting;
  unknownLong: Waiting;
  /** On their way since before a moment, those of `unknownLong` left out. */
  waitingLong: Waiting;
}

type MatterRow = {
  kind: keyof SubmissionMatters;
  count: string;
  since: string | null;
  latest: string | null;
};

/** What of the business's submissions waits for a person. */
export async function openSubmissions(
  tx: BusinessTx,
  limits: { waitingBefore: Date },
): Promise<SubmissionMatters> {
  const rows = await tx.sql.execute<MatterRow>(submissionMatters(limits));
  const of = (kind: keyof SubmissionMatters): Waiting => {
    const row = rows.find((each) => each.kind === kind);
    const at = (text: string | null | undefined) => (text ? new Date(text) : null);
    return { count: Number(row?.count ?? 0), since: at(row?.since), latest: at(row?.latest) };
  };
  return {
    receiptMissing: of("receiptMissing"),
    rejected: of("rejected"),
    unknownLong: of("unknownLong"),
    waitingLong: of("waitingLong"),
  };
}

/** One probe per refusal for a live submission: there is at most one, the latest (submissions_one_per_document). */
const STILL_REJECTED = sql`state = 'rejected' and (
  select true from submissions live where live.document_kind = s.document_kind
    and live.zoho_document_id = s.zoho_document_id and live.transaction_kind = s.transaction_kind
    and live.state not in ('rejected', 'withdrawn') limit 1) is null`;
const LONG_UNKNOWN = sql`state in ('queued', 'sending', 'unknown') and needs_attention`;
const waitingSince = (before: Date) => sql`state in ('queued', 'sending', 'unknown') and not needs_attention
  and created_at < ${before.toISOString()}::timestamptz`;

export function submissionMatters({ waitingBefore }: { waitingBefore: Date }): SQL {
  return sql`
    select 'receiptMissing' as kind, count(*), min(state_since) as since, max(state_since) as latest
      from submissions where state = 'receipt-missing'
    union all
    select 'rejected', count(distinct (document_kind, zoho_document_id)), min(state_since), max(state_since)
      from submissions s where ${STILL_REJECTED}
    union all
    select 'unknownLong', count(*), min(coalesce(unknown_since, state_since)),
      max(coalesce(unknown_since, state_since))
      from submissions where ${LONG_UNKNOWN}
    union all
    select 'waitingLong', count(*), min(created_at), max(created_at)
      from submissions where ${waitingSince(waitingBefore)}`;
}
