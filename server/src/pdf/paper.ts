import { readFileSync } from "node:fs";
import PDFDocument from "pdfkit";

export const POINTS_PER_MM = 72 / 25.4;

/** A4 in points, with the frame that content keeps to; the footer stands below it. */
export const PAGE = { size: [595.28, 841.89], left: 48, right: 547.28, top: 40, bottom: 796, footer: 810 };
export const PAGE_WIDTH = PAGE.right - PAGE.left;
export const RIGHT_COLUMN = PAGE.left + 280;

const STRONG_RULE = { weight: 0.8, ink: "#000000" };
const HAIRLINE = { weight: 0.4, ink: "#aaaaaa" };

const FONTS = {
  regular: readFileSync(new URL("./fonts/roboto-regular.ttf", import.meta.url)),
  bold: readFileSync(new URL("./fonts/roboto-medium.ttf", import.meta.url)),
};

export interface Paper {
  pdf: PDFKit.PDFDocument;
  /** Where the next line goes. */
  y: number;
  /** Drawn at the top of each further page. */
  repeatOnNewPage: () => void;
}

/** Without `size` there is no page yet: whoever draws adds each in its own. */
export function openPaper(
  info: PDFKit.DocumentInfo,
  language: string,
  size: number[] | null = PAGE.size,
): Paper {
  const pdf = new PDFDocument({
    ...(size ? { size } : { autoFirstPage: false }),
    margin: 0,
    font: "",
    pdfVersion: "1.7",
    lang: language,
    displayTitle: true,
    bufferPages: true,
    info,
  });
  pdf.registerFont("regular", FONTS.regular);
  pdf.registerFont("bold", FONTS.bold);
  return { pdf, y: PAGE.top, repeatOnNewPage: () => {} };
}

export async function closePaper({ pdf }: Paper): Promise<Uint8Array<ArrayBuffer>> {
  pdf.end();
  const chunks: Uint8Array[] = await pdf.toArray();
  return new Uint8Array(Buffer.concat(chunks));
}

/** What follows, `height` high, stays together. */
export function ensureRoom(paper: Paper, height: number): void {
  if (paper.y + height <= PAGE.bottom) return;
  paper.pdf.addPage();
  paper.y = PAGE.top;
  paper.repeatOnNewPage();
}

export function rule(paper: Paper, weight: "strong" | "hair"): void {
  const line = weight === "strong" ? STRONG_RULE : HAIRLINE;
  paper.pdf
    .moveTo(PAGE.left, paper.y)
    .lineTo(PAGE.right, paper.y)
    .lineWidth(line.weight)
    .strokeColor(line.ink)
    .stroke();
}
