import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import { marksOf } from "./legal-words.ts";
import { lineHeight, type TextStyle, writeParagraph } from "./lettering.ts";
import { ensureRoom, PAGE, PAGE_WIDTH, type Paper, rule } from "./paper.ts";

const MARK: TextStyle = { x: PAGE.left, width: PAGE_WIDTH, size: 16, bold: true };
const LINE: TextStyle = { ...MARK, size: 9 };
const SPACE = 8;

/** The band that says what kind of receipt this is, where it is not a normal sale. */
export function drawMarks(paper: Paper, { label, refundOf }: ReceiptDocument): void {
  const marks = marksOf(label);
  if (marks.length === 0) return;
  ensureRoom(paper, 2 * SPACE + lineHeight(MARK) + 2 * lineHeight(LINE));
  paper.y += SPACE;
  rule(paper, "strong");
  paper.y += SPACE - 2;
  writeParagraph(paper, marks.join(" · "), MARK);
  if (refundOf === null) return;
  writeParagraph(paper, `REF. NORMAL RECEIPT#: ${refundOf}`, LINE);
  writeParagraph(paper, "REFUND IS APPROVED ONLY FOR ORIGINAL SALES RECEIPT", { ...LINE, bold: false });
  paper.y += 2;
}
