import { createHash } from "node:crypto";
import { kigaliTimestamp } from "./kigali-time.ts";
import type { LedgerEntry, ReceiptAnswer } from "./ledger.ts";
import type { LiteralObject } from "./literal-json.ts";
import type { DeviceMemory } from "./memory.ts";
import { firstRefusal, type Refusal, refuse, refuseField } from "./result-codes.ts";
import { readSale, type Sale } from "./sale.ts";
import { checkAmounts } from "./sale-amounts.ts";
import {
  checkBuyer,
  checkReceiptType,
  checkSaleCodes,
  checkSaleStructure,
  type PurchaseCodeRule,
} from "./sale-rules.ts";
import { sign } from "./signature.ts";

export interface SaleDeps {
  memory: DeviceMemory;
  clock: () => Date;
  secret: string;
  sdcId: string;
  mrcNo: string;
  receiptsBefore: { rcptNo: number; totRcptNo: number };
  checksLineArithmetic: boolean;
  requiresRegisteredItems: boolean;
  isValidPurchaseCode: PurchaseCodeRule;
}

export type SaleAnswer = { signed: true; data: ReceiptAnswer } | { signed: false; refusal: Refusal };

/**
 * What depends on the request alone is checked first, so the same bytes are refused the same way each time.
 * 883 precedes 924: a lost success used the code. "Already refunded" follows 924: a lost refund is a duplicate.
 */
export function saveSale(deps: SaleDeps, body: LiteralObject, requestText: string): SaleAnswer {
  const structure = checkSaleStructure(body, kigaliTimestamp(deps.clock()));
  if (structure) return { signed: false, refusal: structure };
  const sale = readSale(body);
  const refusal = firstRefusal([
    () => checkSaleCodes(sale),
    () => checkReceiptType(sale),
    () => checkAmounts(sale, deps),
    () => checkItems(deps, sale),
    () => checkOriginal(deps, sale),
    () => checkBuyer(sale, deps.isValidPurchaseCode),
    () => checkPurchaseCodeUnused(deps, sale),
    () => (deps.memory.isNumberUsed(sale.invoiceNumber) ? refuse("924") : undefined),
    () => checkNotRefunded(deps, sale),
  ]);
  if (refusal) return { signed: false, refusal };
  const entry = signReceipt(deps, sale, requestText);
  deps.memory.recordReceipt(entry, sale);
  return { signed: true, data: entry.data };
}

function checkItems({ memory, requiresRegisteredItems }: SaleDeps, sale: Sale): Refusal | undefined {
  if (!requiresRegisteredItems) return undefined;
  const index = sale.lines.findIndex(({ itemCode }) => !memory.items.has(itemCode));
  const itemCode = sale.lines[index]?.itemCode;
  return itemCode
    ? refuseField(`itemList[${index}].itemCd`, `Item is not registered: '${itemCode}'`)
    : undefined;
}

/** Rwanda refunds a receipt whole (docs/vsdc.md, refunds), so the totals must be equal. */
function checkOriginal({ memory }: SaleDeps, sale: Sale): Refusal | undefined {
  if (sale.receiptType !== "R") return undefined;
  if (memory.receipts.get(sale.originalNumber)?.rcptTyCd !== "S") {
    return refuseField("orgInvcNo", `Original invoice number does not exist: '${sale.originalNumber}'`);
  }
  if (memory.totalOf(sale.originalNumber) === sale.total) return undefined;
  return refuseField("totAmt", "A refund must be of the whole original receipt");
}

function checkPurchaseCodeUnused({ memory }: SaleDeps, sale: Sale): Refusal | undefined {
  const user = sale.buyerTin && sale.purchaseCode ? memory.purchaseCodeUser(sale.purchaseCode) : undefined;
  const ownOriginal = sale.receiptType === "R" && user === sale.originalNumber;
  return user === undefined || ownOriginal ? undefined : refuse("883");
}

function checkNotRefunded({ memory }: SaleDeps, sale: Sale): Refusal | undefined {
  if (sale.receiptType !== "R" || memory.refundOf(sale.originalNumber) === undefined) return undefined;
  return refuseField("orgInvcNo", `Original invoice is already refunded: '${sale.originalNumber}'`);
}

function signReceipt(deps: SaleDeps, sale: Sale, requestText: string): LedgerEntry {
  const signedAt = deps.clock();
  const count = deps.memory.ledger.length + 1;
  const { internalData, receiptSignature } = sign(deps.secret, requestText, count);
  return {
    invcNo: sale.invoiceNumber,
    rcptTyCd: sale.receiptType === "R" ? "R" : "S",
    requestSha256: createHash("sha256").update(requestText).digest("hex"),
    requestText,
    data: {
      rcptNo: deps.receiptsBefore.rcptNo + count,
      intrlData: internalData,
      rcptSign: receiptSignature,
      totRcptNo: deps.receiptsBefore.totRcptNo + count,
      vsdcRcptPbctDate: kigaliTimestamp(signedAt),
      sdcId: deps.sdcId,
      mrcNo: deps.mrcNo,
    },
    signedAt: signedAt.toISOString(),
  };
}
