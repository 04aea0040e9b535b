import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import { SOFT_INK, type TextStyle, writeParagraph } from "./lettering.ts";
import { ensureRoom, PAGE, type Paper, RIGHT_COLUMN, rule } from "./paper.ts";
import { buyerLines, type PrintedLine } from "./receipt-lines.ts";
import { WORDS } from "./words.ts";

const LINE: TextStyle = { x: PAGE.left, width: RIGHT_COLUMN - PAGE.left - 16, size: 9 };
const HEADING: TextStyle = { ...LINE, size: 7.5, ink: SOFT_INK };
const NAME: TextStyle = { ...LINE, size: 10, bold: true };
const SPACE = 8;
const HEIGHT_KEPT = 60;

/** Name and TIN on the left, mobile and purchase code on the right; what is unknown leaves no gap. */
export function drawBuyer(paper: Paper, document: ReceiptDocument): void {
  const { identity, contact } = buyerLines(document);
  const [left = [], right = []]: PrintedLine[][] = [identity, contact].filter((column) => column.length > 0);
  paper.y += SPACE;
  if (left.length === 0) return;
  ensureRoom(paper, HEIGHT_KEPT);
  rule(paper, "strong");
  paper.y += SPACE;
  writeParagraph(paper, WORDS[document.language].buyer, HEADING);
  const top = paper.y + 1;
  const bottoms = [left, right].map((column, index) => {
    paper.y = top;
    const x = index === 0 ? PAGE.left : RIGHT_COLUMN;
    for (const { text, bold } of column) writeParagraph(paper, text, { ...(bold ? NAME : LINE), x });
    return paper.y;
  });
  paper.y = Math.max(...bottoms) + SPACE;
}
