import { daysBetween, localDay, localStamp } from "../../fiscal/calendar.ts";
import { type Decimal, decimal, divide, HUNDRED, max, ONE, sum, ZERO } from "../../fiscal/decimal.ts";
import type { ItemKey, PricedLine, PricedSale } from "../../fiscal/sale.ts";
import { cut, tidy } from "../../fiscal/text.ts";
import { NO_PACKAGING, PAYMENT_CODES, PIECES, quantityUnit, type UnitMap } from "./codes.ts";
import { RWANDA } from "./jurisdiction.ts";
import { type LineArithmetic, type WireAmounts, wireAmounts, wireName } from "./line-arithmetic.ts";
import type { SaleLineRequest, SaveSalesRequest } from "./sale-schema.ts";

export interface Seller {
  tin: string;
  branchId: string;
  tradeName: string | null;
  address: string | null;
  topMessage: string | null;
  bottomMessage: string | null;
  /** Calendar day of the device's initialisation, yyyy-mm-dd. */
  initialisedOn: string;
  units: UnitMap;
}

/** Who acts: our number of the user and the name. */
export interface Actor {
  number: string;
  name: string;
}

export interface SaleFrame {
  seller: Seller;
  actor: Actor;
  invoiceNumber: bigint;
  frozenAt: Date;
  arithmetic: LineArithmetic;
  itemCode: (key: ItemKey) => string;
}

const TAX_CLASSES = ["A", "B", "C", "D"] as const;
type TaxClass = (typeof TAX_CLASSES)[number];

/** Fiscal rules 9–14 for a sale. Amounts VAT-inclusive RWF; times Kigali. */
export function saleRequest(sale: PricedSale, frame: SaleFrame): SaveSalesRequest {
  const itemList = saleLines(sale, frame);
  const { seller, actor, frozenAt } = frame;
  const total = sum(itemList.map((line) => line.totAmt));
  return {
    tin: seller.tin,
    bhfId: seller.branchId,
    invcNo: decimal(frame.invoiceNumber),
    orgInvcNo: ZERO,
    custTin: sale.buyer.tin,
    prcOrdCd: sale.buyer.tin === null ? null : sale.buyer.purchaseCode,
    custNm: textOf(sale.buyer.name, 60),
    salesTyCd: "N",
    rcptTyCd: "S",
    pmtTyCd: PAYMENT_CODES[sale.payment],
    salesSttsCd: "02",
    cfmDt: localStamp(frozenAt, RWANDA),
    salesDt: sale.date.replaceAll("-", ""),
    stockRlsDt: null,
    cnclReqDt: null,
    cnclDt: null,
    rfdDt: null,
    rfdRsnCd: null,
    totItemCnt: count(itemList.length),
    ...classTotals(itemList),
    totTaxblAmt: total,
    totTaxAmt: sum(itemList.map((line) => line.taxAmt)),
    totAmt: total,
    prchrAcptcYn: "N",
    remark: textOf(sale.documentNumber, 400),
    regrId: cut(actor.number, 20),
    regrNm: actorName(actor),
    modrId: cut(actor.number, 20),
    modrNm: actorName(actor),
    receipt: {
      custTin: sale.buyer.tin,
      custMblNo: textOf(sale.buyer.mobile, 20),
      rptNo: count(1 + daysBetween(seller.initialisedOn, localDay(frozenAt, RWANDA))),
      trdeNm: textOf(seller.tradeName, 20),
      adrs: textOf(seller.address, 200),
      topMsg: textOf(seller.topMessage, 20),
      btmMsg: textOf(seller.bottomMessage, 20),
      prchrAcptcYn: "N",
    },
    itemList,
  };
}

function saleLines(sale: PricedSale, frame: SaleFrame): SaleLineRequest[] {
  const wire = sale.lines.flatMap((line) =>
    wireAmounts(line, frame.arithmetic).map((amounts) => ({ line, amounts })),
  );
  return wire.map(({ line, amounts }, index) => saleLine(line, amounts, index + 1, frame));
}

function saleLine(
  line: PricedLine,
  amounts: WireAmounts,
  sequence: number,
  frame: SaleFrame,
): SaleLineRequest {
  const taxPart = divide(amounts.total.times(line.ratePercent), HUNDRED.plus(line.ratePercent));
  return {
    itemSeq: count(sequence),
    itemCd: frame.itemCode(line.itemKey),
    itemClsCd: line.itemClass,
    itemNm: wireName(line, amounts.folded),
    bcd: null,
    pkgUnitCd: NO_PACKAGING,
    pkg: max(amounts.quantity, ONE),
    qtyUnitCd: amounts.folded ? PIECES : quantityUnit(line.unit, frame.seller.units),
    qty: amounts.quantity,
    prc: amounts.price,
    splyAmt: amounts.supply,
    dcRt: amounts.discountPercent,
    dcAmt: amounts.discount,
    isrccCd: null,
    isrccNm: null,
    isrcRt: null,
    isrcAmt: null,
    taxTyCd: taxClassOf(line.taxClass),
    taxblAmt: amounts.total,
    taxAmt: taxPart,
    totAmt: amounts.total,
  };
}

/** Rule 12: all twelve class fields, sums over the wire lines. */
function classTotals(lines: SaleLineRequest[]) {
  const of = (taxClass: TaxClass, field: "taxblAmt" | "taxAmt"): Decimal =>
    sum(lines.filter((line) => line.taxTyCd === taxClass).map((line) => line[field]));
  const rate = (taxClass: TaxClass) => RWANDA.taxClasses[taxClass]?.ratePercent ?? ZERO;
  return {
    taxblAmtA: of("A", "taxblAmt"),
    taxblAmtB: of("B", "taxblAmt"),
    taxblAmtC: of("C", "taxblAmt"),
    taxblAmtD: of("D", "taxblAmt"),
    taxRtA: rate("A"),
    taxRtB: rate("B"),
    taxRtC: rate("C"),
    taxRtD: rate("D"),
    taxAmtA: of("A", "taxAmt"),
    taxAmtB: of("B", "taxAmt"),
    taxAmtC: of("C", "taxAmt"),
    taxAmtD: of("D", "taxAmt"),
  };
}

function taxClassOf(taxClass: string): TaxClass {
  const known = TAX_CLASSES.find((letter) => letter === taxClass);
  if (!known) throw new Error(`bug: tax class ${taxClass} is not Rwandan`);
  return known;
}

function count(value: number): Decimal {
  return decimal(String(value));
}

export function actorName(actor: Actor): string {
  return cut(tidy(actor.name) ?? actor.number, 60);
}

/** Tidied and cut; null when blank. */
function textOf(text: string | null, length: number): string | null {
  const tidied = tidy(text);
  return tidied === null ? null : cut(tidied, length);
}
