import type { ZohoUsage } from "../../db/zoho-usage.ts";
import { isDaySpent } from "../books/zoho-pace.ts";

/** The night's run leaves the day to webhooks, write-backs and people. */
const SHARE_OF_NIGHT = 0.4;
/** Zoho's smallest plan (docs/zoho.md#endpoints). */
const CALLS_OF_SMALLEST_PLAN = 1_000;

/** Who asked for a run by hand gets what every job gets. */
export function isBudgetSpent({
  usage,
  max,
  byNight,
}: {
  usage: ZohoUsage;
  /** What the plan allows in a day; null: not known. */
  max: number | null;
  byNight: boolean;
}): boolean {
  if (isDaySpent(usage, max)) return true;
  return byNight && usage.calls >= Math.floor((max ?? CALLS_OF_SMALLEST_PLAN) * SHARE_OF_NIGHT);
}
