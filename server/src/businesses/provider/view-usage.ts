import type { Usage, UsageList } from "@fiscalise/shared/api/watching.ts";
import pLimit from "p-limit";
import { attemptsWithin, measuredDays, receiptsOfDays } from "../../db/device-usage.ts";
import { businessesById } from "../../db/gate.ts";
import {
  type AtGate,
  type BusinessId,
  type BusinessTx,
  businessId,
  isUuid,
  type WithBusiness,
} from "../../db/with-business.ts";
import { findDailyCallsMax } from "../../db/zoho-automation.ts";
import { usageByDay } from "../../db/zoho-usage.ts";
import { Failure } from "../../failure.ts";
import { addDays, dayBegins, localDay, monthOf } from "../../fiscal/calendar.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";
import { existingBusiness } from "../view-business.ts";

export interface UsageDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}

/** `month` as `yyyy-mm`; null: the one it is. @throws Failure not-found */
export async function viewUsage(
  { withBusiness, clock }: UsageDeps,
  { businessId: id, month }: { businessId: BusinessId; month: string | null },
): Promise<Usage> {
  const asked = month ?? localDay(clock(), RWANDA).slice(0, 7);
  return withBusiness(id, (tx) => usageOf(tx, asked));
}

async function usageOf(tx: BusinessTx, month: string): Promise<Usage> {
  const { name, tin, status } = await existingBusiness(tx);
  const { first: from, last: to } = monthOf(`${month}-01`);
  const days = await usageByDay(tx, { from, to });
  const total = (of: (day: (typeof days)[number]) => number) => days.reduce((sum, day) => sum + of(day), 0);
  const measured = await measuredDays(tx, { from, to });
  const live = await attemptsWithin(tx, sinceMeasured(measured.measuredOn, { from, to }));
  return {
    businessId: tx.businessId,
    name,
    tin,
    status,
    month,
    receipts: await receiptsOfDays(tx, { from, to }),
    device: { calls: measured.calls + live.calls, seconds: (measured.ms + live.ms) / 1_000 },
    zoho: {
      calls: total(({ calls }) => calls),
      refused: total(({ refused }) => refused),
      busiestDay: Math.max(0, ...days.map(({ calls }) => calls)),
      daysUsedUp: days.filter(({ dayLimitReachedAt }) => dayLimitReachedAt !== null).length,
      dailyCallsMax: await findDailyCallsMax(tx),
    },
    storage: { bytes: measured.storedBytes, measuredOn: measured.measuredOn },
  };
}

/** What of the month is not measured yet is counted as it is asked for: seldom more than a day. */
function sinceMeasured(measuredOn: string | null, { from, to }: { from: string; to: string }) {
  const first = measuredOn !== null && measuredOn >= from ? addDays(measuredOn, 1) : from;
  return { begins: dayBegins(first, RWANDA), ends: dayBegins(addDays(to, 1), RWANDA) };
}

export interface ListUsage {
  month: string | null;
  /** From `nextCursor`; null: the first page. */
  cursor: string | null;
  limit: number;
}

/** One business holds up no other: each is looked at in its own transaction. */
const AT_ONCE = 4;

/** Every business's, in the order of their ids, so that a page stands however names change. */
export async function listUsage(
  deps: UsageDeps & { atGate: AtGate },
  { month, cursor, limit }: ListUsage,
): Promise<UsageList> {
  const after = cursor === null ? null : readAfter(cursor);
  const ids = await deps.atGate((tx) => businessesById(tx, { after, size: limit + 1 }));
  const page = ids.slice(0, limit);
  const items = await pLimit(AT_ONCE).map(page, (id) => viewUsage(deps, { businessId: id, month }));
  return { items, nextCursor: ids.length > limit ? (page.at(-1) ?? null) : null };
}

function readAfter(cursor: string): BusinessId {
  if (isUuid(cursor)) return businessId(cursor);
  throw new Failure("input-invalid", "cursor", { fields: [{ path: "cursor", code: "cursor" }] });
}

const BATCH = 50;

/** A batch of businesses at a time, while it is read. */
export async function* exportUsage(
  deps: UsageDeps & { atGate: AtGate },
  month: string | null,
): AsyncGenerator<Usage[]> {
  let cursor: string | null = null;
  do {
    const page: UsageList = await listUsage(deps, { month, cursor, limit: BATCH });
    yield page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
