import tables from "./code-tables.json" with { type: "json" };
import { type Refusal, refuseCode } from "./result-codes.ts";

interface CodeClass {
  name: string;
  codes: { cd: string; sort: number; nm: string; desc?: string }[];
}

const CLASSES = tables.classes as Readonly<Record<string, CodeClass>>;
const CODES = new Map(
  Object.entries(CLASSES).map(([cdCls, { codes }]) => [cdCls, new Set(codes.map(({ cd }) => cd))]),
);
/** The day of the specification the tables come from: nothing in them is newer. */
export const TABLES_CHANGED_AT = "20230516000000";
export const TAX_RATES = { A: 0n, B: 18n, C: 0n, D: 0n } as const;
export type TaxClass = keyof typeof TAX_RATES;
export const TAX_CLASSES = Object.keys(TAX_RATES) as TaxClass[];

/** What `/code/selectCodes` answers: every class with its details. */
export function codeClassList(): unknown[] {
  return Object.entries(CLASSES)
    .sort(byCode)
    .map(([cdCls, { name, codes }]) => ({
      cdCls,
      cdClsNm: name,
      cdClsDesc: null,
      useYn: "Y",
      userDfnNm1: cdCls === "04" ? "Tax Rate" : null,
      userDfnNm2: null,
      userDfnNm3: null,
      dtlList: codes.map(({ cd, nm, sort, desc }) => ({
        cd,
        cdNm: nm,
        cdDesc: desc ?? nm,
        useYn: "Y",
        srtOrd: sort,
        userDfnCd1: cdCls === "04" ? String(TAX_RATES[cd as TaxClass]) : null,
        userDfnCd2: null,
        userDfnCd3: null,
      })),
    }));
}

function byCode([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

export function checkCode(path: string, cdCls: string, value: string | undefined): Refusal | undefined {
  if (value === undefined || CODES.get(cdCls)?.has(value)) return undefined;
  return refuseCode(path, value);
}
