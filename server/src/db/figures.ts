import { type SQL, sql } from "drizzle-orm";
import { isAccepted } from "./accepted-differences.ts";
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
/** Documents, not submissions, where they were rejected: one refused three times is one. */
export const SUBMISSION_MATTERS = [
  "receipt-missing",
  "rejected",
  "unknown-long",
  "documents-waiting",
] as const;
export type SubmissionMatter = (typeof SUBMISSION_MATTERS)[number];

export interface MatterLimits {
  /** Accepted before this, a document that is on its way still waits for long. */
  waitingBefore: Date;
}

/** What of the business's submissions waits for a person. */
export async function openSubmissions(
  tx: BusinessTx,
  limits: MatterLimits,
): Promise<(kind: SubmissionMatter) => Waiting> {
  const rows = await tx.sql.execute<{
    kind: SubmissionMatter;
    count: string;
    since: string | null;
    latest: string | null;
  }>(submissionMatters(limits));
  const at = (text: string | null | undefined) => (text ? new Date(text) : null);
  return (kind) => {
    const row = rows.find((each) => each.kind === kind);
    return { count: Number(row?.count ?? 0), since: at(row?.since), latest: at(row?.latest) };
  };
}

const SUBJECT = sql`s.document_kind || ':' || s.zoho_document_id`;

const IS_OPEN: Record<SubmissionMatter, (limits: MatterLimits) => SQL> = {
  // An imported one that nobody can read waits for nobody.
  "receipt-missing": () => sql`state = 'receipt-missing' and problem is distinct from 'imported-unreadable'`,
  // One probe per refusal for a live submission: there is at most one, the latest (submissions_one_per_document).
  // What was signed all the same nobody accepted as not fiscalised.
  rejected: () => sql`state = 'rejected' and (
    select true from submissions live where live.document_kind = s.document_kind
      and live.zoho_document_id = s.zoho_document_id and live.transaction_kind = s.transaction_kind
      and live.state not in ('rejected', 'withdrawn') limit 1) is null
    and (problem is not distinct from 'signature-unexpected'
      or not ${isAccepted({ subject: SUBJECT }, sql`s.state_since`, "not-fiscalised")})`,
  "unknown-long": () => sql`state in ('queued', 'sending', 'unknown') and needs_attention`,
  "documents-waiting": ({ waitingBefore }) => sql`state in ('queued', 'sending', 'unknown')
    and not needs_attention and created_at < ${waitingBefore.toISOString()}::timestamptz`,
};

export function submissionMatters(limits: MatterLimits): SQL {
  return sql`
    select 'receipt-missing' as kind, count(*), min(state_since) as since, max(state_since) as latest
      from submissions s where ${IS_OPEN["receipt-missing"](limits)}
    union all
    select 'rejected', count(distinct (document_kind, zoho_document_id)), min(state_since), max(state_since)
      from submissions s where ${IS_OPEN.rejected(limits)}
    union all
    select 'unknown-long', count(*), min(coalesce(unknown_since, state_since)),
      max(coalesce(unknown_since, state_since))
      from submissions s where ${IS_OPEN["unknown-long"](limits)}
    union all
    select 'documents-waiting', count(*), min(created_at), max(created_at)
      from submissions s where ${IS_OPEN["documents-waiting"](limits)}`;
}

/** Numbers of the latest documents of a matter. */
export async function documentsOf(
  tx: BusinessTx,
  matter: SubmissionMatter,
  { limit, ...limits }: MatterLimits & { limit: number },
): Promise<string[]> {
  const rows = await tx.sql.execute<{ number: string }>(sql`
    select document_number as number from submissions s where ${IS_OPEN[matter](limits)}
    group by document_number order by max(sequence) desc limit ${limit}`);
  return rows.map(({ number }) => number);
}
