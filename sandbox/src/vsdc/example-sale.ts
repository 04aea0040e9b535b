import { TAX_CLASSES, TAX_RATES, type TaxClass } from "./codes.ts";
import { decimalText, divideHalfUp, parseDecimal, unitsAt } from "./decimal.ts";
import { kigaliTimestamp } from "./kigali-time.ts";

export interface ExampleLine {
  name?: string;
  itemCode?: string;
  quantity?: string;
  price?: string;
  taxClass?: TaxClass;
  /** Percent. */
  discountRate?: string;
}

export interface ExampleSale {
  tin: string;
  bhfId: string;
  invoiceNumber: number | string;
  lines?: readonly ExampleLine[];
  buyerTin?: string;
  purchaseCode?: string;
  refundOf?: number | string;
  now?: Date;
}

export const EXAMPLE_ITEM = "RW2NTXU0000001";

/** A saveSales body the device signs; tests and people start from it and break one thing. */
export function exampleSale(sale: ExampleSale) {
  const now = kigaliTimestamp(sale.now ?? new Date());
  const itemList = (sale.lines ?? [{}]).map(exampleLine);
  const sum = (field: "taxblAmt" | "taxAmt", letter?: TaxClass) =>
    amount(
      itemList
        .filter(({ taxTyCd }) => letter === undefined || taxTyCd === letter)
        .reduce((total, line) => total + hundredths(String(line[field])), 0n),
    );
  return {
    tin: sale.tin,
    bhfId: sale.bhfId,
    invcNo: Number(sale.invoiceNumber),
    orgInvcNo: Number(sale.refundOf ?? 0),
    custTin: sale.buyerTin ?? null,
    custNm: sale.buyerTin ? "Isoko Traders Ltd" : null,
    prcOrdCd: sale.purchaseCode ?? null,
    salesTyCd: "N",
    rcptTyCd: sale.refundOf === undefined ? "S" : "R",
    pmtTyCd: "01",
    salesSttsCd: sale.refundOf === undefined ? "02" : "05",
    cfmDt: now,
    salesDt: now.slice(0, 8),
    stockRlsDt: null,
    cnclReqDt: null,
    cnclDt: null,
    rfdDt: sale.refundOf === undefined ? null : now,
    rfdRsnCd: sale.refundOf === undefined ? null : "06",
    totItemCnt: itemList.length,
    ...perClass("taxblAmt", (letter) => sum("taxblAmt", letter)),
    ...perClass("taxRt", (letter) => Number(TAX_RATES[letter])),
    ...perClass("taxAmt", (letter) => sum("taxAmt", letter)),
    totTaxblAmt: sum("taxblAmt"),
    totTaxAmt: sum("taxAmt"),
    totAmt: sum("taxblAmt"),
    prchrAcptcYn: "N",
    remark: "INV-000101",
    regrId: "1",
    regrNm: "Aline Uwase",
    modrId: "1",
    modrNm: "Aline Uwase",
    receipt: {
      custTin: sale.buyerTin ?? null,
      custMblNo: null,
      rptNo: 1,
      trdeNm: "Umurava Supplies",
      adrs: "KN 4 Ave, Kigali",
      topMsg: "Murakaza neza",
      btmMsg: "Murakoze",
      prchrAcptcYn: "N",
    },
    itemList,
  };
}

function exampleLine(line: ExampleLine, index: number) {
  const { quantity = "1", price = "1180.00", taxClass = "B", discountRate = "0" } = line;
  const supply = divideHalfUp(hundredths(price) * hundredths(quantity), 100n);
  const discount = divideHalfUp(supply * hundredths(discountRate), 10_000n);
  const total = supply - discount;
  const rate = TAX_RATES[taxClass];
  return {
    itemSeq: index + 1,
    itemCd: line.itemCode ?? EXAMPLE_ITEM,
    itemClsCd: "4322260900",
    itemNm: line.name ?? "Network router",
    bcd: null,
    pkgUnitCd: "NT",
    pkg: 1,
    qtyUnitCd: "U",
    qty: Number(quantity),
    prc: price,
    splyAmt: amount(supply),
    dcRt: Number(discountRate),
    dcAmt: amount(discount),
    isrccCd: null,
    isrccNm: null,
    isrcRt: null,
    isrcAmt: null,
    taxTyCd: taxClass as string,
    taxblAmt: amount(total),
    taxAmt: amount(divideHalfUp(total * rate, 100n + rate)),
    totAmt: amount(total),
  };
}

export function exampleItem(identity: { tin: string; bhfId: string }, itemCd = EXAMPLE_ITEM) {
  return {
    ...identity,
    itemCd,
    itemClsCd: "4322260900",
    itemTyCd: "2",
    itemNm: "Network router",
    itemStdNm: null,
    orgnNatCd: "RW",
    pkgUnitCd: "NT",
    qtyUnitCd: "U",
    taxTyCd: "B",
    dftPrc: 1180,
    isrcAplcbYn: "N",
    useYn: "Y",
    regrId: "1",
    regrNm: "Aline Uwase",
    modrId: "1",
    modrNm: "Aline Uwase",
  };
}

function perClass<T>(prefix: string, of: (letter: TaxClass) => T): Record<string, T> {
  return Object.fromEntries(TAX_CLASSES.map((letter) => [`${prefix}${letter}`, of(letter)]));
}

function hundredths(text: string): bigint {
  return unitsAt(parseDecimal(text), 2);
}

function amount(units: bigint): string {
  return decimalText(units, 2);
}
