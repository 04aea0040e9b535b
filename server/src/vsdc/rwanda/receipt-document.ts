import * as z from "zod";
import { parseExactJson } from "../../fiscal/exact-json.ts";
import type { ReceiptDocument } from "../../fiscal/receipt-document.ts";
import type { PaymentKind } from "../../fiscal/sale.ts";
import { PAYMENT_CODES } from "./codes.ts";
import { RWANDA } from "./jurisdiction.ts";

/** What of a frozen saveSales request the receipt prints; numbers as literal text. */
const frozenSale = z.object({
  invcNo: z.string(),
  orgInvcNo: z.string(),
  custTin: z.string().nullable(),
  prcOrdCd: z.string().nullable(),
  custNm: z.string().nullable(),
  pmtTyCd: z.string(),
  cfmDt: z.string(),
  salesDt: z.string(),
  taxblAmtA: z.string(),
  taxblAmtB: z.string(),
  taxblAmtC: z.string(),
  taxblAmtD: z.string(),
  taxAmtA: z.string(),
  taxAmtB: z.string(),
  taxAmtC: z.string(),
  taxAmtD: z.string(),
  totTaxAmt: z.string(),
  totAmt: z.string(),
  receipt: z.object({ custMblNo: z.string().nullable() }),
  itemList: z.array(
    z.object({
      itemNm: z.string(),
      itemCd: z.string(),
      qty: z.string(),
      qtyUnitCd: z.string(),
      prc: z.string(),
      splyAmt: z.string(),
      dcRt: z.string(),
      dcAmt: z.string(),
      taxTyCd: z.string(),
      totAmt: z.string(),
    }),
  ),
});
export type FrozenSale = z.infer<typeof frozenSale>;

/** The sale as it was sent: the receipt, its copies and its reports read this and nothing newer. */
export function readFrozenSale(requestText: string): FrozenSale {
  return frozenSale.parse(parseExactJson(requestText));
}

const TAX_CLASSES = ["A", "B", "C", "D"] as const;
export type TaxTotals = { taxable: string; tax: string }[];

/** Per class A to D, straight from our own frozen bytes: a whole sale is too much to read for each line of a report. */
export function taxTotalsOf(requestText: string): TaxTotals {
  const literal = (name: string) => {
    const [, amount] = requestText.match(new RegExp(`"${name}": ?(-?[0-9.]+)`)) ?? [];
    if (amount === undefined) throw new Error(`bug: a frozen sale without ${name}`);
    return amount;
  };
  return TAX_CLASSES.map((name) => ({ taxable: literal(`taxblAmt${name}`), tax: literal(`taxAmt${name}`) }));
}

type SaleFacts = Pick<
  ReceiptDocument,
  "lines" | "taxTotals" | "total" | "tax" | "payment" | "invoiceNumber" | "frozenAt" | "refundOf" | "buyer"
>;

export function saleFacts(sale: FrozenSale): SaleFacts {
  return {
    buyer: {
      name: sale.custNm,
      tin: sale.custTin,
      mobile: sale.receipt.custMblNo,
      purchaseCode: sale.prcOrdCd,
    },
    lines: sale.itemList.map((line) => ({
      name: line.itemNm,
      itemCode: line.itemCd,
      quantity: line.qty,
      unit: line.qtyUnitCd,
      unitPrice: line.prc,
      supplyAmount: line.splyAmt,
      discountPercent: line.dcRt,
      discountAmount: line.dcAmt,
      total: line.totAmt,
      taxClass: line.taxTyCd,
    })),
    taxTotals: TAX_CLASSES.map((taxClass) => ({
      taxClass,
      ratePercent: RWANDA.taxClasses[taxClass]?.ratePercent.toFixed() ?? "0",
      taxable: sale[`taxblAmt${taxClass}`],
      tax: sale[`taxAmt${taxClass}`],
    })),
    total: sale.totAmt,
    tax: sale.totTaxAmt,
    payment: paymentOf(sale.pmtTyCd),
    invoiceNumber: sale.invcNo,
    frozenAt: sale.cfmDt,
    refundOf: sale.orgInvcNo === "0" ? null : sale.orgInvcNo,
  };
}

export function paymentOf(code: string): PaymentKind {
  const kinds = Object.keys(PAYMENT_CODES) as PaymentKind[];
  return kinds.find((kind) => PAYMENT_CODES[kind] === code) ?? "other";
}

/** Where a buyer checks a receipt: `{base}{tin}{bhfId}{rcptSign}` (fiscal rules §8). */
export type VerificationQr = { kind: "url"; base: string } | { kind: "text" };

export interface QrFacts {
  tin: string;
  branchId: string;
  signature: string;
  internalData: string;
  sdcId: string;
  /** `53/62 NS` */
  counter: string;
  /** yyyymmddhhmmss */
  publishedAt: string;
}

export function qrText(facts: QrFacts, form: VerificationQr): string {
  if (form.kind === "url") return `${form.base}${facts.tin}${facts.branchId}${facts.signature}`;
  const at = facts.publishedAt;
  const day = `${at.slice(6, 8)}${at.slice(4, 6)}${at.slice(0, 4)}`;
  return [day, at.slice(8), facts.sdcId, facts.counter, facts.internalData, facts.signature].join("#");
}
