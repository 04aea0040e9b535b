import { describe, expect, it } from "vitest";
import { type DaySums, dayFigures, type ItemSum, type Sum } from "../fiscal/day-figures.ts";
import { decimal } from "../fiscal/decimal.ts";
import type { ReportPaper } from "../fiscal/report-paper.ts";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";
import { renderReport } from "./render-report.ts";
import { readPdf, textOf } from "./testing/read-pdf.ts";

const NOTHING: DaySums = {
  devices: [],
  classes: [],
  payments: [],
  items: [],
  days: [],
  papers: [],
  incomplete: { count: 0, gross: "0", documents: [] },
};
const sum = (label: Sum["label"], count: number, gross: string, tax: string): Sum => ({
  label,
  count,
  gross: decimal(gross),
  tax: decimal(tax),
});
const item = (number: number, label: Sum["label"] = "NS"): ItemSum => ({
  ...sum(label, 1, "1180", "180"),
  itemCode: `RW2NTXU${String(number).padStart(7, "0")}`,
  name: `Item ${number}`,
  taxClass: "B",
  lowestPrice: decimal("590"),
  highestPrice: decimal("1180"),
  quantity: decimal("1.5"),
  discount: decimal("0"),
});
const z = (sums: Partial<DaySums>, change: Partial<ReportPaper> = {}): ReportPaper => ({
  report: {
    kind: "z",
    day: "2026-11-28",
    number: 42,
    figures: dayFigures({ ...NOTHING, ...sums }, RWANDA),
    closedAt: "2026-11-28T21:59:01Z",
    closedBy: null,
  },
  language: "en",
  seller: { name: "Kivu Traders Ltd", tin: "102345678", branchId: "00", address: "KN 5 Rd 12\nKigali" },
  at: "20261128235901",
  software: { name: "Fiscalise", version: "0.1.0" },
  ...change,
});
const textOn = async (paper: ReportPaper) =>
  readPdf(await renderReport(paper))
    .map(textOf)
    .join("\n");

describe("renderReport", () => {
  const day = {
    payments: [
      { ...sum("NS", 2, "2360", "360"), payment: "cash" as const },
      { ...sum("NR", 1, "1180", "180"), payment: "cash" as const },
    ],
    items: [item(1), item(1, "NR")],
  };

  it("gives the same bytes for the same report, dated by it", async () => {
    const first = await renderReport(z(day));
    expect(await renderReport(z(day))).toEqual(first);
    expect(Buffer.from(first).includes("(D:20261128215901Z)")).toBe(true);
  });

  it("says whose report it is, and the sales, refunds and net of each", async () => {
    const text = await textOn(z(day));
    expect(text).toContain("Kivu Traders Ltd\nTIN: 102345678");
    expect(text).toContain("Z report 42\n28/11/2026\nClosed: 28/11/2026 23:59:01");
    expect(text.replaceAll("\n", " ")).toMatch(
      /Cash 2 \/ 1 2,360\.00 360\.00 1,180\.00 180\.00 1,180\.00 180\.00/,
    );
    expect(text).toContain("RW2NTXU0000001 · B · 590.00 – 1,180.00");
    expect(text).toContain("None: every sale has its receipt.");
  });

  it("of nothing says so in each language", async () => {
    expect(await textOn(z({}))).toContain("No receipts.");
    expect(await textOn(z({}, { language: "fr" }))).toContain("Aucun reçu.");
    expect(await textOn(z({}, { language: "rw" }))).toContain("Nta nyemezabwishyu.");
  });

  it("of thousands of items prints the first and says where the others are", async () => {
    const items = Array.from({ length: 1_003 }, (_, index) => item(index));
    expect(await textOn(z({ items }))).toContain("3 further items are in the CSV of this report.");
  });
});
