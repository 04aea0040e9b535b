import { type SalesBy, XReportSchema, ZReportSchema, ZReportsSchema } from "@fiscalise/shared/api/reports.ts";
import { jsonAs, type Request } from "../request.ts";
import { asBlob, ask, withQuery } from "./ask.ts";
import type { Period } from "./figures.ts";

export type FileKind = "pdf" | "csv";
/** A large period takes the server a while to add up. */
const COUNTING = { timeoutMs: 5 * 60_000 };

export const readDay = (request: Request, day: string, signal: AbortSignal) =>
  ask(request, withQuery("/reports/x", { day }), jsonAs(XReportSchema), { signal, ...COUNTING });

export const closeDay = (request: Request, day: string) =>
  ask(request, "/reports/z", jsonAs(ZReportSchema), { method: "POST", body: { day }, ...COUNTING });

export const readZReports = (
  request: Request,
  page: { cursor: string | null; limit: number },
  signal: AbortSignal,
) => ask(request, withQuery("/reports/z", page), jsonAs(ZReportsSchema), { signal });

export const readDayFile = (request: Request, day: string, kind: FileKind) =>
  ask(request, withQuery(`/reports/x.${kind}`, { day }), asBlob, COUNTING);

export const readZFile = (request: Request, number: number, kind: FileKind) =>
  ask(request, `/reports/z/${number}.${kind}`, asBlob, COUNTING);

export const readPeriodFile = (request: Request, report: "plu" | SalesBy, period: Period, kind: FileKind) =>
  ask(
    request,
    report === "plu"
      ? withQuery(`/reports/plu.${kind}`, period)
      : withQuery(`/reports/sales.${kind}`, { ...period, by: report }),
    asBlob,
    COUNTING,
  );
