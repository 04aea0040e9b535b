import { listBranches, lockBranch } from "../../db/branches.ts";
import { isDatabaseAway } from "../../db/database-away.ts";
import { businessesToClose, firstOpenDay } from "../../db/day-reports.ts";
import type { AtGate, BusinessId } from "../../db/with-business.ts";
import { addDays, localDay, localStamp } from "../../fiscal/calendar.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";
import { closeBranchDay } from "./close-day.ts";
import { countReports } from "./count-reports.ts";
import type { ReportDeps } from "./view-day.ts";

export interface CloseDueDaysDeps extends ReportDeps {
  atGate: AtGate;
  /** A business whose day cannot be closed now is tried again next time; the others do not wait for it. */
  onFailed: (failed: { businessId: BusinessId; error: unknown }) => void;
}

/** From then on a day is closed by policy. */
const CLOSES_AT = "235900";

/** Closes, for each business that wants it, every day that is over and has receipts no report has counted. */
export async function closeDueDays(deps: CloseDueDaysDeps): Promise<{ businesses: number; closed: number }> {
  const businesses = await deps.atGate(businessesToClose);
  let closed = 0;
  for (const businessId of businesses) {
    try {
      closed += await closeDaysOf(deps, businessId);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      deps.onFailed({ businessId, error });
    }
  }
  return { businesses: businesses.length, closed };
}

async function closeDaysOf(deps: CloseDueDaysDeps, businessId: BusinessId): Promise<number> {
  const due = lastDueDay(deps.clock());
  const branches = await deps.withBusiness(businessId, listBranches);
  let closed = 0;
  for (const { id: branchId } of branches) {
    while (await closeNextDay(deps, { businessId, branchId, due })) closed += 1;
    await countReports(deps, { businessId, branchId });
  }
  return closed;
}

/** Each day in a transaction of its own, in order. */
async function closeNextDay(
  deps: ReportDeps,
  { businessId, branchId, due }: { businessId: BusinessId; branchId: string; due: string },
): Promise<boolean> {
  return deps.withBusiness(businessId, async (tx) => {
    await lockBranch(tx, branchId);
    const day = await firstOpenDay(tx, branchId);
    if (day === null || day > due) return false;
    const by = { businessId, automation: true } as const;
    await closeBranchDay(tx, { branchId, day, by, now: deps.clock() });
    return true;
  });
}

function lastDueDay(now: Date): string {
  const today = localDay(now, RWANDA);
  return localStamp(now, RWANDA).slice(8) >= CLOSES_AT ? today : addDays(today, -1);
}
