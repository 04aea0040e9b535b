import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import { drawImage } from "./images.ts";
import { type TextStyle, writeParagraph } from "./lettering.ts";
import { printedDay } from "./moments.ts";
import { PAGE, PAGE_WIDTH, type Paper, RIGHT_COLUMN } from "./paper.ts";
import { WORDS } from "./words.ts";

const LOGO = { width: 150, height: 50 };
const LOGO_GAP = 10;

const LINE: TextStyle = { x: PAGE.left, width: RIGHT_COLUMN - PAGE.left - 16, size: 9 };
const DOCUMENT_LINE: TextStyle = { ...LINE, x: RIGHT_COLUMN, width: PAGE.right - RIGHT_COLUMN };
const TITLE = { size: 14, bold: true };

/** Logos, then the seller on the left and the document on the right. */
export async function drawMasthead(paper: Paper, document: ReceiptDocument): Promise<void> {
  await drawLogos(paper, document);
  const top = paper.y;
  drawSeller(paper, document.seller);
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

function drawSeller(paper: Paper, seller: ReceiptDocument["seller"]): void {
  writeParagraph(paper, seller.name, { ...LINE, ...TITLE });
  for (const headerLine of seller.headerLines) writeParagraph(paper, headerLine, LINE);
  writeParagraph(paper, `TIN: ${seller.tin}`, { ...LINE, bold: true });
  for (const addressLine of seller.addressLines) writeParagraph(paper, addressLine, LINE);
  const contacts = [seller.phone, seller.email].filter((contact) => contact !== null);
  if (contacts.length > 0) writeParagraph(paper, contacts.join(" · "), LINE);
}

function drawTopMessage(paper: Paper, { topMessage }: ReceiptDocument["seller"]): void {
  if (!topMessage) return;
  paper.y += 4;
  writeParagraph(paper, topMessage, { ...LINE, width: PAGE_WIDTH });
}

function drawDocument(paper: Paper, { document, copyNumber, language }: ReceiptDocument): void {
  const words = WORDS[language];
  writeParagraph(paper, document.number, { ...DOCUMENT_LINE, ...TITLE });
  writeParagraph(paper, `${words.date}: ${printedDay(document.date)}`, DOCUMENT_LINE);
  if (copyNumber !== null) writeParagraph(paper, `${words.copyNumber} ${copyNumber}`, DOCUMENT_LINE);
}
