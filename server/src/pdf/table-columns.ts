import { formatAmount, formatDecimal } from "@fiscalise/shared/money.ts";
import type { ReceiptDocument, ReceiptLine } from "../fiscal/receipt-document.ts";
import { printedAmount } from "./legal-words.ts";
import { measure, type TextStyle } from "./lettering.ts";
import { PAGE, type Paper } from "./paper.ts";

const FIGURE_SIZE = 9;
const COLUMN_GAP = 16;
const TIMES_WIDTH = 16;
const QUANTITY_WIDTH = { min: 36, max: 90 };
const PRICE_WIDTH = { min: 48, max: 125 };
const AMOUNT_WIDTH = { min: 64, max: 125 };

export const TAX_CLASS: TextStyle = { x: PAGE.right - 17, width: 17, size: FIGURE_SIZE };
/** Amounts of lines and totals end here, so that their decimal points stand under each other. */
export const AMOUNT_RIGHT = TAX_CLASS.x - 6;

export interface Columns {
  name: TextStyle;
  quantity: TextStyle;
  times: TextStyle;
  price: TextStyle;
  amount: TextStyle;
}

/** As wide as the widest figure needs within bounds; the name takes the rest. */
export function columnsFor(paper: Paper, { label, lines }: ReceiptDocument): Columns {
  const widest = (texts: string[], { min, max }: { min: number; max: number }) =>
    Math.min(
      max,
      texts.reduce((width, text) => Math.max(width, widthOf(paper, text)), min),
    );
  const amounts = lines.map((line) => printedAmount(label, line.supplyAmount));
  const amount = figure(AMOUNT_RIGHT, widest(amounts, AMOUNT_WIDTH));
  const prices = lines.map((line) => printedPrice(line));
  const price = figure(amount.x - amount.width - COLUMN_GAP, widest(prices, PRICE_WIDTH));
  const quantityRight = price.x - price.width - TIMES_WIDTH;
  const quantity = figure(quantityRight, widest(lines.map(printedQuantity), QUANTITY_WIDTH));
  const nameWidth = quantity.x - quantity.width - COLUMN_GAP - PAGE.left;
  return {
    name: { x: PAGE.left, width: nameWidth, size: FIGURE_SIZE },
    quantity,
    times: { x: quantityRight + TIMES_WIDTH / 2, width: TIMES_WIDTH, size: FIGURE_SIZE, align: "center" },
    price,
    amount,
  };
}

export function printedQuantity({ quantity, unit }: ReceiptLine): string {
  return `${formatDecimal(quantity)} ${unit}`.trim();
}

export function printedPrice({ unitPrice }: ReceiptLine): string {
  return formatAmount(unitPrice);
}

function figure(right: number, width: number): TextStyle {
  return { x: right, width, size: FIGURE_SIZE, align: "right" };
}

function widthOf(paper: Paper, text: string): number {
  return measure(paper, text, { size: FIGURE_SIZE });
}
