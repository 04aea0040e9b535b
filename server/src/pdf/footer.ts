import type { Language } from "@fiscalise/shared/problem.ts";
import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import { SOFT_INK, type TextStyle, write } from "./lettering.ts";
import { PAGE, PAGE_WIDTH, type Paper } from "./paper.ts";
import { WORDS } from "./words.ts";

const SIDE_WIDTH = 110;
const STYLE = { size: 7.5, ink: SOFT_INK };
const LEFT: TextStyle = { ...STYLE, x: PAGE.left, width: SIDE_WIDTH };
const MIDDLE: TextStyle = {
  ...STYLE,
  x: PAGE.left + PAGE_WIDTH / 2,
  width: PAGE_WIDTH - 2 * SIDE_WIDTH - 20,
  align: "center",
};
const RIGHT: TextStyle = { ...STYLE, x: PAGE.right, width: SIDE_WIDTH, align: "right" };

export interface Footer {
  software: ReceiptDocument["software"];
  language: Language;
  /** And what it is, should sheets come apart. */
  whose: string;
}

/** On each page, with the page's number. */
export function drawFooters(paper: Paper, { software, language, whose }: Footer): void {
  const { count } = paper.pdf.bufferedPageRange();
  for (let index = 0; index < count; index++) {
    paper.pdf.switchToPage(index);
    paper.y = PAGE.footer;
    write(paper, `${software.name} ${software.version}`, LEFT);
    write(paper, whose, MIDDLE);
    write(paper, WORDS[language].page(index + 1, count), RIGHT);
  }
}
