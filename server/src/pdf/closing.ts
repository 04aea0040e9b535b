import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import { lineHeight, type TextStyle, wrap, writeParagraph } from "./lettering.ts";
import { PAGE, PAGE_WIDTH, type Paper } from "./paper.ts";
import { closingLines } from "./receipt-lines.ts";

const STYLE: TextStyle = { x: PAGE.left + PAGE_WIDTH / 2, width: PAGE_WIDTH, size: 9, align: "center" };
const SPACE_ABOVE = 10;
const LINES_KEPT_MAX = 10;

/** The seller's last word, and once more that a copy is a copy. */
export function drawClosing(paper: Paper, document: ReceiptDocument): void {
  paper.y += SPACE_ABOVE;
  for (const { text, style } of closingOf(document)) writeParagraph(paper, text, style);
}

/** What the fiscal block keeps free below itself, lest the closing stand alone on a last page. */
export function closingHeight(paper: Paper, document: ReceiptDocument): number {
  const closing = closingOf(document);
  const lines = closing.flatMap(({ text, style }) => wrap(paper, text, style)).slice(0, LINES_KEPT_MAX);
  return closing.length > 0 ? SPACE_ABOVE + lines.length * lineHeight(STYLE) : 0;
}

function closingOf(document: ReceiptDocument): { text: string; style: TextStyle }[] {
  return closingLines(document).map(({ text, bold = false }) => ({ text, style: { ...STYLE, bold } }));
}
