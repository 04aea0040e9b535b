import { sql } from "drizzle-orm";
import type { BusinessTx } from "./with-business.ts";

export interface DeviceUsage {
  calls: number;
  /** From the bytes leaving to their answer recorded; of an answer that never came, none. */
  ms: number;
}

/** `begins` and `ends` are moments: the second is no longer part of it. */
export interface Span {
  begins: Date;
  ends: Date;
}

const within = ({ begins, ends }: Span) =>
  sql`>= ${begins.toISOString()}::timestamptz and started_at < ${ends.toISOString()}::timestamptz`;

/** Along the index attempts_by_time. */
export async function attemptsWithin(tx: BusinessTx, span: Span): Promise<DeviceUsage> {
  const [row] = await tx.sql.execute<{ calls: string; ms: string }>(sql`
    select count(*) as calls, coalesce(sum(extract(epoch from finished_at - started_at) * 1000), 0)::bigint as ms
    from attempts where started_at ${within(span)}`);
  return { calls: Number(row?.calls ?? 0), ms: Number(row?.ms ?? 0) };
}

export interface MeasuredDays extends DeviceUsage {
  /** Of every day up to the last, not of the span alone. */
  storedBytes: number;
  /** The last day that was measured at all; null: none yet. */
  measuredOn: string | null;
}

/** What was measured of finished days: use of those from the first on, bytes of all up to the last. */
export async function measuredDays(
  tx: BusinessTx,
  { from, to }: { from: string; to: string },
): Promise<MeasuredDays> {
  const [row] = await tx.sql.execute<{ calls: string; ms: string; bytes: string; on: string | null }>(sql`
    select coalesce(sum(device_calls) filter (where day >= ${from}::date), 0) as calls,
      coalesce(sum(device_ms) filter (where day >= ${from}::date), 0) as ms,
      coalesce(sum(stored_bytes), 0) as bytes, max(day)::text as on
    from usage_days where day <= ${to}::date`);
  return {
    calls: Number(row?.calls ?? 0),
    ms: Number(row?.ms ?? 0),
    storedBytes: Number(row?.bytes ?? 0),
    measuredOn: row?.on ?? null,
  };
}

/** The last measured day, else the day before the first document; null: there is nothing to measure. */
export async function measuredThrough(tx: BusinessTx, utcOffsetMinutes: number): Promise<string | null> {
  const [row] = await tx.sql.execute<{ day: string | null }>(sql`
    select coalesce((select max(day) from usage_days),
      (select (created_at + make_interval(mins => ${utcOffsetMinutes}::int))::timestamptz at time zone 'UTC' - interval '1 day'
        from submissions order by sequence limit 1)::date)::text as day`);
  return row?.day ?? null;
}

/**
 * Measures the days after `after` up to `through`, each once. A day without any use has no row, except the last: how far
 * was measured is read from it. Values of a row are measured as stored, compressed and not read.
 */
export async function measureDays(
  tx: BusinessTx,
  days: { after: string; through: string; utcOffsetMinutes: number } & Span,
): Promise<void> {
  const offset = sql`make_interval(mins => ${days.utcOffsetMinutes}::int)`;
  const dayOf = (column: string) => sql`((${sql.raw(column)} + ${offset}) at time zone 'UTC')::date`;
  await tx.sql.execute(sql`
    with calls as (
      select ${dayOf("started_at")} as day, count(*) as calls,
        coalesce(sum(extract(epoch from finished_at - started_at) * 1000), 0)::bigint as ms,
        coalesce(sum(pg_column_size(answer_text)), 0) as bytes
      from attempts where started_at ${within(days)} group by 1
    ), numbers as (
      select array(select sequence from submissions
        where created_at >= ${days.begins.toISOString()}::timestamptz
          and created_at < ${days.ends.toISOString()}::timestamptz) as list
    ), documents as (
      select ${dayOf("s.created_at")} as day, sum(pg_column_size(s.request_text) + pg_column_size(s.document_text)
        + pg_column_size(s.sale) + pg_column_size(s.seller) + pg_column_size(s.fingerprint)
        + pg_column_size(s.item_codes) + pg_column_size(s.registrations)
        + coalesce(pg_column_size(r.seller) + pg_column_size(r.signature) + pg_column_size(r.qr_text), 0)) as bytes
      from numbers, submissions s left join receipts r on r.submission_id = s.id
      where s.sequence = any(numbers.list) group by 1
    )
    insert into usage_days (business_id, day, device_calls, device_ms, stored_bytes)
    select ${tx.businessId}::uuid, d.day, coalesce(c.calls, 0), coalesce(c.ms, 0),
      coalesce(c.bytes, 0) + coalesce(p.bytes, 0)
    from (select generate_series(${days.after}::date + 1, ${days.through}::date, interval '1 day')::date as day) d
    left join calls c on c.day = d.day left join documents p on p.day = d.day
    where c.day is not null or p.day is not null or d.day = ${days.through}::date
    on conflict do nothing`);
}

/** Exact, from the index receipts_figures alone. */
export async function receiptsOfDays(
  tx: BusinessTx,
  { from, to }: { from: string; to: string },
): Promise<{ sales: number; refunds: number }> {
  const [row] = await tx.sql.execute<{ sales: string; refunds: string }>(sql`
    select count(*) filter (where label = 'NS') as sales, count(*) filter (where label = 'NR') as refunds
    from receipts where issued_on between ${from}::date and ${to}::date`);
  return { sales: Number(row?.sales ?? 0), refunds: Number(row?.refunds ?? 0) };
}
