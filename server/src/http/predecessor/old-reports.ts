import type { DayFigures } from "@fiscalise/shared/api/reports.ts";
import { TinSchema } from "@fiscalise/shared/tin.ts";
import * as z from "zod";
import type { Actor } from "../../actor.ts";
import { listImportedDayReports } from "../../db/imports.ts";
import { oldIdOf } from "../../db/predecessor-api.ts";
import { Failure } from "../../failure.ts";
import { localDay } from "../../fiscal/calendar.ts";
import { decimal, plain, sum } from "../../fiscal/decimal.ts";
import { closeDay } from "../../receipts/reports/close-day.ts";
import { viewDay } from "../../receipts/reports/view-day.ts";
import { listReports, viewDayReport } from "../../receipts/reports/view-day-report.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";
import { type Route, route } from "../route.ts";
import { type OldCallDeps, takeOldCall } from "./old-call.ts";
import { OLD_PREFIX } from "./old-host.ts";

const amount = z.string();
/** As its table had it; amounts are decimal text, sales less refunds, VAT included. */
const oldReport = z.object({
  business_id: z.number().nullable(),
  report_type: z.enum(["X", "Z"]),
  report_date: z.string(),
  /** Null: it closed nothing. */
  report_number: z.number().nullable(),
  total_sales: amount,
  total_tax: amount,
  transaction_count: z.number(),
  cash_amount: amount,
  card_amount: amount,
  mobile_amount: amount,
  other_amount: amount,
  is_finalized: z.boolean(),
  created_at: z.string(),
});
/** As the predecessor kept them. */
const importedFigures = z.record(z.string(), z.unknown());
type OldReport = z.input<typeof oldReport>;

const common = {
  tag: "predecessor",
  problems: ["device-not-set-up", "already-under-way", "not-found"],
} as const;
const ofOwn = {
  ...common,
  method: "post",
  body: z.object({ business_tin: TinSchema }),
  example: { body: { business_tin: "999999601" } },
} as const;
/** A month of them; each is read whole. */
const LISTED_MAX = 31;

export function oldReportRoutes(deps: OldCallDeps): Route[] {
  return [
    route(
      {
        ...ofOwn,
        guard: "business",
        id: "viewOldXReport",
        path: `${OLD_PREFIX}/reports/x-report`,
        summary: "The X report of today, in the predecessor's form",
        answers: { 200: oldReport },
      },
      async ({ actor, body: { business_tin } }) => {
        const business_id = await ownOldId(deps, actor, { operation: "x-report", tin: business_tin });
        const { day, at, figures } = await viewDay(deps, { actor, branch: null, day: null });
        const kind = { report_type: "X", report_number: null, is_finalized: false } as const;
        return {
          status: 200,
          body: { business_id, ...kind, report_date: day, ...oldFigures(figures), created_at: at },
        };
      },
    ),
    route(
      {
        ...ofOwn,
        guard: "business-admin",
        id: "closeDayOld",
        path: `${OLD_PREFIX}/reports/z-report`,
        summary: "Close today: its Z report, once, in the predecessor's form",
        answers: { 201: oldReport },
        problems: [...common.problems, "day-closed"],
      },
      async ({ actor, body: { business_tin } }) => {
        const id = await ownOldId(deps, actor, { operation: "z-report", tin: business_tin });
        const day = localDay(deps.clock(), RWANDA);
        const { number } = await closeDay(deps, { actor, branch: null, day });
        return { status: 201, body: await ownReport(deps, { actor, id, number }) };
      },
    ),
    route(
      {
        ...common,
        guard: "business",
        id: "listOldReports",
        method: "get",
        path: `${OLD_PREFIX}/reports/history/:tin`,
        summary: "The latest Z reports in the predecessor's form, then those it made itself, as it made them",
        params: z.object({ tin: TinSchema }),
        answers: { 200: z.array(z.union([oldReport, importedFigures])) },
        example: { params: { tin: "999999601" } },
      },
      async ({ actor, params: { tin } }) => {
        const id = await ownOldId(deps, actor, { operation: "report-history", tin });
        const { items } = await listReports(deps, { actor, branch: null, cursor: null, limit: LISTED_MAX });
        const own: OldReport[] = [];
        for (const { number } of items) own.push(await ownReport(deps, { actor, id, number }));
        const earlier = await deps.withBusiness(actor.businessId, listImportedDayReports);
        const imported = earlier.map((figures) => ({ business_id: id, ...figures }));
        return { status: 200, body: [...own, ...imported] as (OldReport | Record<string, unknown>)[] };
      },
    ),
  ];
}

/** The predecessor took the seller from what was sent; here it may only be the caller's own. */
async function ownOldId(
  deps: OldCallDeps,
  actor: Actor,
  { operation, tin }: { operation: "x-report" | "z-report" | "report-history"; tin: string },
): Promise<number | null> {
  return takeOldCall(deps, actor, operation, (tx, business) => {
    if (business.tin !== tin) throw new Failure("not-found", "another business's TIN");
    return oldIdOf(tx, "businesses", tx.businessId);
  });
}

async function ownReport(
  deps: OldCallDeps,
  { actor, id, number }: { actor: Actor; id: number | null; number: number },
): Promise<OldReport> {
  const { day, closedAt, figures } = await viewDayReport(deps, { actor, branch: null, number });
  return {
    business_id: id,
    report_type: "Z",
    report_date: day,
    report_number: number,
    ...oldFigures(figures),
    is_finalized: true,
    created_at: closedAt,
  };
}

const COLUMNS: readonly string[] = ["cash", "card", "mobile-money"];

function oldFigures({ total, payments }: DayFigures) {
  const paid = (...kinds: string[]) =>
    plain(
      sum(payments.filter(({ payment }) => kinds.includes(payment)).map(({ net }) => decimal(net.gross))),
    );
  const others = payments.map(({ payment }) => payment).filter((kind) => !COLUMNS.includes(kind));
  return {
    total_sales: total.net.gross,
    total_tax: total.net.tax,
    transaction_count: total.sales.count + total.refunds.count,
    cash_amount: paid("cash"),
    card_amount: paid("card"),
    mobile_amount: paid("mobile-money"),
    other_amount: paid(...others),
  };
}
