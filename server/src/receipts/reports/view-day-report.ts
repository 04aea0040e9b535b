import {
  DayFiguresSchema,
  type ZReport,
  type ZReportSummary,
  type ZReports,
} from "@fiscalise/shared/api/reports.ts";
import { LANGUAGES } from "@fiscalise/shared/problem.ts";
import * as z from "zod";
import type { Actor } from "../../actor.ts";
import { type DayReportSummary, findDayReport, listDayReports } from "../../db/day-reports.ts";
import type { WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { cursorAt, readCursor } from "../../list-cursor.ts";
import { countReports } from "./count-reports.ts";
import { reportBranch } from "./report-branch.ts";

/** Whose report it is, as it was when the day was closed. */
const StoredSellerSchema = z.object({
  name: z.string(),
  tin: z.string(),
  branchId: z.string(),
  address: z.string().nullable(),
  language: z.enum(LANGUAGES),
});
export type StoredSeller = z.infer<typeof StoredSellerSchema>;
export type StoredReport = Omit<ZReport, "seller"> & { seller: StoredSeller };

/** The Z report as it was stored; it is never counted again. @throws Failure not-found */
export async function viewDayReport(
  deps: { withBusiness: WithBusiness },
  { actor, branch, number }: { actor: Actor; branch: string | null; number: number },
): Promise<StoredReport> {
  const { businessId } = actor;
  const { id: branchId } = await deps.withBusiness(businessId, (tx) => reportBranch(tx, branch));
  await countReports(deps, { businessId, branchId });
  const found = await deps.withBusiness(businessId, (tx) => findDayReport(tx, { branchId, number }));
  if (!found) throw new Failure("not-found", "no such report");
  return {
    ...summaryOf(found),
    seller: StoredSellerSchema.parse(found.seller),
    figures: DayFiguresSchema.parse(found.figures),
  };
}

/** Newest first. */
export async function listReports(
  deps: { withBusiness: WithBusiness },
  asked: { actor: Actor; branch: string | null; cursor: string | null; limit: number },
): Promise<ZReports> {
  const { actor, branch, limit } = asked;
  const list = ["day-reports", actor.businessId, branch];
  const belowNumber = asked.cursor === null ? null : Number(readCursor(asked.cursor, list));
  const { businessId } = actor;
  const { id: branchId } = await deps.withBusiness(businessId, (tx) => reportBranch(tx, branch));
  await countReports(deps, { businessId, branchId });
  const found = await deps.withBusiness(businessId, (tx) =>
    listDayReports(tx, { branchId, belowNumber, limit: limit + 1 }),
  );
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { items: page.map(summaryOf), nextCursor: last ? cursorAt(BigInt(last.number), list) : null };
}

function summaryOf({ closedAt, ...report }: DayReportSummary): ZReportSummary {
  const { number, day, firstDay, lastDay, receipts, total, vat, closedBy } = report;
  return { number, day, firstDay, lastDay, receipts, total, vat, closedAt: closedAt.toISOString(), closedBy };
}
