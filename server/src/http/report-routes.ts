import {
  ItemsReportSchema,
  SalesReportSchema,
  type XReport,
  XReportSchema,
  ZReportSchema,
  ZReportsSchema,
} from "@fiscalise/shared/api/reports.ts";
import { closeDay } from "../receipts/reports/close-day.ts";
import { type ReportPdfDeps, reportPdf, zReportPdf } from "../receipts/reports/report-pdf.ts";
import { viewDay } from "../receipts/reports/view-day.ts";
import { listReports, type StoredReport, viewDayReport } from "../receipts/reports/view-day-report.ts";
import { viewItems, viewSales } from "../receipts/reports/view-sales.ts";
import { dayCsv, itemsCsv, type ReportFact, salesCsv } from "./report-csv.ts";
import {
  branchQuery,
  closeDayRequest,
  dayQuery,
  itemsQuery,
  listQuery,
  numberParams,
  salesQuery,
} from "./report-input.ts";
import { type Route, route } from "./route.ts";

const common = { guard: "business", tag: "own business" } as const;
const ofDay = {
  ...common,
  method: "get",
  query: dayQuery,
  example: { query: { day: "2026-11-25" } },
} as const;
const ofReport = {
  ...common,
  method: "get",
  params: numberParams,
  query: branchQuery,
  example: { params: { number: "1" } },
} as const;
const MONTH = { from: "2026-11-01", to: "2026-11-30" };
const ofItems = { ...common, method: "get", query: itemsQuery, example: { query: MONTH } } as const;
const ofSales = {
  ...common,
  method: "get",
  query: salesQuery,
  example: { query: { ...MONTH, by: "payment" } },
} as const;
const PDF = { 200: { contentType: "application/pdf" } } as const;
const CSV = { 200: { contentType: "text/csv" } } as const;
const problems = ["device-not-set-up", "already-under-way"] as const;

