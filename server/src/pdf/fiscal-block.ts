import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import { closingHeight } from "./closing.ts";
import { lineHeight, type TextStyle, wrap, write } from "./lettering.ts";
import { ensureRoom, PAGE, PAGE_WIDTH, type Paper, POINTS_PER_MM, rule } from "./paper.ts";
import { drawQr } from "./qr.ts";
import { cisLines, type PrintedLine, sdcLines } from "./receipt-lines.ts";

const QR_SIZE = 33 * POINTS_PER_MM;
/** Wider than the quiet zone of any code that a receipt can need. */
const PADDING = 12;
const COLUMN_GAP = 18;
const CIS_WIDTH = 144;
const SDC_WIDTH = PAGE_WIDTH - QR_SIZE - CIS_WIDTH - 2 * COLUMN_GAP;

const LINE = { size: 9 };

type Column = { text: string; style: TextStyle }[];

/** SDC information, QR and the invoicing system's own numbers: one block, never split over pages. */
export function drawFiscalBlock(paper: Paper, document: ReceiptDocument): void {
  const cisX = document.device ? PAGE.right - CIS_WIDTH : PAGE.left;
  const cis = columnOf(paper, cisLines(document), { ...LINE, x: cisX, width: CIS_WIDTH });
  const sdcX = PAGE.left + QR_SIZE + COLUMN_GAP;
  const { facts, codes } = sdcLines(document);
  const signed = codes.map(({ name, groups }) => ({ text: `${name} ${groups}` }));
  const sdc = columnOf(paper, [...facts, ...signed], { ...LINE, x: sdcX, width: SDC_WIDTH });
  const content = Math.max(heightOf(sdc), heightOf(cis), document.qrText ? QR_SIZE : 0);
  ensureRoom(paper, content + 2 * PADDING + closingHeight(paper, document));
  rule(paper, "strong");
  paper.y += PADDING;
  const top = paper.y;
  if (document.qrText) drawQr(paper, document.qrText, { x: PAGE.left, y: top, size: QR_SIZE });
  drawColumn(paper, sdc);
  paper.y = top;
  drawColumn(paper, cis);
  paper.y = top + content + PADDING;
  rule(paper, "strong");
}

function columnOf(paper: Paper, lines: PrintedLine[], style: TextStyle): Column {
  return lines.flatMap(({ text, bold = false }) => {
    const lineStyle = { ...style, bold };
    return wrap(paper, text, lineStyle).map((line) => ({ text: line, style: lineStyle }));
  });
}

function drawColumn(paper: Paper, column: Column): void {
  for (const { text, style } of column) {
    write(paper, text, style);
    paper.y += lineHeight(style);
  }
}

function heightOf(column: Column): number {
  return column.reduce((height, { style }) => height + lineHeight(style), 0);
}
