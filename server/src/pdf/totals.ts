import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import { isOfficial, NOT_OFFICIAL } from "./legal-words.ts";
import { lineHeight, SOFT_INK, type TextStyle, write, writeParagraph } from "./lettering.ts";
import { ensureRoom, PAGE, PAGE_WIDTH, type Paper, RIGHT_COLUMN } from "./paper.ts";
import { currencyLines, paymentLines, totalRows } from "./receipt-lines.ts";
import { AMOUNT_RIGHT } from "./table-columns.ts";

const WEIGHTS = {
  grand: { size: 12, bold: true },
  strong: { size: 9, bold: true },
  plain: { size: 9 },
};
const NOTICE: TextStyle = { x: PAGE.left, width: PAGE_WIDTH, size: 10, bold: true };
const NOTE: TextStyle = { x: PAGE.left, width: RIGHT_COLUMN - PAGE.left - 20, size: 9 };
const SMALL_NOTE: TextStyle = { ...NOTE, size: 8, ink: SOFT_INK };

/** Totals under the amounts; payment, number of items and the document's own currency on the left. */
export function drawTotals(paper: Paper, document: ReceiptDocument): void {
  const rows = totalRows(document).map((row) => ({ ...row, style: WEIGHTS[row.weight] }));
  const height = rows.reduce((sum, { style }) => sum + lineHeight(style), 2 * lineHeight(NOTICE));
  paper.y += 8;
  ensureRoom(paper, height);
  const top = paper.y;
  for (const { label, amount, style } of rows) {
    write(paper, label, { ...style, x: RIGHT_COLUMN, width: 90 });
    write(paper, amount, { ...style, x: AMOUNT_RIGHT, width: 130, align: "right" });
    paper.y += lineHeight(style);
  }
  const bottom = paper.y;
  paper.y = top + 1;
  drawNotes(paper, document);
  paper.y = Math.max(bottom, paper.y) + 5;
  if (!isOfficial(document.label)) writeParagraph(paper, NOT_OFFICIAL, NOTICE);
  paper.y += 5;
}

function drawNotes(paper: Paper, document: ReceiptDocument): void {
  for (const { text } of paymentLines(document)) writeParagraph(paper, text, NOTE);
  const foreign = currencyLines(document);
  if (foreign.length > 0) paper.y += 3;
  for (const { text } of foreign) writeParagraph(paper, text, SMALL_NOTE);
}
