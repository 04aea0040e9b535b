import type { DayFigures, ItemsReport, SalesReport } from "@fiscalise/shared/api/reports.ts";
import type { Language } from "@fiscalise/shared/problem.ts";

/** What a report is about; a Z report's is what was stored, so it prints the same for ever. */
export type PrintedReport =
  | { kind: "x"; day: string; figures: DayFigures }
  | {
      kind: "z";
      day: string;
      number: number;
      figures: DayFigures;
      closedAt: string;
      /** Null: the policy. */
      closedBy: string | null;
    }
  | ({ kind: "plu" } & ItemsReport)
  | ({ kind: "sales" } & SalesReport);

/** Everything the paper of a report says. */
export interface ReportPaper {
  report: PrintedReport;
  language: Language;
  seller: { name: string; tin: string; branchId: string; address: string | null };
  /** Kigali, yyyymmddhhmmss: when it was counted, or the day closed. */
  at: string;
  software: { name: string; version: string };
}
