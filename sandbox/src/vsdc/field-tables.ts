/**
 * Field tables of the specification v1.0.5 (docs/vsdc.md#sales). `!` = required; NUMBER(digits,decimals);
 * DATE(14) = yyyyMMddHHmmss. `prcOrdCd` is real though the transcribed table omits it.
 */
export type FieldTable = Readonly<Record<string, string>>;

const IDENTITY = { tin: "CHAR(9)!", bhfId: "CHAR(2)!" };
const ACTORS = { regrId: "CHAR(20)!", regrNm: "CHAR(60)!", modrId: "CHAR(20)!", modrNm: "CHAR(60)!" };

export const INIT_FIELDS: FieldTable = { ...IDENTITY, dvcSrlNo: "CHAR(100)!" };
export const SINCE_FIELDS: FieldTable = { ...IDENTITY, lastReqDt: "DATE(14)!" };
export const CUSTOMER_FIELDS: FieldTable = { ...IDENTITY, custmTin: "CHAR(9)!" };

export const ITEM_FIELDS: FieldTable = {
  ...IDENTITY,
  itemClsCd: "CHAR(10)!",
  itemCd: "CHAR(20)!",
  itemTyCd: "CHAR(5)!",
  itemNm: "CHAR(200)!",
  itemStdNm: "CHAR(200)",
  orgnNatCd: "CHAR(5)!",
  pkgUnitCd: "CHAR(5)!",
  qtyUnitCd: "CHAR(5)!",
  taxTyCd: "CHAR(5)!",
  btchNo: "CHAR(10)",
  bcd: "CHAR(20)",
  dftPrc: "NUMBER(18,2)!",
  grpPrcL1: "NUMBER(18,2)",
  grpPrcL2: "NUMBER(18,2)",
  grpPrcL3: "NUMBER(18,2)",
  grpPrcL4: "NUMBER(18,2)",
  grpPrcL5: "NUMBER(18,2)",
  addInfo: "CHAR(7)",
  sftyQty: "NUMBER(13,2)",
  isrcAplcbYn: "YN!",
  useYn: "YN!",
  ...ACTORS,
};

export const SALE_FIELDS: FieldTable = {
  ...IDENTITY,
  invcNo: "NUMBER(38,0)!",
  orgInvcNo: "NUMBER(38,0)!",
  // The TIN's form has a code of its own (884), so no length here.
  custTin: "CHAR(1000)",
  custNm: "CHAR(60)",
  prcOrdCd: "CHAR(1000)",
  salesTyCd: "CHAR(5)!",
  rcptTyCd: "CHAR(5)!",
  pmtTyCd: "CHAR(5)",
  salesSttsCd: "CHAR(5)!",
  cfmDt: "DATE(14)!",
  salesDt: "DATE(8)!",
  stockRlsDt: "DATE(14)",
  cnclReqDt: "DATE(14)",
  cnclDt: "DATE(14)",
  rfdDt: "DATE(14)",
  rfdRsnCd: "CHAR(5)",
  totItemCnt: "NUMBER(10,0)!",
  ...perClass("taxblAmt", "NUMBER(18,2)!"),
  ...perClass("taxRt", "NUMBER(7,2)!"),
  ...perClass("taxAmt", "NUMBER(18,2)!"),
  totTaxblAmt: "NUMBER(18,2)!",
  totTaxAmt: "NUMBER(18,2)!",
  totAmt: "NUMBER(18,2)!",
  prchrAcptcYn: "YN!",
  remark: "CHAR(400)",
  ...ACTORS,
  receipt: "OBJECT!",
  itemList: "LIST!",
};

/** A topMsg of about 110 characters is accepted in live traffic although the table says 20. */
export const SALE_RECEIPT_FIELDS: FieldTable = {
  custTin: "CHAR(1000)",
  custMblNo: "CHAR(20)",
  rptNo: "NUMBER(38,0)",
  trdeNm: "CHAR(20)",
  adrs: "CHAR(200)",
  topMsg: "CHAR(200)",
  btmMsg: "CHAR(20)",
  prchrAcptcYn: "YN!",
};

/** itemExprDt and totDcAmt are not in the table, but live traffic carried them and they were accepted. */
export const SALE_LINE_FIELDS: FieldTable = {
  itemSeq: "NUMBER(3,0)!",
  itemClsCd: "CHAR(10)",
  itemCd: "CHAR(20)!",
  itemNm: "CHAR(200)!",
  bcd: "CHAR(20)",
  pkgUnitCd: "CHAR(5)!",
  pkg: "NUMBER(13,2)!",
  qtyUnitCd: "CHAR(5)!",
  qty: "NUMBER(13,2)!",
  itemExprDt: "DATE(8)",
  prc: "NUMBER(18,2)!",
  splyAmt: "NUMBER(18,2)!",
  dcRt: "NUMBER(5,2)!",
  dcAmt: "NUMBER(18,2)!",
  totDcAmt: "NUMBER(18,2)",
  isrccCd: "CHAR(10)",
  isrccNm: "CHAR(100)",
  isrcRt: "NUMBER(3,0)",
  isrcAmt: "NUMBER(18,2)",
  taxTyCd: "CHAR(5)!",
  taxblAmt: "NUMBER(18,2)!",
  taxAmt: "NUMBER(18,2)!",
  totAmt: "NUMBER(18,2)!",
};

function perClass(prefix: string, form: string): Record<string, string> {
  return Object.fromEntries(["A", "B", "C", "D"].map((letter) => [`${prefix}${letter}`, form]));
}
