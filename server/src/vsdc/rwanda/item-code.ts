import type { GoodsKind } from "../../fiscal/document.ts";
import { NO_PACKAGING, PRODUCT_TYPES } from "./codes.ts";

export interface ItemCodeParts {
  /** ISO country of origin, two letters. */
  country: string;
  kind: GoodsKind;
  quantityUnit: string;
  /** Running number of the business, from 1. */
  number: number;
}

/** `RW2NTXU0000001`: origin, product type, packaging, unit, 7 digits; two-letter unit codes end in X (fiscal rules §5). */
export function itemCode({ country, kind, quantityUnit, number }: ItemCodeParts): string {
  const running = String(number).padStart(7, "0");
  return `${country}${PRODUCT_TYPES[kind]}${terminated(NO_PACKAGING)}${terminated(quantityUnit)}${running}`;
}

function terminated(unitCode: string): string {
  return unitCode.length === 2 ? `${unitCode}X` : unitCode;
}
