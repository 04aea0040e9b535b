import type { SubmissionState } from "@fiscalise/shared/receipt.ts";
import { eq, type SQL, sql } from "drizzle-orm";
import { submissions } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

export interface SubmissionFilter {
  state: SubmissionState | null;
  /** Each must be somewhere in the document's number or the buyer's name, whatever the case, or be the receipt's counter. */
  words: readonly string[];
  /** Accepted from this moment on, and before that one. */
  from: Date | null;
  before: Date | null;
  needsAttention: boolean | null;
  /** Only older ones. */
  belowSequence: bigint | null;
  limit: number;
}

export interface ListedSubmission {
  id: string;
  zohoDocumentId: string;
  documentNumber: string;
  buyerName: string | null;
  total: string;
  vat: string;
  state: SubmissionState;
  unknownAttempts: number;
  stateSince: Date;
  createdAt: Date;
  needsAttention: boolean;
  problem: string | null;
  isLatest: boolean;
  receipt: {
    id: string;
    receiptNumber: string;
    totalNumber: string;
    label: "NS" | "NR";
    copies: number;
  } | null;
}

type Row = {
  id: string;
  zoho_document_id: string;
  document_number: string;
  buyer_name: string | null;
  total: string;
  vat: string;
  state: SubmissionState;
  unknown_attempts: number;
  state_since: string;
  created_at: string;
  needs_attention: boolean;
  problem: string | null;
  is_latest: boolean;
  receipt_id: string | null;
  receipt_number: string | null;
  total_number: string | null;
  label: "NS" | "NR" | null;
  copies: string;
};

/**
 * Newest first. What is asked for is found in an index alone, and only the rows of the page are read; submissions of a
 * business are numbered under its device's lock, so a page never misses one that came meanwhile.
 */
export async function listSubmissions(tx: BusinessTx, filter: SubmissionFilter): Promise<ListedSubmission[]> {
  const rows = await tx.sql.execute<Row>(submissionPage(filter));
  return rows.map(listed);
}

export async function sequenceOf(tx: BusinessTx, id: string): Promise<bigint | undefined> {
  const [found] = await tx.sql
    .select({ sequence: submissions.sequence })
    .from(submissions)
    .where(eq(submissions.id, id));
  return found?.sequence;
}

export function submissionPage(filter: SubmissionFilter): SQL {
  return sql`
    with page as materialized (
      select sequence from submissions where ${sql.join(conditions(filter), sql` and `)}
      order by sequence desc limit ${filter.limit})
    select s.id, s.zoho_document_id, s.document_number, s.buyer_name,
      trim_scale(s.total)::text as total, trim_scale(s.vat)::text as vat, s.state, s.unknown_attempts, s.state_since,
      s.created_at, s.needs_attention, s.problem,
      not exists (select from submissions later
        where later.zoho_document_id = s.zoho_document_id and later.sequence > s.sequence) as is_latest,
      r.id as receipt_id, r.receipt_number, r.total_number, r.label,
      (select count(*) from receipt_copies c where c.receipt_id = r.id) as copies
    from page join submissions s on s.sequence = page.sequence
      left join receipts r on r.submission_id = s.id
    order by s.sequence desc`;
}

/** `53/62`, as on the receipt. */
const COUNTER = /^\d+\/\d+$/;

function submissionOf(counter: string): SQL {
  const [receiptNumber, totalNumber] = counter.split("/");
  return sql`select r.submission_id from receipts r
    where r.receipt_number = ${receiptNumber} and r.total_number = ${totalNumber}`;
}

/** A state is written out, not a parameter: a partial index is chosen by what the statement says. */
function conditions({ state, words, from, before, needsAttention, belowSequence }: SubmissionFilter): SQL[] {
  return [
    sql`true`,
    ...(state === null ? [] : [sql.raw(STATE_IS[state])]),
    ...words.map((word) => {
      const named = sql`strpos(search_text, lower(${word})) > 0`;
      return COUNTER.test(word) ? sql`(${named} or id in (${submissionOf(word)}))` : named;
    }),
    ...(from === null ? [] : [sql`created_at >= ${from.toISOString()}::timestamptz`]),
    ...(before === null ? [] : [sql`created_at < ${before.toISOString()}::timestamptz`]),
    ...(needsAttention === null ? [] : [needsAttention ? sql`needs_attention` : sql`not needs_attention`]),
    ...(belowSequence === null ? [] : [sql`sequence < ${belowSequence.toString()}::bigint`]),
  ];
}

/** As a person sees it: while bytes whose answer was lost go again, the submission is still unknown. */
const STATE_IS: Record<SubmissionState, string> = {
  queued: "state = 'queued'",
  sending: "state = 'sending' and unknown_attempts = 0",
  unknown: "state in ('unknown', 'sending') and (state = 'unknown' or unknown_attempts > 0)",
  fiscalised: "state = 'fiscalised'",
  rejected: "state = 'rejected'",
  "receipt-missing": "state = 'receipt-missing'",
  withdrawn: "state = 'withdrawn'",
  superseded: "state = 'superseded'",
};

function listed(row: Row): ListedSubmission {
  return {
    id: row.id,
    zohoDocumentId: row.zoho_document_id,
    documentNumber: row.document_number,
    buyerName: row.buyer_name,
    total: row.total,
    vat: row.vat,
    state: row.state,
    unknownAttempts: row.unknown_attempts,
    stateSince: new Date(row.state_since),
    createdAt: new Date(row.created_at),
    needsAttention: row.needs_attention,
    problem: row.problem,
    isLatest: row.is_latest,
    receipt: receiptOf(row),
  };
}

function receiptOf(row: Row): ListedSubmission["receipt"] {
  const { receipt_id, receipt_number, total_number, label } = row;
  if (receipt_id === null || receipt_number === null || total_number === null || label === null) return null;
  return {
    id: receipt_id,
    receiptNumber: receipt_number,
    totalNumber: total_number,
    label,
    copies: Number(row.copies),
  };
}
