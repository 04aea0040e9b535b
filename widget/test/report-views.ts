import type { DayFigures, Split, XReport, ZReport, ZReportSummary } from "@fiscalise/shared/api/reports.ts";
import { RECEIPT_LABELS } from "@fiscalise/shared/receipt.ts";
import type { FakeOffice } from "./settings.tsx";
import { json } from "./sidebar.tsx";

const split = (count: number, gross: string, tax: string): Split => ({
  sales: { count, gross, tax },
  refunds: { count: 0, gross: "0", tax: "0" },
  net: { gross, tax },
});

export const figures = (change: Partial<DayFigures> = {}): DayFigures => ({
  devices: [],
  labels: RECEIPT_LABELS.map((label) => ({ label, count: 0, gross: "0" })),
  total: split(1_204, "98765432.1", "15066252.35"),
  classes: [],
  payments: [],
  discounts: { sales: "0", refunds: "0", net: "0" },
  itemsSold: { sales: 0, refunds: 0, quantities: { sold: "0", refunded: "0" } },
  incomplete: { count: 2, gross: "23600", documents: [] },
  days: [],
  items: [],
  ...change,
});

const seller = { name: "Kivu Traders Ltd", tin: "102345678", branchId: "00" };

export const x = (day: string, closing: Partial<XReport["closing"]> = {}): XReport => ({
  seller,
  day,
  at: "2026-11-23T09:00:00.000Z",
  figures: figures(),
  closing: {
    closedBy: null,
    hasBegun: true,
    receipts: 1_204,
    earlier: 3,
    total: "98765432.1",
    vat: "15066252.35",
    ...closing,
  },
});

export const summary = (number: number, change: Partial<ZReportSummary> = {}): ZReportSummary => ({
  number,
  day: `2026-11-${String(number).padStart(2, "0")}`,
  firstDay: `2026-11-${String(number).padStart(2, "0")}`,
  lastDay: `2026-11-${String(number).padStart(2, "0")}`,
  receipts: 1_204,
  total: "98765432.1",
  vat: "15066252.35",
  closedAt: "2026-11-22T21:59:00.000Z",
  closedBy: null,
  ...change,
});

export const z = (number: number): ZReport => ({ ...summary(number), seller, figures: figures() });

/** An office whose days are closed as `items` say. */
export function withReports(office: FakeOffice, items: () => ZReportSummary[], closing = {}): void {
  office.on("GET /reports/x", ({ query }) => json(x(query.get("day") ?? "", closing)));
  office.on("GET /reports/z", () => json({ items: items(), nextCursor: null }));
}
