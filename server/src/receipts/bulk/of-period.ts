import { readDay } from "../../fiscal/calendar.ts";

/** Whatever Zoho makes of our filter, nothing outside the days asked for gets into a run (docs/zoho.md#endpoints). */
export function isOfPeriod(
  { date }: { date: string | null },
  { from, to }: { from: string; to: string },
): boolean {
  const day = readDay(date);
  return day !== null && from <= day && day <= to;
}
