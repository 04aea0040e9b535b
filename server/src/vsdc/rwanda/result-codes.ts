import { lookup } from "../../fiscal/lookup.ts";

/** What a result code says about the call (docs/vsdc.md#result-codes). */
export type ResultClass =
  | "success"
  | "empty"
  | "business"
  | "validation"
  | "config"
  | "transient"
  | "ambiguous"
  | "ordering"
  | "rate"
  | "informational"
  | "duplicate";

/** RRA VSDC v1.0.5 §4.14 and codes seen on devices; sources in docs/vsdc.md#result-codes. */
export const RESULT_CLASSES: Readonly<Record<string, ResultClass>> = {
  "000": "success",
  "001": "empty",
  "603": "business",
  "881": "business",
  "882": "business",
  "883": "business",
  "884": "business",
  "891": "config",
  "892": "config",
  "893": "config",
  "894": "transient",
  "895": "config",
  "896": "ambiguous",
  "899": "ambiguous",
  "900": "config",
  "901": "config",
  "902": "informational",
  "903": "config",
  "910": "validation",
  "911": "config",
  "912": "config",
  "913": "validation",
  "921": "business",
  "922": "ordering",
  "924": "duplicate",
  "990": "rate",
  "991": "ambiguous",
  "992": "ambiguous",
  "993": "ambiguous",
  "994": "duplicate",
  "995": "empty",
  "999": "ambiguous",
};

/** An unlisted code proves nothing. */
export function resultClass(code: string): ResultClass {
  return lookup(RESULT_CLASSES, code) ?? "ambiguous";
}

/** Still definite after an attempt of the same bytes whose answer was lost: they would have been refused then too. */
export const REFUSED_EVEN_AFTER_UNKNOWN: ReadonlySet<string> = new Set(["881", "882", "884", "910", "913"]);

/** Our own lost success used the purchase code. */
export const PURCHASE_CODE_USED = "883";
