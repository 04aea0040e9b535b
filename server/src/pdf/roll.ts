import { lineHeight, type TextStyle, wrap, write } from "./lettering.ts";
import { type Paper, POINTS_PER_MM } from "./paper.ts";

/** 80 mm wide; a printer's head reaches about 72 of them. */
const WIDTH = 80 * POINTS_PER_MM;
export const ROLL = { left: 4 * POINTS_PER_MM, right: 76 * POINTS_PER_MM };
export const ROLL_WIDTH = ROLL.right - ROLL.left;
const MARGIN = 4 * POINTS_PER_MM;
/** A page of a PDF is not longer (ISO 32000-1, annex C). */
const HEIGHT_MAX = 14_400;
const RULE = { space: 3, weight: 0.8 };

/** What is never cut: drawn from `paper.y` down. */
export interface Strip {
  height: number;
  draw: (paper: Paper) => void | Promise<void>;
}

/** As few pages as can be, each as long as what is on it. */
export async function drawStrips(paper: Paper, strips: readonly Strip[]): Promise<void> {
  for (const page of pagesOf(strips)) {
    paper.pdf.addPage({ size: [WIDTH, heightOf(page) + 2 * MARGIN], margin: 0 });
    paper.y = MARGIN;
    for (const strip of page) {
      const top = paper.y;
      await strip.draw(paper);
      paper.y = top + strip.height;
    }
  }
}

export function textStrips(paper: Paper, text: string, style: TextStyle): Strip[] {
  return wrap(paper, text, style).map((line) => cellsStrip([{ text: line, style }]));
}

/** Groups of four stay whole; a line ends with the dash that goes on. */
export function groupStrips(paper: Paper, dashed: string, style: TextStyle): Strip[] {
  const lines = wrap(paper, dashed.replaceAll("-", "- "), style);
  return lines.map((line) => cellsStrip([{ text: line.replaceAll(" ", ""), style }]));
}

/** Beside each other. */
export function cellsStrip(cells: { text: string; style: TextStyle }[]): Strip {
  return {
    height: Math.max(...cells.map(({ style }) => lineHeight(style))),
    draw: (paper) => {
      for (const { text, style } of cells) write(paper, text, style);
    },
  };
}

export function spaceStrip(height: number): Strip {
  return { height, draw: () => {} };
}

export function ruleStrip(): Strip {
  return {
    height: 2 * RULE.space,
    draw: ({ pdf, y }) => {
      pdf.moveTo(ROLL.left, y + RULE.space).lineTo(ROLL.right, y + RULE.space);
      pdf.lineWidth(RULE.weight).strokeColor("#000000").stroke();
    },
  };
}

/** One strip of several. */
export function together(strips: readonly Strip[]): Strip {
  return {
    height: heightOf(strips),
    draw: async (paper) => {
      for (const strip of strips) {
        const top = paper.y;
        await strip.draw(paper);
        paper.y = top + strip.height;
      }
    },
  };
}

function pagesOf(strips: readonly Strip[]): Strip[][] {
  const pages: Strip[][] = [];
  for (const strip of strips) {
    const page = pages.at(-1);
    if (page && heightOf(page) + strip.height + 2 * MARGIN <= HEIGHT_MAX) page.push(strip);
    else pages.push([strip]);
  }
  return pages;
}

function heightOf(strips: readonly Strip[]): number {
  return strips.reduce((height, strip) => height + strip.height, 0);
}
