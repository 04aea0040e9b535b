import { and, desc, eq, gte, isNull, lt, sql } from "drizzle-orm";
import { date, integer, jsonb, numeric, pgTable, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { isReported } from "./report-sums.ts";
import { users } from "./tables.ts";
import { type BusinessId, type BusinessTx, businessId, type GateTx } from "./with-business.ts";

/** What drizzle/0018_day_reports.sql made. */
export const dayReports = pgTable("day_reports", {
  businessId: uuid("business_id").notNull(),
  id: uuid("id").notNull().defaultRandom(),
  branchId: uuid("branch_id").notNull(),
  number: integer("number").notNull(),
  day: date("day", { mode: "string" }).notNull(),
  afterDay: date("after_day", { mode: "string" }),
  incomplete: jsonb("incomplete").notNull(),
  seller: jsonb("seller").notNull(),
  closedAt: instant("closed_at").notNull(),
  closedBy: uuid("closed_by"),
});
const dayReportFigures = pgTable("day_report_figures", {
  businessId: uuid("business_id").notNull(),
  reportId: uuid("report_id").notNull(),
  receipts: integer("receipts").notNull(),
  firstDay: date("first_day", { mode: "string" }),
  lastDay: date("last_day", { mode: "string" }),
  total: numeric("total").notNull(),
  vat: numeric("vat").notNull(),
  figures: jsonb("figures").notNull(),
});

const SUMMARY = {
  number: dayReports.number,
  day: dayReports.day,
  firstDay: dayReportFigures.firstDay,
  lastDay: dayReportFigures.lastDay,
  receipts: dayReportFigures.receipts,
  total: sql<string>`trim_scale(${dayReportFigures.total})::text`,
  vat: sql<string>`trim_scale(${dayReportFigures.vat})::text`,
  closedAt: dayReports.closedAt,
  /** Null: the policy. */
  closedBy: users.name,
};
const closer = and(eq(users.businessId, dayReports.businessId), eq(users.id, dayReports.closedBy));
const counted = and(
  eq(dayReportFigures.businessId, dayReports.businessId),
  eq(dayReportFigures.reportId, dayReports.id),
);
export type DayReportSummary = Awaited<ReturnType<typeof listDayReports>>[number];

/** Newest first, without what may be large; those that are counted. */
export async function listDayReports(
  tx: BusinessTx,
  { branchId, belowNumber, limit }: { branchId: string; belowNumber: number | null; limit: number },
) {
  const below = belowNumber === null ? undefined : lt(dayReports.number, belowNumber);
  return tx.sql
    .select(SUMMARY)
    .from(dayReports)
    .innerJoin(dayReportFigures, counted)
    .leftJoin(users, closer)
    .where(and(eq(dayReports.branchId, branchId), below))
    .orderBy(desc(dayReports.number))
    .limit(limit);
}

export async function findDayReport(
  tx: BusinessTx,
  { branchId, number }: { branchId: string; number: number },
) {
  const [found] = await tx.sql
    .select({ ...SUMMARY, figures: dayReportFigures.figures, seller: dayReports.seller })
    .from(dayReports)
    .innerJoin(dayReportFigures, counted)
    .leftJoin(users, closer)
    .where(and(eq(dayReports.branchId, branchId), eq(dayReports.number, number)));
  return found ?? null;
}

/** Closed, and not counted yet: a moment ago, or by a process that died then. */
export async function uncountedReports(tx: BusinessTx, branchId: string) {
  return tx.sql
    .select({
      id: dayReports.id,
      day: dayReports.day,
      afterDay: dayReports.afterDay,
      incomplete: dayReports.incomplete,
    })
    .from(dayReports)
    .leftJoin(dayReportFigures, counted)
    .where(and(eq(dayReports.branchId, branchId), isNull(dayReportFigures.reportId)));
}

/** The report that closed the day, or the first after it. */
export async function reportClosing(
  tx: BusinessTx,
  { branchId, day }: { branchId: string; day: string },
): Promise<{ number: number; day: string } | null> {
  const [found] = await tx.sql
    .select({ number: dayReports.number, day: dayReports.day })
    .from(dayReports)
    .where(and(eq(dayReports.branchId, branchId), gte(dayReports.day, day)))
    .orderBy(dayReports.day)
    .limit(1);
  return found ?? null;
}

/**
 * The figures of the report that counted what was issued on the day and nothing else; null: none did, as where a receipt
 * was adopted after it, or before its day was over.
 */
export async function figuresOfDay(
  tx: BusinessTx,
  { branchId, day }: { branchId: string; day: string },
): Promise<unknown> {
  const [found] = await tx.sql
    .select({ figures: dayReportFigures.figures })
    .from(dayReports)
    .innerJoin(dayReportFigures, counted)
    .where(
      and(
        eq(dayReports.branchId, branchId),
        eq(dayReportFigures.firstDay, day),
        eq(dayReportFigures.lastDay, day),
        sql`${dayReportFigures.receipts} = (select count(*) from receipts r
          join submissions s on s.business_id = r.business_id and s.id = r.submission_id
          where s.branch_id = ${branchId}::uuid and r.issued_on = ${day}::date)`,
      ),
    );
  return found?.figures ?? null;
}

/** Days are closed in order, so its day is the latest. */
export async function lastDayReport(
  tx: BusinessTx,
  branchId: string,
): Promise<{ number: number; day: string } | null> {
  const [last] = await tx.sql
    .select({ number: dayReports.number, day: dayReports.day })
    .from(dayReports)
    .where(eq(dayReports.branchId, branchId))
    .orderBy(desc(dayReports.number))
    .limit(1);
  return last ?? null;
}

/** Call under the branch's lock. */
export async function insertDayReport(
  tx: BusinessTx,
  report: Omit<typeof dayReports.$inferInsert, "businessId">,
): Promise<void> {
  await tx.sql.insert(dayReports).values({ ...report, businessId: tx.businessId });
}

/** Whoever counts comes to the same: what a report counts does not change. */
export async function keepFigures(
  tx: BusinessTx,
  figures: Omit<typeof dayReportFigures.$inferInsert, "businessId">,
): Promise<void> {
  await tx.sql
    .insert(dayReportFigures)
    .values({ ...figures, businessId: tx.businessId })
    .onConflictDoNothing();
}

export interface OpenReceipts {
  receipts: number;
  /** Of them issued before the day. */
  earlier: number;
  /** Refunds taken off. */
  total: string;
  vat: string;
}

/** What no report counts yet, up to the day. */
export async function openReceipts(
  tx: BusinessTx,
  { branchId, day }: { branchId: string; day: string },
): Promise<OpenReceipts> {
  const [row] = await tx.sql.execute<{ [name in keyof OpenReceipts]: string }>(sql`
    select count(*) as receipts, count(*) filter (where r.issued_on < ${day}::date) as earlier,
      coalesce(trim_scale(sum(case r.label when 'NR' then -r.total else r.total end)), 0)::text as total,
      coalesce(trim_scale(sum(case r.label when 'NR' then -r.vat else r.vat end)), 0)::text as vat
    from receipts r join submissions s on s.business_id = r.business_id and s.id = r.submission_id
    where ${isReported(branchId)} and r.report_day <= ${day}::date
      and r.report_day > coalesce((select max(day) from day_reports where branch_id = ${branchId}::uuid), '-infinity')`);
  if (!row) throw new Error("bug: select returned nothing");
  return { ...row, receipts: Number(row.receipts), earlier: Number(row.earlier) };
}

/** The first day with receipts that no report counts yet. */
export async function firstOpenDay(tx: BusinessTx, branchId: string): Promise<string | null> {
  const [row] = await tx.sql.execute<{ day: string }>(sql`
    select r.report_day::text as day
    from receipts r join submissions s on s.business_id = r.business_id and s.id = r.submission_id
    where ${isReported(branchId)}
      and r.report_day > coalesce((select max(day) from day_reports where branch_id = ${branchId}::uuid), '-infinity')
    order by r.report_day limit 1`);
  return row?.day ?? null;
}

export async function businessesToClose(tx: GateTx): Promise<BusinessId[]> {
  const rows = await tx.sql.execute<{ business_id: string }>(sql`select * from gate.businesses_to_close()`);
  return rows.map(({ business_id }) => businessId(business_id));
}
