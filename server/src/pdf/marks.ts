import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import { marksOf } from "./legal-words.ts";
import { lineHeight, type TextStyle, writeParagraph } from "./lettering.ts";
import { ensureRoom, PAGE, PAGE_WIDTH, type Paper, rule } from "./paper.ts";
import { refundLines } from "./receipt-lines.ts";

const MARK: TextStyle = { x: PAGE.left, width: PAGE_WIDTH, size: 16, bold: true };
/** Nobody takes it for a receipt at a glance. */
const UNSIGNED_MARK: TextStyle = { ...MARK, size: 26 };
const LINE: TextStyle = { ...MARK, size: 9 };
const SPACE = 8;

/** The band that says what kind of receipt this is, where it is not a normal sale. */
export function drawMarks(paper: Paper, document: ReceiptDocument): void {
  const marks = marksOf(document.label);
  if (marks.length === 0) return;
  const mark = document.device ? MARK : UNSIGNED_MARK;
  ensureRoom(paper, 2 * SPACE + lineHeight(mark) + 2 * lineHeight(LINE));
  paper.y += SPACE;
  rule(paper, "strong");
  paper.y += SPACE - 2;
  writeParagraph(paper, marks.join(" · "), mark);
  const refunded = refundLines(document);
  for (const { text, bold = false } of refunded) writeParagraph(paper, text, { ...LINE, bold });
  if (refunded.length > 0) paper.y += 2;
}
