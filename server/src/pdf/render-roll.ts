import { formatDecimal } from "@fiscalise/shared/money.ts";
import type { ReceiptDocument, ReceiptLine } from "../fiscal/receipt-document.ts";
import { drawImage } from "./images.ts";
import { isOfficial, marksOf, NOT_OFFICIAL, printedAmount } from "./legal-words.ts";
import { measure, type TextStyle } from "./lettering.ts";
import { greyLogo } from "./logo-image.ts";
import { closePaper, openPaper, type Paper, POINTS_PER_MM } from "./paper.ts";
import { drawQr } from "./qr.ts";
import {
  buyerLines,
  cisLines,
  closingLines,
  currencyLines,
  documentLines,
  type PrintedLine,
  paymentLines,
  refundLines,
  sdcLines,
  sellerLines,
  type TotalRow,
  totalRows,
} from "./receipt-lines.ts";
import { propertiesOf } from "./render-receipt.ts";
import {
  cellsStrip,
  drawStrips,
  groupStrips,
  ROLL,
  ROLL_WIDTH,
  ruleStrip,
  type Strip,
  spaceStrip,
  textStrips,
  together,
} from "./roll.ts";
import { printedPrice, printedQuantity } from "./table-columns.ts";
import { WORDS } from "./words.ts";

const LINE: TextStyle = { x: ROLL.left, width: ROLL_WIDTH, size: 8.5 };
const CENTRED: TextStyle = { ...LINE, x: ROLL.left + ROLL_WIDTH / 2, align: "center" };
const SMALL: TextStyle = { ...LINE, size: 7.5 };
const TITLE: TextStyle = { ...CENTRED, size: 12, bold: true };
const MARK: TextStyle = { ...CENTRED, size: 18, bold: true };
const NOTICE: TextStyle = { ...CENTRED, size: 9, bold: true };
const TAX_CLASS: TextStyle = { ...LINE, x: ROLL.right - 8, width: 8 };
const AMOUNT: TextStyle = { ...LINE, x: TAX_CLASS.x - 4, width: 0.6 * ROLL_WIDTH, align: "right" };
const WEIGHTS = { grand: { size: 12, bold: true }, strong: { bold: true }, plain: {} };
const GAP = 4;
const LOGO = { width: 50 * POINTS_PER_MM, height: 16 * POINTS_PER_MM };
/** Printed at 203 dpi: the longest code's modules are still three dots wide. */
const QR_SIZE = 36 * POINTS_PER_MM;
const QR_QUIET = 5 * POINTS_PER_MM;

/** The receipt on a roll of 80 mm: all that the A4 paper says, in black, on a page as long as it needs. */
export async function renderRoll(document: ReceiptDocument): Promise<Uint8Array<ArrayBuffer>> {
  const paper = openPaper(propertiesOf(document), document.language, null);
  await drawStrips(paper, [
    ...masthead(paper, document),
    ...buyer(paper, document),
    ...items(paper, document),
    ...totals(paper, document),
    fiscalBlock(paper, document),
    ...closing(paper, document),
  ]);
  return await closePaper(paper);
}

function masthead(paper: Paper, document: ReceiptDocument): Strip[] {
  const { seller, authorityLogo, label } = document;
  const logos = [authorityLogo, seller.logo].filter((logo) => logo !== null);
  const marks = marksOf(label);
  return [
    ...logos.flatMap((logo) => [logoStrip(logo), spaceStrip(GAP)]),
    ...textStrips(paper, seller.name, TITLE),
    ...paragraphs(paper, sellerLines(document), CENTRED),
    ...(seller.topMessage ? textStrips(paper, seller.topMessage, CENTRED) : []),
    ...(marks.length > 0 ? [ruleStrip()] : []),
    ...marks.flatMap((mark) => textStrips(paper, mark, MARK)),
    ...paragraphs(paper, refundLines(document), CENTRED),
    ruleStrip(),
    ...textStrips(paper, document.document.number, { ...LINE, bold: true }),
    ...paragraphs(paper, documentLines(document), LINE),
  ];
}

function buyer(paper: Paper, document: ReceiptDocument): Strip[] {
  const { identity, contact } = buyerLines(document);
  if (identity.length + contact.length === 0) return [];
  return [
    spaceStrip(GAP),
    ...textStrips(paper, WORDS[document.language].buyer, SMALL),
    ...paragraphs(paper, [...identity, ...contact], LINE),
  ];
}

