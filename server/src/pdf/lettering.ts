import { ensureRoom, type Paper } from "./paper.ts";
import { printable, splitGraphemes } from "./printable.ts";

const INK = "#000000";
export const SOFT_INK = "#444444";
const LEADING = 1.32;

/** `x` is the edge that `align` names: the left one, the right one, or the middle. */
export interface TextStyle {
  x: number;
  width: number;
  size: number;
  bold?: boolean;
  ink?: string;
  align?: "left" | "right" | "center";
}

/** One line at `paper.y`, made smaller where it would not fit. */
export function write(paper: Paper, text: string, style: TextStyle): void {
  const shown = printable(text);
  const natural = measure(paper, shown, style);
  const shrink = Math.min(1, style.width / natural);
  const shift = { left: 0, center: natural / 2, right: natural }[style.align ?? "left"] * shrink;
  paper.pdf
    .fontSize(style.size * shrink)
    .fillColor(style.ink ?? INK)
    .text(shown, style.x - shift, paper.y, { lineBreak: false });
}

/** Wrapped text below `paper.y`, going over to a further page line by line. */
export function writeParagraph(paper: Paper, text: string, style: TextStyle): void {
  for (const line of wrap(paper, text, style)) {
    ensureRoom(paper, lineHeight(style));
    write(paper, line, style);
    paper.y += lineHeight(style);
  }
}

export function lineHeight(style: Pick<TextStyle, "size">): number {
  return style.size * LEADING;
}

export function measure({ pdf }: Paper, text: string, style: Pick<TextStyle, "size" | "bold">): number {
  return pdf
    .font(style.bold ? "bold" : "regular")
    .fontSize(style.size)
    .widthOfString(text);
}

export function wrap(paper: Paper, text: string, style: TextStyle): string[] {
  const widthOf = (part: string) => measure(paper, part, style);
  const parts = printable(text)
    .split(" ")
    .flatMap((word) => (widthOf(word) <= style.width ? [word] : breakWord(word, style.width, widthOf)));
  const lines: string[] = [];
  for (const part of parts) {
    const longer = `${lines.at(-1)} ${part}`;
    if (lines.length > 0 && widthOf(longer) <= style.width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

function breakWord(word: string, width: number, widthOf: (part: string) => number): string[] {
  const parts: string[] = [];
  let room = 0;
  for (const grapheme of splitGraphemes(word)) {
    room -= widthOf(grapheme);
    if (room >= 0 && parts.length > 0) parts[parts.length - 1] += grapheme;
    else {
      parts.push(grapheme);
      room = width - widthOf(grapheme);
    }
  }
  return parts;
}
