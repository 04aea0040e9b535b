import * as z from "zod";
import { amount, char, day8, flagYn, optionalChar, stamp14 } from "./wire.ts";

const money = amount(18, 2);

const saleLine = z.strictObject({
  itemSeq: amount(3, 0),
  itemCd: char(20),
  itemClsCd: char(10),
  itemNm: char(200),
  bcd: optionalChar(20),
  pkgUnitCd: char(5),
  pkg: amount(13, 2),
  qtyUnitCd: char(5),
  qty: amount(13, 2),
  prc: money,
  splyAmt: money,
  dcRt: amount(5, 2),
  dcAmt: money,
  isrccCd: z.null(),
  isrccNm: z.null(),
  isrcRt: z.null(),
  isrcAmt: z.null(),
  taxTyCd: z.enum(["A", "B", "C", "D"]),
  taxblAmt: money,
  taxAmt: money,
  totAmt: money,
});
export type SaleLineRequest = z.infer<typeof saleLine>;

const rate = amount(7, 2);

/** `POST /trnsSales/saveSales` (docs/vsdc.md#sales). Unknown fields are answered 910, so there are none. */
export const SaveSalesRequest = z.strictObject({
  tin: char(9),
  bhfId: char(2),
  invcNo: amount(38, 0),
  orgInvcNo: amount(38, 0),
  custTin: optionalChar(9),
  prcOrdCd: z.string().length(6).nullable(),
  custNm: optionalChar(60),
  salesTyCd: z.literal("N"),
  rcptTyCd: z.enum(["S", "R"]),
  pmtTyCd: char(5),
  salesSttsCd: char(5),
  cfmDt: stamp14,
  salesDt: day8,
  stockRlsDt: z.null(),
  cnclReqDt: z.null(),
  cnclDt: z.null(),
  rfdDt: stamp14.nullable(),
  rfdRsnCd: optionalChar(5),
  totItemCnt: amount(10, 0),
  taxblAmtA: money,
  taxblAmtB: money,
  taxblAmtC: money,
  taxblAmtD: money,
  taxRtA: rate,
  taxRtB: rate,
  taxRtC: rate,
  taxRtD: rate,
  taxAmtA: money,
  taxAmtB: money,
  taxAmtC: money,
  taxAmtD: money,
  totTaxblAmt: money,
  totTaxAmt: money,
  totAmt: money,
  prchrAcptcYn: flagYn,
  remark: optionalChar(400),
  regrId: char(20),
  regrNm: char(60),
  modrId: char(20),
  modrNm: char(60),
  receipt: z.strictObject({
    custTin: optionalChar(9),
    custMblNo: optionalChar(20),
    rptNo: amount(38, 0),
    trdeNm: optionalChar(20),
    adrs: optionalChar(200),
    topMsg: optionalChar(20),
    btmMsg: optionalChar(20),
    prchrAcptcYn: flagYn,
  }),
  itemList: z.array(saleLine).min(1).max(999),
});
export type SaveSalesRequest = z.infer<typeof SaveSalesRequest>;

const printable = (length: number) =>
  z
    .string()
    .max(length)
    .regex(/^[\x20-\x7e]+$/);

/** What the device returns when it signed; all seven are kept verbatim. */
export const SignedData = z.object({
  rcptNo: z.string().regex(/^\d{1,38}$/),
  totRcptNo: z.string().regex(/^\d{1,38}$/),
  intrlData: printable(100),
  rcptSign: printable(100),
  vsdcRcptPbctDate: stamp14,
  sdcId: printable(20),
  mrcNo: printable(20),
});
export type SignedData = z.infer<typeof SignedData>;