function items(paper: Paper, document: ReceiptDocument): Strip[] {
  const words = WORDS[document.language];
  const heading = [
    { text: words.item, style: { ...SMALL, width: ROLL_WIDTH / 2 } },
    {
      text: `${words.amount} RWF, ${words.tax}`,
      style: { ...SMALL, x: ROLL.right, align: "right" as const },
    },
  ];
  const lines = document.lines.flatMap((line) => itemStrips(paper, document, line));
  return [ruleStrip(), cellsStrip(heading), ruleStrip(), ...lines, ruleStrip()];
}

/** Its name; its code; quantity × price, amount and class. */
function itemStrips(paper: Paper, { label }: ReceiptDocument, line: ReceiptLine): Strip[] {
  const { taxClass, discountAmount, discountPercent } = line;
  const hasDiscount = /[1-9]/.test(discountAmount);
  const row = (text: string, amount: string) => amountStrip(paper, { text, amount, taxClass });
  return [
    ...textStrips(paper, line.name, LINE),
    together([
      ...(line.itemCode === "" ? [] : textStrips(paper, line.itemCode, SMALL)),
      row(`${printedQuantity(line)} x ${printedPrice(line)}`, printedAmount(label, line.supplyAmount)),
      ...(hasDiscount
        ? [row(`discount -${formatDecimal(discountPercent)}%`, printedAmount(label, `-${discountAmount}`))]
        : []),
    ]),
    spaceStrip(GAP / 2),
  ];
}

/** The amount takes what it needs, the text what is left. */
function amountStrip(
  paper: Paper,
  {
    text,
    amount,
    taxClass,
    ...style
  }: { text: string; amount: string; taxClass?: string; size?: number; bold?: boolean },
): Strip {
  const right = { ...AMOUNT, ...style };
  const taken = Math.min(measure(paper, amount, right), right.width);
  return cellsStrip([
    { text, style: { ...LINE, ...style, width: AMOUNT.x - taken - GAP - LINE.x } },
    { text: amount, style: right },
    ...(taxClass ? [{ text: taxClass, style: TAX_CLASS }] : []),
  ]);
}

function totals(paper: Paper, document: ReceiptDocument): Strip[] {
  const row = ({ label, amount, weight }: TotalRow) =>
    amountStrip(paper, { text: label, amount, ...WEIGHTS[weight] });
  return [
    together(totalRows(document).map(row)),
    ...(isOfficial(document.label) ? [] : [spaceStrip(GAP), ...textStrips(paper, NOT_OFFICIAL, NOTICE)]),
    spaceStrip(GAP),
    ...paragraphs(paper, [...paymentLines(document), ...currencyLines(document)], LINE),
  ];
}

function fiscalBlock(paper: Paper, document: ReceiptDocument): Strip {
  const { facts, codes } = sdcLines(document);
  const signed = codes.flatMap(({ name, groups }) => [
    ...textStrips(paper, name, LINE),
    ...groupStrips(paper, groups, LINE),
  ]);
  return together([
    ruleStrip(),
    ...paragraphs(paper, facts, LINE),
    ...signed,
    ...(document.qrText ? [qrStrip(document.qrText)] : []),
    ...paragraphs(paper, cisLines(document), LINE),
    ruleStrip(),
  ]);
}

function closing(paper: Paper, document: ReceiptDocument): Strip[] {
  const { software } = document;
  return [
    ...paragraphs(paper, closingLines(document), CENTRED),
    spaceStrip(GAP),
    ...textStrips(paper, `${software.name} ${software.version}`, { ...CENTRED, size: SMALL.size }),
  ];
}

function paragraphs(paper: Paper, lines: readonly PrintedLine[], style: TextStyle): Strip[] {
  return lines.flatMap(({ text, bold = false }) => textStrips(paper, text, { ...style, bold }));
}

function logoStrip(logo: Uint8Array): Strip {
  const x = ROLL.left + (ROLL_WIDTH - LOGO.width) / 2;
  return {
    height: LOGO.height,
    draw: async (paper) =>
      drawImage(paper, await greyLogo(logo), { ...LOGO, x, y: paper.y, align: "center" }),
  };
}

function qrStrip(text: string): Strip {
  const x = ROLL.left + (ROLL_WIDTH - QR_SIZE) / 2;
  return {
    height: QR_SIZE + 2 * QR_QUIET,
    draw: (paper) => drawQr(paper, text, { x, y: paper.y + QR_QUIET, size: QR_SIZE }),
  };
}
