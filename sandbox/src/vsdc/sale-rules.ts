import { checkCode } from "./codes.ts";
import { SALE_FIELDS, SALE_LINE_FIELDS, SALE_RECEIPT_FIELDS } from "./field-tables.ts";
import type { LiteralObject } from "./literal-json.ts";
import { firstRefusal, type Refusal, refuse, refuseCode, refuseField } from "./result-codes.ts";
import type { Sale } from "./sale.ts";
import { checkStructure } from "./structure.ts";

const TIN_FORM = /^[19]\d{8}$/;
const PURCHASE_CODE_FORM = /^[A-Za-z0-9]{6}$/;
/** Accepted without a buyer in live traffic: it means "no code". */
const NO_PURCHASE_CODE = "000000";
const INVALID_PURCHASE_CODE = "BADCOD";

export type PurchaseCodeRule = (code: string, buyerTin: string) => boolean;

export function checkSaleStructure(body: LiteralObject, now: string): Refusal | undefined {
  return (
    checkStructure(body, SALE_FIELDS, { now }) ??
    checkStructure(body.receipt as LiteralObject, SALE_RECEIPT_FIELDS, { at: "receipt.", now }) ??
    firstRefusal(
      (body.itemList as LiteralObject[]).map(
        (line, index) => () => checkStructure(line, SALE_LINE_FIELDS, { at: `itemList[${index}].`, now }),
      ),
    )
  );
}

export function checkSaleCodes(sale: Sale): Refusal | undefined {
  // Copies, training and proforma never get a device number: only N may be sent.
  const statuses = sale.receiptType === "R" ? ["02", "05"] : ["02"];
  return firstRefusal([
    () => checkCode("rcptTyCd", "37", sale.receiptType),
    () => (sale.salesType === "N" ? undefined : refuseCode("salesTyCd", sale.salesType)),
    () => checkCode("pmtTyCd", "07", sale.payment),
    () => (statuses.includes(sale.status) ? undefined : refuseCode("salesSttsCd", sale.status)),
    () => checkCode("rfdRsnCd", "32", sale.refundReason),
    ...sale.lines.flatMap((line, index) => [
      () => checkCode(`itemList[${index}].taxTyCd`, "04", line.taxClass),
      () => checkCode(`itemList[${index}].qtyUnitCd`, "10", line.quantityUnit),
      () => checkCode(`itemList[${index}].pkgUnitCd`, "17", line.packagingUnit),
    ]),
  ]);
}

export function checkReceiptType(sale: Sale): Refusal | undefined {
  if (sale.receiptType === "S") {
    if (sale.originalNumber === "0") return undefined;
    return refuseField("orgInvcNo", "Original invoice number is only provided for refunds");
  }
  if (sale.originalNumber === "0") return refuseField("orgInvcNo", "Original invoice number is mandatory");
  if (!sale.refundedAt) return refuseField("rfdDt", "Must be a valid date in yyyyMMddHHmmss format.");
  return sale.refundReason ? undefined : refuseField("rfdRsnCd", "Must not be null or empty");
}

export function checkBuyer(sale: Sale, isValidCode: PurchaseCodeRule): Refusal | undefined {
  const { buyerTin, receiptTin, purchaseCode } = sale;
  if (buyerTin && !TIN_FORM.test(buyerTin)) return refuse("884");
  if (receiptTin && !TIN_FORM.test(receiptTin)) return refuse("884");
  if (!buyerTin) return purchaseCode && purchaseCode !== NO_PURCHASE_CODE ? refuse("882") : undefined;
  if (!purchaseCode) return refuse("881");
  const valid = PURCHASE_CODE_FORM.test(purchaseCode) && purchaseCode !== INVALID_PURCHASE_CODE;
  return valid && isValidCode(purchaseCode, buyerTin) ? undefined : refuse("882");
}
