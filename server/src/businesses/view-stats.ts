import type { Figures, Stats } from "@fiscalise/shared/api/figures.ts";
import type { Actor } from "../actor.ts";
import { findBusiness } from "../db/businesses.ts";
import { type DayFigures, figuresByDay } from "../db/figures.ts";
import type { WithBusiness } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { addDays, localDay, monthOf } from "../fiscal/calendar.ts";
import { decimal, plain, sum } from "../fiscal/decimal.ts";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";
import { openMatters } from "./notices/open-matters.ts";

const CHART_DAYS = 30;

/** What the business made today and this month, by day for a chart, and what waits for a person. */
export async function viewStats(
  deps: { withBusiness: WithBusiness; clock: () => Date },
  { actor }: { actor: Actor },
): Promise<Stats> {
  const now = deps.clock();
  const today = localDay(now, RWANDA);
  const month = monthOf(today);
  const chart = Array.from({ length: CHART_DAYS }, (_, index) => addDays(today, index + 1 - CHART_DAYS));
  const earliest = [month.first, ...chart].toSorted()[0] ?? today;
  return deps.withBusiness(actor.businessId, async (tx) => {
    const figures = await figuresByDay(tx, { from: earliest, to: month.last });
    const within = (from: string, to: string) => figures.filter(({ day }) => day >= from && day <= to);
    const business = await findBusiness(tx);
    if (!business) throw new Failure("not-found", "no such business");
    const matters = await openMatters(tx, business, now);
    return {
      today: summed(within(today, today)),
      month: summed(within(month.first, month.last)),
      days: chart.map((day) => ({ day, ...summed(within(day, day)) })),
      attention: matters.map(({ kind, count, since }) => ({
        kind,
        count,
        since: since?.toISOString() ?? null,
      })),
    };
  });
}

function summed(days: readonly DayFigures[]): Figures {
  return {
    receipts: days.reduce((count, day) => count + day.receipts, 0),
    total: plain(sum(days.map(({ total }) => decimal(total)))),
    vat: plain(sum(days.map(({ vat }) => decimal(vat)))),
  };
}
