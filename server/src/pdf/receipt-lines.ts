import { formatDecimal } from "@fiscalise/shared/money.ts";
import { dashed, receiptCounter } from "@fiscalise/shared/receipt.ts";
import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import { isOfficial, isTaxed, NOT_OFFICIAL, printedAmount, totalLabel } from "./legal-words.ts";
import { printedDay, printedMoment } from "./moments.ts";
import { WORDS } from "./words.ts";

/** What a receipt says beside its items, whatever it is printed on. */
export interface PrintedLine {
  text: string;
  bold?: boolean;
}

export interface TotalRow {
  label: string;
  amount: string;
  weight: "grand" | "strong" | "plain";
}

/** Below the seller's name. */
export function sellerLines({ seller }: ReceiptDocument): PrintedLine[] {
  const contacts = [seller.phone, seller.email].filter((contact) => contact !== null);
  return [
    ...plain(seller.headerLines),
    { text: `TIN: ${seller.tin}`, bold: true },
    ...plain(seller.addressLines),
    ...(contacts.length > 0 ? [{ text: contacts.join(" · ") }] : []),
  ];
}

/** Below the document's number. */
export function documentLines({ document, copyNumber, language }: ReceiptDocument): PrintedLine[] {
  const words = WORDS[language];
  return [
    { text: `${words.date}: ${printedDay(document.date)}` },
    ...(copyNumber === null ? [] : [{ text: `${words.copyNumber} ${copyNumber}` }]),
  ];
}

export function refundLines({ refundOf }: ReceiptDocument): PrintedLine[] {
  if (refundOf === null) return [];
  return [
    { text: `REF. NORMAL RECEIPT#: ${refundOf}`, bold: true },
    { text: "REFUND IS APPROVED ONLY FOR ORIGINAL SALES RECEIPT" },
  ];
}

/** Whose purchase it is, and how it was reached; what is unknown leaves no gap. */
export function buyerLines({ buyer, language }: ReceiptDocument) {
  const words = WORDS[language];
  return {
    identity: [
      ...(buyer.name ? [{ text: buyer.name, bold: true }] : []),
      ...(buyer.tin ? [{ text: `TIN: ${buyer.tin}` }] : []),
    ],
    contact: [
      ...(buyer.mobile ? [{ text: `${words.mobile}: ${buyer.mobile}` }] : []),
      ...(buyer.purchaseCode ? [{ text: `${words.purchaseCode}: ${buyer.purchaseCode}` }] : []),
    ],
  };
}

export function totalRows({ label, taxTotals, lines, total, tax }: ReceiptDocument): TotalRow[] {
  const used = new Set(lines.map(({ taxClass }) => taxClass));
  const shown = taxTotals.filter(({ taxClass, ratePercent }) => isTaxed(ratePercent) || used.has(taxClass));
  const row = (name: string, amount: string, weight: TotalRow["weight"] = "plain") => ({
    label: name,
    amount: printedAmount(label, amount),
    weight,
  });
  return [
    row("TOTAL", total, "grand"),
    ...shown.flatMap(({ taxClass, ratePercent, taxable, tax }) => [
      row(totalLabel(taxClass, ratePercent), taxable),
      ...(isTaxed(ratePercent) ? [row(`TOTAL TAX ${taxClass}`, tax)] : []),
    ]),
    row("TOTAL TAX", tax, "strong"),
  ];
}

export function paymentLines({ label, language, payment, lines }: ReceiptDocument): PrintedLine[] {
  const words = WORDS[language];
  // Nothing is paid on a proforma.
  const paid = label === "PS" ? [] : [`${words.payment}: ${words.payments[payment]}`];
  return plain([...paid, `ITEMS NUMBER: ${lines.length}`]);
}

/** Of a document in another currency. */
export function currencyLines({ label, language, document }: ReceiptDocument): PrintedLine[] {
  const { currencyCode, exchangeRate, total } = document;
  if (currencyCode === "RWF") return [];
  return plain([
    `${WORDS[language].documentTotal}: ${currencyCode} ${printedAmount(label, total)}`,
    `1 ${currencyCode} = ${formatDecimal(exchangeRate)} RWF`,
  ]);
}

export interface SdcLines {
  /** Date, SDC ID and the device's count. */
  facts: PrintedLine[];
  /** Internal data and signature, each after its name. */
  codes: { name: string; groups: string }[];
}

/** What the device says of the receipt. */
export function sdcLines({ device, label }: ReceiptDocument): SdcLines {
  if (!device) return { facts: [], codes: [] };
  const { date, time } = printedMoment(device.publishedAt);
  const counter = receiptCounter(device.receiptNumber, device.totalNumber, label);
  return {
    facts: [
      { text: "SDC INFORMATION", bold: true },
      { text: `Date: ${date} Time: ${time}` },
      { text: `SDC ID: ${device.sdcId}` },
      { text: `RECEIPT NUMBER: ${counter}`, bold: true },
    ],
    codes: [
      { name: "Internal Data:", groups: dashed(device.internalData) },
      { name: "Receipt Signature:", groups: dashed(device.signature) },
    ],
  };
}

/** What the invoicing system says of it. */
export function cisLines({ device, label, invoiceNumber, frozenAt }: ReceiptDocument): PrintedLine[] {
  const { date, time } = printedMoment(frozenAt);
  const number = device ? invoiceNumber : `${invoiceNumber} ${label}`;
  return plain([
    `RECEIPT NUMBER: ${number}`,
    `DATE: ${date} TIME: ${time}`,
    ...(device ? [`MRC: ${device.mrcNumber}`] : []),
  ]);
}

/** The seller's last word, and once more that a copy is a copy. */
export function closingLines({ label, seller }: ReceiptDocument): PrintedLine[] {
  return [
    ...plain([...(seller.bottomMessage ? [seller.bottomMessage] : []), ...seller.footerLines]),
    ...(isOfficial(label) ? [] : [{ text: NOT_OFFICIAL, bold: true }]),
  ];
}

function plain(texts: readonly string[]): PrintedLine[] {
  return texts.map((text) => ({ text }));
}
