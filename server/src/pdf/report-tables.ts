import type { DayFigures, SoldItem, Split } from "@fiscalise/shared/api/reports.ts";
import { formatAmount, formatDecimal } from "@fiscalise/shared/money.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import type { PrintedReport } from "../fiscal/report-paper.ts";
import { printedDay } from "./moments.ts";
import type { Column, Row, Table } from "./report-table.ts";
import { REPORT_WORDS, type ReportWords } from "./report-words.ts";
import { WORDS } from "./words.ts";

/** More would make a book of a report; the CSV has all. */
const ITEMS_PRINTED = 1_000;
const GROSS = 66;
const TAX = 52;

/** What each kind of report shows, in order. */
export function tablesOf(report: PrintedReport, language: Language): Table[] {
  const words = REPORT_WORDS[language];
  switch (report.kind) {
    case "x":
    case "z":
      return dayTables(report.figures, language);
    case "plu":
      return [itemsTable(report.items, report.total, words)];
    case "sales": {
      const rows = report.rows.map((row) =>
        splitRow(report.by === "payment" ? paymentName(row.key, language) : rowName(row, words), row),
      );
      const label = { class: words.taxClass, payment: words.payments, item: words.items, user: words.user };
      return [splitTable(words.sales[report.by], label[report.by], rows, report.total, words)];
    }
  }
}

function rowName({ key, name }: { key: string; name: string | null }, words: ReportWords): string {
  if (key === "automation") return words.automation;
  return name === null || key.startsWith("user:") ? (name ?? key) : `${name} (${key})`;
}

function dayTables(figures: DayFigures, language: Language): Table[] {
  const words = REPORT_WORDS[language];
  const { classes, payments, total, days } = figures;
  return [
    devicesTable(figures, words),
    labelsTable(figures, words),
    splitTable(
      words.classes,
      words.taxClass,
      classes.map((each) => splitRow(`${each.taxClass} (${each.ratePercent}%)`, each)),
      total,
      words,
    ),
    splitTable(
      words.payments,
      words.payments,
      payments
        .filter(({ sales, refunds }) => sales.count + refunds.count > 0)
        .map((each) => splitRow(paymentName(each.payment, language), each)),
      total,
      words,
    ),
    moreTable(figures, words),
    ...(days.length > 1 ? [daysTable(days, words)] : []),
    incompleteTable(figures.incomplete, words),
    itemsTable(figures.items, total, words),
  ];
}

function devicesTable({ devices }: DayFigures, words: ReportWords): Table {
  const rows = devices.map((device) => ({
    cells: [
      `SDC ${device.sdcId}`,
      String(device.receipts),
      ...(["receipt", "total", "invoice"] as const).map(
        (name) => `${device.opening[name]} – ${device.closing[name]}`,
      ),
    ],
    detail: `MRC ${device.mrcNumber}`,
  }));
  return {
    title: words.devices,
    columns: [
      text(words.device),
      figure(words.number, 50),
      ...[words.receiptNumber, words.totalNumber, words.invoiceNumber].map((label) => figure(label, 105)),
    ],
    rows,
    note: rows.length === 0 ? words.nothing : null,
  };
}

function labelsTable({ labels }: DayFigures, words: ReportWords): Table {
  return {
    title: words.labels,
    columns: [text(words.label), figure(words.number, 80), figure(words.gross, 120)],
    rows: labels.map(({ label, count, gross }) => ({ cells: [label, String(count), formatAmount(gross)] })),
    note: null,
  };
}

function moreTable({ discounts, itemsSold }: DayFigures, words: ReportWords): Table {
  const { sold, refunded } = itemsSold.quantities;
  return {
    title: words.more,
    columns: [text(""), ...[words.salesColumn, words.refunds, words.net].map((label) => figure(label, 110))],
    rows: [
      {
        cells: [
          words.discounts,
          ...[discounts.sales, discounts.refunds, discounts.net].map((amount) => formatAmount(amount)),
        ],
      },
      { cells: [words.itemsSold, String(itemsSold.sales), String(itemsSold.refunds), ""] },
      { cells: [words.quantity, formatDecimal(sold), formatDecimal(refunded), ""] },
    ],
    note: null,
  };
}

