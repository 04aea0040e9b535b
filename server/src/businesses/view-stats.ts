import type { Figures, Stats } from "@fiscalise/shared/api/figures.ts";
import type { Actor } from "../actor.ts";
import { type Branch, findBranch } from "../db/branches.ts";
import { type Business, findBusiness } from "../db/businesses.ts";
import { type DayFigures, figuresByDay, type OpenMatters, openMatters } from "../db/figures.ts";
import type { WithBusiness } from "../db/with-business.ts";
import { findConnection, type ZohoConnection } from "../db/zoho-connections.ts";
import { Failure } from "../failure.ts";
import { addDays, localDay, monthOf } from "../fiscal/calendar.ts";
import { decimal, plain, sum } from "../fiscal/decimal.ts";
import { BusinessSettingsSchema } from "../receipts/business-profile.ts";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";

const CHART_DAYS = 30;
const ALWAYS = { count: 1, since: null };

/** What the business made today and this month, by day for a chart, and what waits for a person. */
export async function viewStats(
  deps: { withBusiness: WithBusiness; clock: () => Date },
  { actor }: { actor: Actor },
): Promise<Stats> {
  const today = localDay(deps.clock(), RWANDA);
  const month = monthOf(today);
  const chart = Array.from({ length: CHART_DAYS }, (_, index) => addDays(today, index + 1 - CHART_DAYS));
  const earliest = [month.first, ...chart].toSorted()[0] ?? today;
  return deps.withBusiness(actor.businessId, async (tx) => {
    const figures = await figuresByDay(tx, { from: earliest, to: month.last });
    const within = (from: string, to: string) => figures.filter(({ day }) => day >= from && day <= to);
    const business = await findBusiness(tx);
    if (!business) throw new Failure("not-found", "no such business");
    const [branch, connection] = [await findBranch(tx), await findConnection(tx)];
    return {
      today: summed(within(today, today)),
      month: summed(within(month.first, month.last)),
      days: chart.map((day) => ({ day, ...summed(within(day, day)) })),
      attention: attention({ matters: await openMatters(tx), business, branch, connection }),
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

type Matter = Stats["attention"][number];
interface Circumstances {
  matters: OpenMatters;
  business: Business;
  branch: Branch | null;
  connection: ZohoConnection | null;
}

/** Most urgent first: what was signed and not kept, what was not signed, what cannot be signed, what is not set up. */
function attention({ matters, business, branch, connection }: Circumstances): Matter[] {
  const isSetUp = branch !== null && branch.initialisedOn !== null;
  const all: [Matter["kind"], boolean, { count: number; since: Date | null }][] = [
    ["receipt-missing", matters.receiptMissing.count > 0, matters.receiptMissing],
    ["rejected", matters.rejected.count > 0, matters.rejected],
    ["unknown-long", matters.unknownLong.count > 0, matters.unknownLong],
    ["device-not-answering", isResting(branch), { count: 1, since: branch?.lastAnswerAt ?? null }],
    ["zoho-grant-lost", connection?.status === "lost", ALWAYS],
    ["zoho-not-connected", connection === null, ALWAYS],
    ["device-not-set-up", !isSetUp, ALWAYS],
    ["company-not-confirmed", business.companyConfirmedAt === null, ALWAYS],
    ["default-classes-missing", isSetUp && !hasDefaultClass(business), ALWAYS],
  ];
  return all
    .filter(([, isOpen]) => isOpen)
    .map(([kind, , { count, since }]) => ({ kind, count, since: since?.toISOString() ?? null }));
}

/** Without one, whatever is not mapped by itself is refused `item-class-missing` (fiscal rules §5). */
function hasDefaultClass({ settings }: Business): boolean {
  const { goods, service } = BusinessSettingsSchema.parse(settings).defaultItemClasses;
  return goods !== undefined || service !== undefined;
}

/** The breaker has opened and no answer came since; a single failure is no news. */
function isResting(branch: Branch | null): boolean {
  return branch !== null && branch.restingUntil !== null;
}
