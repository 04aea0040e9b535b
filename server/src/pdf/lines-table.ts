import { formatDecimal } from "@fiscalise/shared/money.ts";
import type { ReceiptDocument, ReceiptLine } from "../fiscal/receipt-document.ts";
import { printedAmount } from "./legal-words.ts";
import { lineHeight, SOFT_INK, type TextStyle, wrap, write } from "./lettering.ts";
import { ensureRoom, PAGE, type Paper, rule } from "./paper.ts";
import { type Columns, columnsFor, printedPrice, printedQuantity, TAX_CLASS } from "./table-columns.ts";
import { WORDS } from "./words.ts";

const HEADING = { size: 7.5, ink: SOFT_INK };
const DETAIL = { size: 7.5, ink: SOFT_INK };
const ROW_PADDING = 2.8;
const HEADING_HEIGHT = 22;
const ROW_HEIGHT_MAX = PAGE.bottom - PAGE.top - HEADING_HEIGHT;

interface Table {
  paper: Paper;
  document: ReceiptDocument;
  columns: Columns;
}

/** Cells that stand beside each other. */
type TextLine = { text: string; style: TextStyle }[];

export function drawLines(paper: Paper, document: ReceiptDocument): void {
  const table = { paper, document, columns: columnsFor(paper, document) };
  const rows = document.lines.map((line) => textLinesOf(table, line));
  ensureRoom(paper, HEADING_HEIGHT + heightOf(rows[0] ?? []));
  drawHeading(table);
  paper.repeatOnNewPage = () => drawHeading(table);
  for (const row of rows) drawRow(paper, row);
  paper.repeatOnNewPage = () => {};
}

function drawHeading({ paper, document, columns }: Table): void {
  const words = WORDS[document.language];
  rule(paper, "strong");
  paper.y += 5;
  write(paper, words.item, { ...columns.name, ...HEADING });
  write(paper, words.quantity, { ...columns.quantity, ...HEADING });
  write(paper, words.unitPrice, { ...columns.price, ...HEADING });
  write(paper, `${words.amount} RWF`, { ...columns.amount, ...HEADING });
  write(paper, words.tax, { ...TAX_CLASS, ...HEADING });
  paper.y += HEADING_HEIGHT - 6;
  rule(paper, "hair");
  paper.y += 1;
}

function drawRow(paper: Paper, row: TextLine[]): void {
  ensureRoom(paper, Math.min(heightOf(row), ROW_HEIGHT_MAX));
  paper.y += ROW_PADDING;
  for (const line of row) {
    ensureRoom(paper, heightOfLine(line));
    for (const { text, style } of line) write(paper, text, style);
    paper.y += heightOfLine(line);
  }
  paper.y += ROW_PADDING;
  rule(paper, "hair");
}

function textLinesOf({ paper, document, columns }: Table, line: ReceiptLine): TextLine[] {
  const figures: TextLine = [
    { text: printedQuantity(line), style: columns.quantity },
    { text: "x", style: columns.times },
    { text: printedPrice(line), style: columns.price },
    { text: printedAmount(document.label, line.supplyAmount), style: columns.amount },
    { text: line.taxClass, style: TAX_CLASS },
  ];
  const names: TextLine[] = wrap(paper, line.name, columns.name).map((text) => [
    { text, style: columns.name },
  ]);
  names[0]?.push(...figures);
  const code = line.itemCode === "" ? [] : [[{ text: line.itemCode, style: { ...columns.name, ...DETAIL } }]];
  return [...names, ...code, ...discountOf(line, document, columns)];
}

function discountOf(line: ReceiptLine, { label }: ReceiptDocument, columns: Columns): TextLine[] {
  if (!/[1-9]/.test(line.discountAmount)) return [];
  return [
    [
      { text: `discount -${formatDecimal(line.discountPercent)}%`, style: columns.name },
      { text: printedAmount(label, `-${line.discountAmount}`), style: columns.amount },
      { text: line.taxClass, style: TAX_CLASS },
    ],
  ];
}

function heightOf(row: TextLine[]): number {
  return row.reduce((height, line) => height + heightOfLine(line), 2 * ROW_PADDING);
}

function heightOfLine(line: TextLine): number {
  return Math.max(...line.map(({ style }) => lineHeight(style)));
}
