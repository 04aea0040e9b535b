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
}
export interface OpenMatters {
  receiptMissing: Waiting;
  /** Documents, not submissions: one refused three times is one. */
  rejected: Waiting;
  unknownLong: Waiting;
}

type MatterRow = { kind: keyof OpenMatters; count: string; since: string | null };

/** What of the business's submissions waits for a person. */
export async function openMatters(tx: BusinessTx): Promise<OpenMatters> {
  const rows = await tx.sql.execute<MatterRow>(submissionMatters());
  const of = (kind: keyof OpenMatters): Waiting => {
    const row = rows.find((each) => each.kind === kind);
    return { count: Number(row?.count ?? 0), since: row?.since ? new Date(row.since) : null };
  };
  return {
    receiptMissing: of("receiptMissing"),
    rejected: of("rejected"),
    unknownLong: of("unknownLong"),
  };
}

/** One probe per refusal for a live submission: there is at most one, the latest (submissions_one_per_document). */
export function submissionMatters(): SQL {
  return sql`
    select 'receiptMissing' as kind, count(*), min(state_since) as since
      from submissions where state = 'receipt-missing'
    union all
    select 'rejected', count(distinct (document_kind, zoho_document_id)), min(state_since)
      from submissions s where state = 'rejected' and (
        select true from submissions live where live.document_kind = s.document_kind
          and live.zoho_document_id = s.zoho_document_id and live.transaction_kind = s.transaction_kind
          and live.state not in ('rejected', 'withdrawn') limit 1) is null
    union all
    select 'unknownLong', count(*), min(coalesce(unknown_since, state_since))
      from submissions where state in ('queued', 'sending', 'unknown') and needs_attention`;
}
