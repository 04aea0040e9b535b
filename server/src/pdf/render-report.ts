import type { PrintedReport, ReportPaper } from "../fiscal/report-paper.ts";
import { drawFooters } from "./footer.ts";
import { type TextStyle, writeParagraph } from "./lettering.ts";
import { instantOf, printedDay, printedMoment } from "./moments.ts";
import { closePaper, openPaper, PAGE, PAGE_WIDTH, type Paper, RIGHT_COLUMN } from "./paper.ts";
import { propertyText } from "./printable.ts";
import { drawTable } from "./report-table.ts";
import { tablesOf } from "./report-tables.ts";
import { REPORT_WORDS, type ReportWords } from "./report-words.ts";

const LEFT: TextStyle = { x: PAGE.left, width: RIGHT_COLUMN - PAGE.left - 16, size: 9 };
const RIGHT: TextStyle = { ...LEFT, x: RIGHT_COLUMN, width: PAGE.left + PAGE_WIDTH - RIGHT_COLUMN };
const TITLE = { size: 14, bold: true };

/** A report as A4 PDF: seller and report at the head, then its tables. The same report gives the same bytes. */
export async function renderReport(document: ReportPaper): Promise<Uint8Array<ArrayBuffer>> {
  const { report, language, seller, software, at } = document;
  const title = titleOf(report, REPORT_WORDS[language]);
  const info = {
    Title: propertyText(`${title} – ${seller.name}`),
    Creator: propertyText(`${software.name} ${software.version}`),
    CreationDate: instantOf(at),
  };
  const paper = openPaper(info, language);
  drawHead(paper, document, title);
  for (const table of tablesOf(report, language)) drawTable(paper, table);
  drawFooters(paper, { software, language, whose: `${seller.name} · ${title}` });
  return await closePaper(paper);
}

function drawHead(paper: Paper, { report, seller, language, at }: ReportPaper, title: string): void {
  const words = REPORT_WORDS[language];
  const top = paper.y;
  writeParagraph(paper, seller.name, { ...LEFT, ...TITLE });
  writeParagraph(paper, `TIN: ${seller.tin}`, { ...LEFT, bold: true });
  for (const line of seller.address?.split("\n") ?? []) writeParagraph(paper, line, LEFT);
  writeParagraph(paper, `${words.branch}: ${seller.branchId}`, LEFT);
  const bottom = paper.y;
  paper.y = top;
  writeParagraph(paper, title, { ...RIGHT, ...TITLE });
  const { date, time } = printedMoment(at);
  const moment = `${report.kind === "z" ? words.closedAt : words.countedAt}: ${date} ${time}`;
  writeParagraph(paper, daysOf(report, words), RIGHT);
  writeParagraph(paper, moment, RIGHT);
  if (report.kind === "z") {
    writeParagraph(paper, `${words.closedBy}: ${report.closedBy ?? words.policy}`, RIGHT);
  }
  paper.y = Math.max(paper.y, bottom);
}

function titleOf(report: PrintedReport, words: ReportWords): string {
  switch (report.kind) {
    case "x":
      return words.x;
    case "z":
      return `${words.z} ${report.number}`;
    case "plu":
      return words.plu;
    case "sales":
      return words.sales[report.by];
  }
}

function daysOf(report: PrintedReport, { period }: ReportWords): string {
  if ("day" in report) return printedDay(report.day);
  return `${period}: ${printedDay(report.from)} – ${printedDay(report.to)}`;
}
