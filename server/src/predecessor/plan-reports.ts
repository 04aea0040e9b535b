import { readDay } from "../fiscal/calendar.ts";
import type { DirtyRow, Reason } from "./report.ts";
import type { ReportRow } from "./source.ts";

export interface PlannedReport {
  sourceId: number;
  number: number;
  day: string;
  figures: string;
}

const NUMBER = /^[1-9]\d{0,8}$/;

/** Closed days of one business. A look at an open day (X) left nothing to keep. */
export function planReports(rows: readonly ReportRow[]): { reports: PlannedReport[]; dirty: DirtyRow[] } {
  const dirty: DirtyRow[] = [];
  const say = (id: number, reason: Reason) =>
    dirty.push({ table: "daily_reports", id, reason, isHeld: false });
  const closings = rows.filter(({ type }) => type === "Z");
  const numbers = Map.groupBy(closings, ({ number }) => number);
  const reports = closings.flatMap(({ id, isFinal, day, number, figures }) => {
    const isTwice = (numbers.get(number)?.length ?? 0) > 1;
    if (!isFinal) say(id, "report-not-closed");
    else if (readDay(day) === null || !NUMBER.test(number ?? "")) say(id, "report-unreadable");
    else if (isTwice) say(id, "report-number-twice");
    else return [{ sourceId: id, number: Number(number), day: day ?? "", figures }];
    return [];
  });
  return { reports, dirty };
}
