import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import { drawImage } from "./images.ts";
import { type TextStyle, writeParagraph } from "./lettering.ts";
import { PAGE, PAGE_WIDTH, type Paper, RIGHT_COLUMN } from "./paper.ts";
import { documentLines, sellerLines } from "./receipt-lines.ts";

const LOGO = { width: 150, height: 50 };
const LOGO_GAP = 10;

const LINE: TextStyle = { x: PAGE.left, width: RIGHT_COLUMN - PAGE.left - 16, size: 9 };
const DOCUMENT_LINE: TextStyle = { ...LINE, x: RIGHT_COLUMN, width: PAGE.right - RIGHT_COLUMN };
const TITLE = { size: 14, bold: true };

/** Logos, then the seller on the left and the document on the right. */
export async function drawMasthead(paper: Paper, document: ReceiptDocument): Promise<void> {
  await drawLogos(paper, document);
  const top = paper.y;
  drawSeller(paper, document);
  const sellerBottom = paper.y;
  paper.y = top;
  drawDocument(paper, document);
  paper.y = Math.max(paper.y, sellerBottom);
  drawTopMessage(paper, document.seller);
}

async function drawLogos(paper: Paper, { seller, authorityLogo }: ReceiptDocument): Promise<void> {
  if (!seller.logo && !authorityLogo) return;
  const box = { ...LOGO, y: paper.y };
  if (seller.logo) await drawImage(paper, seller.logo, { ...box, x: PAGE.left, align: "left" });
  if (authorityLogo) {
    await drawImage(paper, authorityLogo, { ...box, x: PAGE.right - LOGO.width, align: "right" });
  }
  paper.y += LOGO.height + LOGO_GAP;
}

function drawSeller(paper: Paper, document: ReceiptDocument): void {
  writeParagraph(paper, document.seller.name, { ...LINE, ...TITLE });
  for (const { text, bold = false } of sellerLines(document)) writeParagraph(paper, text, { ...LINE, bold });
}

function drawTopMessage(paper: Paper, { topMessage }: ReceiptDocument["seller"]): void {
  if (!topMessage) return;
  paper.y += 4;
  writeParagraph(paper, topMessage, { ...LINE, width: PAGE_WIDTH });
}

function drawDocument(paper: Paper, document: ReceiptDocument): void {
  writeParagraph(paper, document.document.number, { ...DOCUMENT_LINE, ...TITLE });
  for (const { text } of documentLines(document)) writeParagraph(paper, text, DOCUMENT_LINE);
}
