import { type SQL, sql } from "drizzle-orm";
import type { BusinessTx } from "./with-business.ts";

/** Which receipts are counted: those a report counts, by the days it closed; or those issued from one day to another. */
export type Counted = { branchId: string } & (
  | { after: string | null; upTo: string }
  | { from: string; to: string }
);

/** Amounts are exact decimals as text. */
export interface SumRow {
  label: "NS" | "NR";
  count: number;
  gross: string;
  tax: string;
}
/** By the device's code of the payment, each with its classes: one reading of the requests gives both. */
export interface PaymentRow extends SumRow {
  code: string | null;
  classes: { taxClass: string; count: number; gross: string; tax: string }[];
}
export interface UserRow extends SumRow {
  userNumber: number | null;
  name: string | null;
}
export interface ItemRow extends SumRow {
  itemCode: string;
  name: string;
  taxClass: string;
  lowestPrice: string;
  highestPrice: string;
  quantity: string;
  discount: string;
}
export interface DeviceRow {
  sdcId: string;
  mrcNumber: string;
  receipts: number;
  opening: { receipt: string; total: string; invoice: string };
  closing: { receipt: string; total: string; invoice: string };
}
export interface IncompleteRows {
  count: number;
  gross: string;
  documents: { number: string; state: "queued" | "sending" | "unknown" | "receipt-missing"; total: string }[];
}

export interface DaySumRows {
  devices: DeviceRow[];
  payments: PaymentRow[];
  items: ItemRow[];
  days: (SumRow & { day: string })[];
  copies: Omit<SumRow, "tax">[];
}

/** All of a report in one statement, so that its parts are of one moment. */
export async function sumDay(tx: BusinessTx, counted: Counted): Promise<DaySumRows> {
  const [sums] = await tx.sql.execute<DaySumRows & Record<string, unknown>>(sql`
    select ${rowsOf(devices(counted))} as devices, ${rowsOf(payments(counted))} as payments,
      ${rowsOf(items(counted))} as items, ${rowsOf(byKey(counted, sql`r.issued_on::text as day`))} as days,
      ${rowsOf(copies(counted))} as copies`);
  if (!sums) throw new Error("bug: select returned nothing");
  return sums;
}

/** Of what waits, so many are named. */
const INCOMPLETE_SHOWN = 100;

/** What is accepted, or was signed, and has no receipt at this moment; the oldest by name. */
export async function incompleteSales(tx: BusinessTx, branchId: string): Promise<IncompleteRows> {
  const open = sql`from submissions where branch_id = ${branchId}::uuid
    and state in ('queued', 'sending', 'unknown', 'receipt-missing')`;
  const [sums] = await tx.sql.execute<IncompleteRows & Record<string, unknown>>(sql`
    select count(*)::int as count, trim_scale(coalesce(sum(total), 0))::text as gross,
      ${rowsOf(sql`select document_number as number, state, trim_scale(total)::text as total ${open}
        order by sequence limit ${INCOMPLETE_SHOWN}`)} as documents ${open}`);
  if (!sums) throw new Error("bug: select returned nothing");
  return sums;
}

/** Sums by some key, with those of the receipts themselves, of one moment. */
export type Sums<T> = { rows: T[]; total: SumRow[] };

export async function sumByPayment(tx: BusinessTx, counted: Counted): Promise<Sums<PaymentRow>> {
  return ofWhole(await read(tx, payments(counted)));
}

export async function sumByItem(tx: BusinessTx, counted: Counted): Promise<Sums<ItemRow>> {
  const [sums] = await tx.sql.execute<Sums<ItemRow>>(sql`
    select ${rowsOf(items(counted))} as rows, ${rowsOf(byKey(counted, sql`true as all`))} as total`);
  if (!sums) throw new Error("bug: select returned nothing");
  return sums;
}

/** By whoever asked for the receipt, with the name of today; null is the automation. */
export async function sumByUser(tx: BusinessTx, counted: Counted): Promise<Sums<UserRow>> {
  const sums = byKey(counted, sql`s.created_by as user_id`);
  const named = sql`
    select sums.*, u.number as "userNumber", u.name from (${sums}) sums left join users u on u.id = sums.user_id`;
  return ofWhole(await read(tx, named));
}

/** Copies made on the days. */
export async function sumCopies(tx: BusinessTx, counted: Counted): Promise<DaySumRows["copies"]> {
  return read(tx, copies(counted));
}

/** Each receipt is in one row. */
function ofWhole<T extends SumRow>(rows: T[]): Sums<T> {
  return { rows, total: rows };
}

