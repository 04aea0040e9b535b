import { receiptCounter } from "@fiscalise/shared/receipt.ts";
import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import { drawBuyer } from "./buyer.ts";
import { drawClosing } from "./closing.ts";
import { drawFiscalBlock } from "./fiscal-block.ts";
import { drawFooters } from "./footer.ts";
import { drawLines } from "./lines-table.ts";
import { drawMarks } from "./marks.ts";
import { drawMasthead } from "./masthead.ts";
import { instantOf } from "./moments.ts";
import { closePaper, openPaper } from "./paper.ts";
import { propertyText } from "./printable.ts";
import { drawTotals } from "./totals.ts";

/** The receipt as A4 PDF. The same document gives the same bytes; nothing but the document and our fonts is read. */
export async function renderReceipt(document: ReceiptDocument): Promise<Uint8Array<ArrayBuffer>> {
  const paper = openPaper(propertiesOf(document), document.language);
  await drawMasthead(paper, document);
  drawMarks(paper, document);
  drawBuyer(paper, document);
  drawLines(paper, document);
  drawTotals(paper, document);
  drawFiscalBlock(paper, document);
  drawClosing(paper, document);
  const { software, language, seller } = document;
  drawFooters(paper, { software, language, whose: `${seller.name} · ${document.document.number}` });
  return await closePaper(paper);
}

export function propertiesOf({
  device,
  label,
  document,
  software,
  frozenAt,
}: ReceiptDocument): PDFKit.DocumentInfo {
  const counter = device ? receiptCounter(device.receiptNumber, device.totalNumber, label) : label;
  return {
    Title: propertyText(`${document.number} – ${counter}`),
    Creator: propertyText(`${software.name} ${software.version}`),
    CreationDate: instantOf(device?.publishedAt ?? frozenAt),
  };
}
