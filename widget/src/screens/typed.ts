import type { FiscaliseRequest } from "@fiscalise/shared/api/invoices.ts";

/** What she typed; undefined where she has not. */
export type Typed = { customerTin?: string; purchaseCode?: string };
export type TypedField = keyof Typed;

const FORMATS: Record<TypedField, RegExp> = { customerTin: /^[19]\d{8}$/, purchaseCode: /^[A-Za-z0-9]{6}$/ };

export const isWellFormed = (field: TypedField, value: string): boolean => FORMATS[field].test(value);

export function hasMistake(typed: Typed): boolean {
  return fieldsOf(typed).some(([field, value]) => value !== "" && !isWellFormed(field, value));
}

/** Half-typed values are not worth a question to the server. */
export function requestOf(typed: Typed): FiscaliseRequest {
  return Object.fromEntries(fieldsOf(typed).filter(([field, value]) => isWellFormed(field, value)));
}

const fieldsOf = (typed: Typed) => Object.entries(typed) as [TypedField, string][];
