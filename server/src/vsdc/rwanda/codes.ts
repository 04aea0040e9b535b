import type { GoodsKind } from "../../fiscal/document.ts";
import { lookup } from "../../fiscal/lookup.ts";
import type { PaymentKind } from "../../fiscal/sale.ts";

/** Code class 07. */
export const PAYMENT_CODES: Record<PaymentKind, string> = {
  cash: "01",
  credit: "02",
  "cash-credit": "03",
  cheque: "04",
  card: "05",
  "mobile-money": "06",
  other: "07",
};

/** Code class 24: finished product, service. */
export const PRODUCT_TYPES: Record<GoodsKind, string> = { goods: "2", service: "3" };

export const PIECES = "U";
/** Code class 17. */
export const NO_PACKAGING = "NT";

export const QUANTITY_UNIT_CLASS = "10";
/** Code class 10, every quantity unit of RRA's table (docs/vsdc.md#codes). */
export const QUANTITY_UNITS: ReadonlySet<string> = new Set(
  "4B AV BA BE BG BL BLL BX CA CEL CMT CR DR DZ GLL GRM GRO KG KTM KWT L LBR LK LTR M M2 M3 MGM MTR MWT NO NX PA PG PR RL RO SET ST TNE TU U YRD".split(
    " ",
  ),
);

/** Units as people write them in Zoho Books, lower case; a business adds its own. */
const USUAL_UNITS: Readonly<Record<string, string>> = {
  bag: "BG",
  bags: "BG",
  box: "BX",
  boxes: "BX",
  can: "CA",
  cm: "CMT",
  dozen: "DZ",
  dz: "DZ",
  g: "GRM",
  gram: "GRM",
  grams: "GRM",
  kg: "KG",
  kgs: "KG",
  km: "KTM",
  l: "LTR",
  litre: "LTR",
  litres: "LTR",
  liter: "LTR",
  ltr: "LTR",
  m: "MTR",
  metre: "MTR",
  meter: "MTR",
  m2: "M2",
  sqm: "M2",
  m3: "M3",
  mg: "MGM",
  pair: "PR",
  pcs: PIECES,
  pc: PIECES,
  piece: PIECES,
  pieces: PIECES,
  roll: "RO",
  set: "SET",
  t: "TNE",
  tonne: "TNE",
  yd: "YRD",
  yard: "YRD",
};

export type UnitMap = Readonly<Record<string, string>>;

/** The quantity unit code of a Zoho unit: the business's table (keys in lower case), ours, else pieces (fiscal rules §5). */
export function quantityUnit(unit: string | null, own: UnitMap): string {
  if (unit === null) return PIECES;
  const key = unit.toLowerCase();
  const mapped = lookup(own, key) ?? lookup(USUAL_UNITS, key);
  const code = unit.toUpperCase();
  return mapped ?? (QUANTITY_UNITS.has(code) ? code : PIECES);
}