export function reportRoutes(deps: ReportPdfDeps): Route[] {
  return [
    route(
      {
        ...ofDay,
        id: "viewXReport",
        path: "/businesses/me/reports/x",
        summary: "The X report of a day: its receipts so far; closes nothing",
        answers: { 200: XReportSchema },
        problems,
      },
      async ({ actor, query: { branch = null, day = null } }) => ({
        status: 200,
        body: await viewDay(deps, { actor, branch, day }),
      }),
    ),
    route(
      {
        ...ofDay,
        id: "exportXReport",
        path: "/businesses/me/reports/x.csv",
        summary: "The same as a table",
        answers: CSV,
        problems,
      },
      async ({ actor, query: { branch = null, day = null } }) => {
        const report = await viewDay(deps, { actor, branch, day });
        const content = dayCsv(xFacts(report), report.figures);
        return { status: 200, name: `x-report-${report.day}.csv`, content };
      },
    ),
    route(
      {
        ...ofDay,
        id: "xReportPdf",
        path: "/businesses/me/reports/x.pdf",
        summary: "The same as A4 PDF",
        answers: PDF,
        problems,
      },
      async ({ actor, query: { branch = null, day = null } }) => {
        const { day: counted, figures } = await viewDay(deps, { actor, branch, day });
        const report = { kind: "x", day: counted, figures } as const;
        const content = await reportPdf(deps, { actor, branch, report });
        return { status: 200, name: `x-report-${counted}.pdf`, content };
      },
    ),
    route(
      {
        ...common,
        guard: "business-admin",
        id: "closeDay",
        method: "post",
        path: "/businesses/me/reports/z",
        summary: "Close a day: its Z report, once",
        body: closeDayRequest,
        answers: { 201: ZReportSchema },
        problems: ["day-closed", "device-not-set-up"],
        example: { body: { day: "2026-11-25" } },
      },
      async ({ actor, body: { branch = null, day } }) => {
        const closed = await closeDay(deps, { actor, branch, day });
        return { status: 201, body: await viewDayReport(deps, { actor, ...closed }) };
      },
    ),
    route(
      {
        ...common,
        id: "listZReports",
        method: "get",
        path: "/businesses/me/reports/z",
        summary: "The Z reports, newest first",
        query: listQuery,
        answers: { 200: ZReportsSchema },
        problems,
        example: { query: { limit: "10" } },
      },
      async ({ actor, query: { branch = null, cursor = null, limit } }) => ({
        status: 200,
        body: await listReports(deps, { actor, branch, cursor, limit }),
      }),
    ),
    route(
      {
        ...ofReport,
        id: "exportZReport",
        path: "/businesses/me/reports/z/:number.csv",
        summary: "A Z report as a table",
        answers: CSV,
        problems,
      },
      async ({ actor, params: { number }, query: { branch = null } }) => {
        const report = await viewDayReport(deps, { actor, branch, number });
        const content = dayCsv(zFacts(report), report.figures);
        return { status: 200, name: `z-report-${report.number}-${report.day}.csv`, content };
      },
    ),
    route(
      {
        ...ofReport,
        id: "zReportPdf",
        path: "/businesses/me/reports/z/:number.pdf",
        summary: "A Z report as A4 PDF",
        answers: PDF,
        problems,
      },
      async ({ actor, params: { number }, query: { branch = null } }) => {
        const report = await viewDayReport(deps, { actor, branch, number });
        const content = await zReportPdf(deps, report);
        return { status: 200, name: `z-report-${number}-${report.day}.pdf`, content };
      },
    ),
    route(
      {
        ...ofReport,
        id: "viewZReport",
        path: "/businesses/me/reports/z/:number",
        summary: "A Z report as it was stored when the day was closed",
        answers: { 200: ZReportSchema },
        problems,
      },
      async ({ actor, params: { number }, query: { branch = null } }) => ({
        status: 200,
        body: await viewDayReport(deps, { actor, branch, number }),
      }),
    ),
    route(
      {
        ...ofItems,
        id: "viewItemsReport",
        path: "/businesses/me/reports/plu",
        summary: "The PLU report: what was sold of each item in a period",
        answers: { 200: ItemsReportSchema },
        problems,
      },
      async ({ actor, query: { branch = null, from, to } }) => ({
        status: 200,
        body: await viewItems(deps, { actor, branch, from, to }),
      }),
    ),
    route(
      {
        ...ofItems,
        id: "exportItemsReport",
        path: "/businesses/me/reports/plu.csv",
        summary: "The same as a table",
        answers: CSV,
        problems,
      },
      async ({ actor, query: { branch = null, from, to } }) => {
        const report = await viewItems(deps, { actor, branch, from, to });
        return { status: 200, name: `plu-report-${from}-${to}.csv`, content: itemsCsv(report) };
      },
    ),
    route(
      {
        ...ofItems,
        id: "itemsReportPdf",
        path: "/businesses/me/reports/plu.pdf",
        summary: "The same as A4 PDF",
        answers: PDF,
        problems,
      },
      async ({ actor, query: { branch = null, from, to } }) => {
        const counted = await viewItems(deps, { actor, branch, from, to });
        const content = await reportPdf(deps, { actor, branch, report: { kind: "plu", ...counted } });
        return { status: 200, name: `plu-report-${from}-${to}.pdf`, content };
      },
    ),
    route(
      {
        ...ofSales,
        id: "viewSalesReport",
        path: "/businesses/me/reports/sales",
        summary: "Sales and refunds of a period by class, payment, item or user",
        answers: { 200: SalesReportSchema },
        problems,
      },
      async ({ actor, query: { branch = null, from, to, by } }) => ({
        status: 200,
        body: await viewSales(deps, { actor, branch, from, to, by }),
      }),
    ),
    route(
      {
        ...ofSales,
        id: "exportSalesReport",
        path: "/businesses/me/reports/sales.csv",
        summary: "The same as a table",
        answers: CSV,
        problems,
      },
      async ({ actor, query: { branch = null, from, to, by } }) => {
        const report = await viewSales(deps, { actor, branch, from, to, by });
        return { status: 200, name: `sales-by-${by}-${from}-${to}.csv`, content: salesCsv(report) };
      },
    ),
    route(
      {
        ...ofSales,
        id: "salesReportPdf",
        path: "/businesses/me/reports/sales.pdf",
        summary: "The same as A4 PDF",
        answers: PDF,
        problems,
      },
      async ({ actor, query: { branch = null, from, to, by } }) => {
        const counted = await viewSales(deps, { actor, branch, from, to, by });
        const content = await reportPdf(deps, { actor, branch, report: { kind: "sales", ...counted } });
        return { status: 200, name: `sales-by-${by}-${from}-${to}.pdf`, content };
      },
    ),
  ];
}

function xFacts({ seller, day, at }: XReport): ReportFact[] {
  return [{ name: "X", value: day }, ...sellerRows(seller), { name: "counted at", value: at }];
}

function zFacts({ number, seller, day, closedAt, closedBy }: StoredReport): ReportFact[] {
  return [
    { name: "Z", value: String(number) },
    { name: "day", value: day },
    ...sellerRows(seller),
    { name: "closed at", value: closedAt },
    { name: "closed by", value: closedBy ?? "policy" },
  ];
}

function sellerRows({ name, tin, branchId }: XReport["seller"]): ReportFact[] {
  return [
    { name: "business", value: name },
    { name: "TIN", value: tin },
    { name: "branch", value: branchId },
  ];
}
