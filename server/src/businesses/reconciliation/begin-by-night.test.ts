import fc from "fast-check";
import { expect, it } from "vitest";
import { businessId } from "../../db/with-business.ts";
import { addDays, daysBetween } from "../../fiscal/calendar.ts";
import { daysOfNight, minuteOf, NIGHT_MINUTES } from "./begin-by-night.ts";
import { isBudgetSpent } from "./budget.ts";
import { differenceOf } from "./compare-device.ts";

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays("2020-01-01", days));
const id = fc.uuid().map(businessId);

it("a business has one minute of the night, the same every night", () => {
  fc.assert(
    fc.property(id, (business) => {
      const minute = minuteOf(business);
      expect(Number.isInteger(minute) && minute >= 0 && minute < NIGHT_MINUTES).toBe(true);
      expect(minuteOf(business)).toBe(minute);
    }),
  );
});

it("hundreds of businesses do not begin together", () => {
  const ids = fc.sample(id, { numRuns: 500, seed: 7 });
  const byMinute = Map.groupBy(ids, minuteOf);
  expect(Math.max(...[...byMinute.values()].map(({ length }) => length))).toBeLessThanOrEqual(12);
});

it("a night goes until yesterday, overlaps the last one by three days, and leaves no day out", () => {
  fc.assert(
    fc.property(day, fc.option(day), (today, until) => {
      const { fromDay, toDay } = daysOfNight(today, until);
      expect(toDay).toBe(addDays(today, -1));
      const days = daysBetween(fromDay, toDay) + 1;
      expect(days).toBeGreaterThanOrEqual(4);
      expect(days).toBeLessThanOrEqual(92);
      if (until === null) expect(days).toBe(31);
      else if (days < 92) expect(daysBetween(fromDay, until)).toBeGreaterThanOrEqual(3);
    }),
  );
});

it("a night leaves three fifths of the plan's calls to others; who asks by hand leaves a fifth", () => {
  fc.assert(
    fc.property(fc.nat(20_000), fc.option(fc.integer({ min: 1, max: 20_000 })), (calls, max) => {
      const usage = { calls, refused: 0, dayLimitReachedAt: null };
      expect(isBudgetSpent({ usage, max, byNight: true })).toBe(calls >= Math.floor((max ?? 1_000) * 0.4));
      expect(isBudgetSpent({ usage, max, byNight: false })).toBe(
        max !== null && calls >= Math.floor(max * 0.8),
      );
      const refused = { ...usage, dayLimitReachedAt: new Date() };
      for (const byNight of [true, false]) expect(isBudgetSpent({ usage: refused, max, byNight })).toBe(true);
    }),
  );
});

it("a device differs only above every number we hold, or below one that surely has a signature", () => {
  const number = fc.bigInt({ min: 0n, max: 10n ** 37n });
  fc.assert(
    fc.property(number, number, number, (surely, between, beyond) => {
      const atMost = surely + between;
      for (const said of [surely, surely + between / 2n, atMost])
        expect(differenceOf({ said, surely, atMost })).toBeNull();
      expect(differenceOf({ said: atMost + beyond + 1n, surely, atMost })).toBe("device-ahead");
      expect(differenceOf({ said: surely - beyond - 1n, surely, atMost })).toBe("device-behind");
    }),
  );
});
