import { expect, it } from "vitest";
import { isOfPeriod } from "./of-period.ts";

it.each([
  ["2026-11-01", true],
  ["2026-11-30", true],
  ["2026-10-31", false],
  ["2026-12-01", false],
  ["01/11/2026", false],
  [null, false],
])("an invoice of %s: %s", (date, expected) => {
  expect(isOfPeriod({ date }, { from: "2026-11-01", to: "2026-11-30" })).toBe(expected);
});