function daysTable(days: DayFigures["days"], words: ReportWords): Table {
  return {
    title: words.issuedOn,
    columns: [text(words.issuedOn), figure(words.number, 80), figure(words.net, 120)],
    rows: days.map(({ day, receipts, gross }) => ({
      cells: [printedDay(day), String(receipts), formatAmount(gross)],
    })),
    note: null,
  };
}

function incompleteTable(incomplete: DayFigures["incomplete"], words: ReportWords): Table {
  const { count, gross, documents } = incomplete;
  const rows = documents.map(({ number, state, total }) => ({
    cells: [number, words.states[state] ?? state, formatAmount(total)],
  }));
  const all: Row = { cells: [words.total, String(count), formatAmount(gross)], strong: true };
  return {
    title: words.incomplete,
    columns: [text(""), { label: "", width: 160, align: "left" }, figure(words.gross, 120)],
    rows: count === 0 ? [] : [...rows, all],
    note: count === 0 ? words.incompleteNone : null,
  };
}

function splitTable(
  title: string,
  label: string,
  rows: readonly Row[],
  total: Split,
  words: ReportWords,
): Table {
  return {
    title,
    columns: [text(label), figure(words.soldRefunded, 52), ...splitColumns(words)],
    rows: [...rows, { ...splitRow(words.total, total), strong: true }],
    note: null,
  };
}

function splitColumns({ salesColumn, refunds, net, vat }: ReportWords): Column[] {
  return [salesColumn, refunds, net].flatMap((label) => [figure(label, GROSS), figure(vat, TAX)]);
}

function splitRow(name: string, { sales, refunds, net }: Split): Row {
  const amounts = [sales.gross, sales.tax, refunds.gross, refunds.tax, net.gross, net.tax];
  return {
    cells: [name, `${sales.count} / ${refunds.count}`, ...amounts.map((amount) => formatAmount(amount))],
  };
}

function itemsTable(items: readonly SoldItem[], total: Split, words: ReportWords): Table {
  const printed = items.slice(0, ITEMS_PRINTED);
  const leftOut = items.length - printed.length;
  const amounts = ({ sales, refunds, net }: Split) =>
    [sales.gross, refunds.gross, net.gross, net.tax].map((amount) => formatAmount(amount));
  const rows = printed.map((item) => {
    const { sold, refunded } = item.quantities;
    const [lowest, highest] = [formatAmount(item.lowestPrice), formatAmount(item.highestPrice)];
    const price = lowest === highest ? lowest : `${lowest} – ${highest}`;
    return {
      cells: [item.name, formatDecimal(sold), formatDecimal(refunded), ...amounts(item)],
      detail: `${item.itemCode} · ${item.taxClass} · ${price}`,
    };
  });
  const { salesColumn, refunds, net, vat } = words;
  return {
    title: words.items,
    columns: [
      text(words.items),
      ...[words.sold, words.refunded].map((label) => figure(label, 50)),
      ...[salesColumn, refunds, net].map((label) => figure(label, GROSS)),
      figure(vat, TAX),
    ],
    rows:
      rows.length === 0 ? [] : [...rows, { cells: [words.total, "", "", ...amounts(total)], strong: true }],
    note: rows.length === 0 ? words.nothing : leftOut > 0 ? words.itemsLeftOut(leftOut) : null,
  };
}

function paymentName(payment: string, language: Language): string {
  const names: Record<string, string> = WORDS[language].payments;
  return names[payment] ?? payment;
}

function text(label: string): Column {
  return { label, width: 0, align: "left" };
}

function figure(label: string, width: number): Column {
  return { label, width, align: "right" };
}
