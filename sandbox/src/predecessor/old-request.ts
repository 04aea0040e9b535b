/** Amounts as Python writes floats: 11800 becomes 11800.0. */
const float = (value: number) => `\u0001${Number.isInteger(value) ? `${value}.0` : value}\u0001`;

export interface OldSale {
  tin: string;
  bhfId: string;
  invoiceNumber: number;
  /** Of a refund: the number of the sale. */
  refundOf?: number;
  /** RWF, VAT 18 % included. */
  total: number;
  customer?: string;
  /** yyyymmddhhmmss */
  at: string;
}

/** What the predecessor sent for one line, as its JSON column keeps it. */
export function oldRequest({ tin, bhfId, invoiceNumber, refundOf, total, customer, at }: OldSale): string {
  const tax = Math.round((total * 1800) / 118) / 100;
  const none = float(0);
  const isRefund = refundOf !== undefined;
  const request = {
    ...{ tin, bhfId, invcNo: invoiceNumber, orgInvcNo: refundOf ?? 0, custTin: null, prcOrdCd: null },
    ...{ custNm: customer ?? null, salesTyCd: "N", rcptTyCd: isRefund ? "R" : "S", pmtTyCd: "01" },
    ...{ salesSttsCd: isRefund ? "05" : "02", cfmDt: at, salesDt: at.slice(0, 8), stockRlsDt: null },
    ...{ cnclReqDt: null, cnclDt: null, rfdDt: isRefund ? at : null, rfdRsnCd: isRefund ? "06" : null },
    ...{ totItemCnt: 1, taxblAmtA: none, taxblAmtB: float(total), taxblAmtC: none, taxblAmtD: none },
    ...{ taxRtA: none, taxRtB: float(18), taxRtC: none, taxRtD: none },
    ...{ taxAmtA: none, taxAmtB: float(tax), taxAmtC: none, taxAmtD: none },
    ...{ totTaxblAmt: float(total), totTaxAmt: float(tax), totAmt: float(total), prchrAcptcYn: "N" },
    ...{ remark: null, regrId: "admin", regrNm: "admin", modrId: "admin", modrNm: "admin" },
    receipt: {
      ...{ custTin: null, custMblNo: null, rptNo: 1, trdeNm: "Old shop", adrs: "KN 5 Rd 12, Kigali" },
      ...{ topMsg: "Murakaza neza", btmMsg: "Murakoze", prchrAcptcYn: "N" },
    },
    itemList: [
      {
        ...{ itemSeq: 1, itemCd: "RW1NTXU0000001", itemClsCd: "5059690800", itemNm: "Paper A4", bcd: null },
        ...{ pkgUnitCd: "NT", pkg: float(1), qtyUnitCd: "U", qty: float(1), prc: float(total) },
        ...{ splyAmt: float(total), dcRt: none, dcAmt: none, isrccCd: null, isrccNm: null, isrcRt: null },
        ...{ isrcAmt: null, taxTyCd: "B", taxblAmt: float(total), taxAmt: float(tax), totAmt: float(total) },
      },
    ],
  };
  return JSON.stringify(request).replaceAll(/"\\u0001(.*?)\\u0001"/g, "$1");
}

export interface OldReceipt {
  rcptNo: number;
  totRcptNo: number;
  intrlData: string;
  rcptSign: string;
  vsdcRcptPbctDate: string;
  sdcId: string;
  mrcNo: string;
}

export function oldAnswer(data: Partial<OldReceipt> | null, resultCd = "000"): string {
  return JSON.stringify({ resultCd, resultMsg: "It is succeeded", resultDt: "20251125130949", data });
}
