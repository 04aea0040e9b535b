import type { TaxClass } from "./codes.ts";
import { parseDecimal, unitsAt } from "./decimal.ts";
import { isNumberLiteral, type LiteralObject } from "./literal-json.ts";
import { isMissing } from "./structure.ts";

/** Amounts, rates and quantities in hundredths; whole numbers as they are. */
export interface SaleLine {
  sequence: bigint;
  itemCode: string;
  name: string;
  packagingUnit: string;
  quantityUnit: string;
  taxClass: string;
  quantity: bigint;
  price: bigint;
  supply: bigint;
  discountRate: bigint;
  discount: bigint;
  taxable: bigint;
  tax: bigint;
  total: bigint;
}

export interface Sale {
  invoiceNumber: string;
  originalNumber: string;
  receiptType: string;
  salesType: string;
  status: string;
  payment: string | undefined;
  refundReason: string | undefined;
  refundedAt: string | undefined;
  buyerTin: string | undefined;
  receiptTin: string | undefined;
  purchaseCode: string | undefined;
  itemCount: bigint;
  perClass: (prefix: "taxblAmt" | "taxRt" | "taxAmt", letter: TaxClass) => bigint;
  totalTaxable: bigint;
  totalTax: bigint;
  total: bigint;
  lines: SaleLine[];
}

/** Reads a body whose structure was checked before. */
export function readSale(body: LiteralObject): Sale {
  const receipt = body.receipt as LiteralObject;
  return {
    invoiceNumber: wholeText(body, "invcNo"),
    originalNumber: wholeText(body, "orgInvcNo"),
    receiptType: text(body, "rcptTyCd") ?? "",
    salesType: text(body, "salesTyCd") ?? "",
    status: text(body, "salesSttsCd") ?? "",
    payment: text(body, "pmtTyCd"),
    refundReason: text(body, "rfdRsnCd"),
    refundedAt: text(body, "rfdDt"),
    buyerTin: text(body, "custTin"),
    receiptTin: text(receipt, "custTin"),
    purchaseCode: text(body, "prcOrdCd"),
    itemCount: BigInt(wholeText(body, "totItemCnt")),
    perClass: (prefix, letter) => hundredths(body, `${prefix}${letter}`),
    totalTaxable: hundredths(body, "totTaxblAmt"),
    totalTax: hundredths(body, "totTaxAmt"),
    total: hundredths(body, "totAmt"),
    lines: (body.itemList as LiteralObject[]).map(readLine),
  };
}

function readLine(line: LiteralObject): SaleLine {
  return {
    sequence: BigInt(wholeText(line, "itemSeq")),
    itemCode: text(line, "itemCd") ?? "",
    name: text(line, "itemNm") ?? "",
    packagingUnit: text(line, "pkgUnitCd") ?? "",
    quantityUnit: text(line, "qtyUnitCd") ?? "",
    taxClass: text(line, "taxTyCd") ?? "",
    quantity: hundredths(line, "qty"),
    price: hundredths(line, "prc"),
    supply: hundredths(line, "splyAmt"),
    discountRate: hundredths(line, "dcRt"),
    discount: hundredths(line, "dcAmt"),
    taxable: hundredths(line, "taxblAmt"),
    tax: hundredths(line, "taxAmt"),
    total: hundredths(line, "totAmt"),
  };
}

function text(object: LiteralObject, name: string): string | undefined {
  const value = object[name];
  return isMissing(value) ? undefined : (value as string);
}

function numberText(object: LiteralObject, name: string): string {
  const value = object[name];
  return isNumberLiteral(value) ? value.rawJSON : (value as string);
}

/** `007` and `7` are the same invoice number. */
function wholeText(object: LiteralObject, name: string): string {
  return BigInt(numberText(object, name)).toString();
}

function hundredths(object: LiteralObject, name: string): bigint {
  return unitsAt(parseDecimal(numberText(object, name)), 2);
}
