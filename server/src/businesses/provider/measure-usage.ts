import { measureDays, measuredThrough } from "../../db/device-usage.ts";
import { businessesById } from "../../db/gate.ts";
import type { AtGate, BusinessId, WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { addDays, dayBegins, localDay } from "../../fiscal/calendar.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";

export interface MeasureUsageDeps {
  atGate: AtGate;
  withBusiness: WithBusiness;
  clock: () => Date;
}

const PAGE = 200;

/**
 * Measures the finished days of every business, once each; run in the night, hours after the last answer of the day.
 * @throws Failure unavailable when a business failed; the others are measured, and it the next night
 */
export async function measureUsage(deps: MeasureUsageDeps): Promise<{ businesses: number }> {
  const failures: unknown[] = [];
  let businesses = 0;
  for await (const page of pagesOfBusinesses(deps)) {
    for (const id of page) {
      try {
        await measureBusiness(deps, id);
        businesses += 1;
      } catch (error) {
        failures.push(error);
      }
    }
  }
  const [cause] = failures;
  if (cause) throw new Failure("unavailable", `usage: ${failures.length} businesses failed`, { cause });
  return { businesses };
}

async function* pagesOfBusinesses({
  atGate,
}: Pick<MeasureUsageDeps, "atGate">): AsyncGenerator<BusinessId[]> {
  let after: BusinessId | null = null;
  for (;;) {
    const from: BusinessId | null = after;
    const page: BusinessId[] = await atGate((tx) => businessesById(tx, { after: from, size: PAGE }));
    yield page;
    after = page.at(-1) ?? null;
    if (page.length < PAGE) return;
  }
}

async function measureBusiness({ withBusiness, clock }: MeasureUsageDeps, id: BusinessId): Promise<void> {
  const through = addDays(localDay(clock(), RWANDA), -1);
  await withBusiness(id, async (tx) => {
    const after = await measuredThrough(tx, RWANDA.utcOffsetMinutes);
    if (after === null || after >= through) return;
    await measureDays(tx, {
      after,
      through,
      utcOffsetMinutes: RWANDA.utcOffsetMinutes,
      begins: dayBegins(addDays(after, 1), RWANDA),
      ends: dayBegins(addDays(through, 1), RWANDA),
    });
  });
}
