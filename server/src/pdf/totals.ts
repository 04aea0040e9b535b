import { formatDecimal } from "@fiscalise/shared/money.ts";
import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import { isOfficial, isTaxed, NOT_OFFICIAL, printedAmount, totalLabel } from "./legal-words.ts";
import { lineHeight, SOFT_INK, type TextStyle, write, writeParagraph } from "./lettering.ts";
import { ensureRoom, PAGE, PAGE_WIDTH, type Paper, RIGHT_COLUMN } from "./paper.ts";
import { AMOUNT_RIGHT } from "./table-columns.ts";
import { WORDS } from "./words.ts";

const GRAND_TOTAL = { size: 12, bold: true };
const TOTAL = { size: 9 };
const NOTICE: TextStyle = { x: PAGE.left, width: PAGE_WIDTH, size: 10, bold: true };
const NOTE: TextStyle = { x: PAGE.left, width: RIGHT_COLUMN - PAGE.left - 20, size: 9 };
const SMALL_NOTE: TextStyle = { ...NOTE, size: 8, ink: SOFT_INK };

interface TotalRow {
  label: string;
  amount: string;
  style: { size: number; bold?: boolean };
}

/** Totals under the amounts; payment, number of items and the document's own currency on the left. */
export function drawTotals(paper: Paper, document: ReceiptDocument): void {
  const rows = totalRows(document);
  const height = rows.reduce((sum, { style }) => sum + lineHeight(style), 2 * lineHeight(NOTICE));
  paper.y += 8;
  ensureRoom(paper, height);
  if (!isOfficial(document.label)) {
    writeParagraph(paper, NOT_OFFICIAL, NOTICE);
    paper.y += 5;
  }
  const top = paper.y;
  for (const { label, amount, style } of rows) {
    const printed = printedAmount(document.label, amount);
    write(paper, label, { ...style, x: RIGHT_COLUMN, width: 90 });
    write(paper, printed, { ...style, x: AMOUNT_RIGHT, width: 130, align: "right" });
    paper.y += lineHeight(style);
  }
  const bottom = paper.y;
  paper.y = top + 1;
  drawNotes(paper, document);
  paper.y = Math.max(bottom, paper.y) + 10;
}

function totalRows({ taxTotals, lines, total, tax }: ReceiptDocument): TotalRow[] {
  const used = new Set(lines.map(({ taxClass }) => taxClass));
  const shown = taxTotals.filter(({ taxClass, ratePercent }) => isTaxed(ratePercent) || used.has(taxClass));
  const perClass = shown.flatMap(({ taxClass, ratePercent, taxable, tax }) => [
    { label: totalLabel(taxClass, ratePercent), amount: taxable, style: TOTAL },
    ...(isTaxed(ratePercent) ? [{ label: `TOTAL TAX ${taxClass}`, amount: tax, style: TOTAL }] : []),
  ]);
  return [
    { label: "TOTAL", amount: total, style: GRAND_TOTAL },
    ...perClass,
    { label: "TOTAL TAX", amount: tax, style: { ...TOTAL, bold: true } },
  ];
}

function drawNotes(paper: Paper, { document, ...receipt }: ReceiptDocument): void {
  const words = WORDS[receipt.language];
  writeParagraph(paper, `${words.payment}: ${words.payments[receipt.payment]}`, NOTE);
  writeParagraph(paper, `ITEMS NUMBER: ${receipt.lines.length}`, NOTE);
  if (document.currencyCode === "RWF") return;
  const total = `${document.currencyCode} ${printedAmount(receipt.label, document.total)}`;
  paper.y += 3;
  writeParagraph(paper, `${words.documentTotal}: ${total}`, SMALL_NOTE);
  const rate = `${formatDecimal(document.exchangeRate)} RWF`;
  writeParagraph(paper, `1 ${document.currencyCode} = ${rate}`, SMALL_NOTE);
}