/** With numbers as JSON has them. */
async function read<T>(tx: BusinessTx, query: SQL): Promise<T[]> {
  const [sums] = await tx.sql.execute<{ rows: T[] }>(sql`select ${rowsOf(query)} as rows`);
  if (!sums) throw new Error("bug: select returned nothing");
  return sums.rows;
}

function rowsOf(query: SQL): SQL {
  return sql`(select coalesce(json_agg(r), '[]') from (${query}) r)`;
}

function payments(counted: Counted): SQL {
  const classOf = (name: "A" | "B" | "C" | "D") => {
    const [taxable, tax] = ["taxable", "tax"].map((part) => sql.identifier(`${part}_${name.toLowerCase()}`));
    return sql`json_build_object('taxClass', ${name}::text, 'count', count(*) filter (where ${taxable} <> 0),
      'gross', coalesce(sum(${taxable}), 0)::text, 'tax', coalesce(sum(${tax}), 0)::text)`;
  };
  const classes = sql.join((["A", "B", "C", "D"] as const).map(classOf), sql`, `);
  return sql`select label, payment_code as code, count(*) as count, sum(total)::text as gross,
      sum(vat)::text as tax, json_build_array(${classes}) as classes
    from sold_receipts where ${those(counted)} group by 1, 2`;
}

function byKey(counted: Counted, key: SQL): SQL {
  return sql`select r.label, ${key}, count(*) as count, sum(r.total)::text as gross, sum(r.vat)::text as tax
    from ${RECEIPTS} where ${those(counted)} group by 1, 2`;
}

const RECEIPTS = sql`receipts r join submissions s on s.business_id = r.business_id and s.id = r.submission_id`;

/** Of an item's names the shortest: a folded line carries its quantity in its own. */
function items(counted: Counted): SQL {
  return sql`
    select label, item_code as "itemCode", tax_class as "taxClass",
      substr(min(lpad(length(name)::text, 4, '0') || name), 5) as name, count(*) as count,
      min(unit_price)::text as "lowestPrice", max(unit_price)::text as "highestPrice", sum(quantity)::text as quantity,
      sum(discount)::text as discount, sum(gross)::text as gross, sum(tax)::text as tax
    from sold_lines where ${those(counted)} group by 1, 2, 3`;
}

function devices(counted: Counted): SQL {
  const numbers = (edge: SQL) => sql`json_build_object('receipt', ${edge}(r.receipt_number::numeric)::text,
    'total', ${edge}(r.total_number::numeric)::text, 'invoice', coalesce(${edge}(s.invoice_number)::text, ''))`;
  return sql`
    select r.sdc_id as "sdcId", r.mrc_number as "mrcNumber", count(*) as receipts, ${numbers(sql`min`)} as opening,
      ${numbers(sql`max`)} as closing
    from ${RECEIPTS} where ${those(counted)} group by 1, 2 order by min(r.published_at), 1, 2`;
}

/** Made on the days counted; a report's like its receipts. */
function copies(counted: Counted): SQL {
  const made =
    "from" in counted
      ? sql`c.created_at >= ${dayBegins(counted.from)} and c.created_at < ${dayBegins(counted.to)} + interval '1 day'`
      : sql`c.report_day > coalesce(${counted.after}::date, '-infinity') and c.report_day <= ${counted.upTo}::date`;
  return sql`
    select r.label, count(*) as count, sum(r.total)::text as gross
    from receipt_copies c join receipts r on r.business_id = c.business_id and r.id = c.receipt_id
      join submissions s on s.business_id = r.business_id and s.id = r.submission_id
    where s.branch_id = ${counted.branchId}::uuid and ${made} group by 1`;
}

function those(counted: Counted): SQL {
  const { branchId } = counted;
  return "from" in counted
    ? sql`branch_id = ${branchId}::uuid and issued_on between ${counted.from}::date and ${counted.to}::date`
    : sql`${isReported(branchId)} and report_day > coalesce(${counted.after}::date, '-infinity')
        and report_day <= ${counted.upTo}::date`;
}

/** What Z reports count of a branch: of the predecessor's receipts those since our own began (docs/decisions/026). */
export function isReported(branchId: string): SQL {
  return sql`branch_id = ${branchId}::uuid and (source <> 'imported' or issued_on >= (
    select min(own.issued_on) from receipts own join submissions o on o.business_id = own.business_id
      and o.id = own.submission_id where o.branch_id = ${branchId}::uuid and own.source <> 'imported'))`;
}

/** In the device's time. */
function dayBegins(day: string): SQL {
  return sql`(${day}::timestamp at time zone 'UTC' - interval '2 hours')`;
}
