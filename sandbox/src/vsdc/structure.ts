import type { FieldTable } from "./field-tables.ts";
import { isCalendarTimestamp } from "./kigali-time.ts";
import { isLiteralObject, isNumberLiteral, type Literal, type LiteralObject } from "./literal-json.ts";
import { type Refusal, refuseField } from "./result-codes.ts";

/** Checks names, types, lengths, decimals and dates of one object against its field table. */
export function checkStructure(
  object: LiteralObject,
  table: FieldTable,
  { at = "", now }: { at?: string; now: string },
): Refusal | undefined {
  for (const name of Object.keys(object)) {
    if (!Object.hasOwn(table, name)) return refuseField(`${at}${name}`, "Unknown field");
  }
  for (const [name, form] of Object.entries(table)) {
    const refusal = checkField(object[name], form, { path: `${at}${name}`, now });
    if (refusal) return refusal;
  }
  return undefined;
}

/** Optional texts may be "" as well as null: live traffic sends both. */
export function isMissing(value: Literal | undefined): boolean {
  return value === undefined || value === null || value === "";
}

interface Form {
  type: string;
  first: number;
  second: number;
}
const FORMS = new Map<string, Form>();

function formOf(text: string): Form {
  const known = FORMS.get(text);
  if (known) return known;
  const [, type = "", first = "0", second = "0"] = /^([A-Z]+)(?:\((\d+)(?:,(\d+))?\))?!?$/.exec(text) ?? [];
  const form = { type, first: Number(first), second: Number(second) };
  FORMS.set(text, form);
  return form;
}

function checkField(
  value: Literal | undefined,
  form: string,
  { path, now }: { path: string; now: string },
): Refusal | undefined {
  if (value === undefined || isMissing(value)) {
    return form.endsWith("!") ? refuseField(path, "Must not be null or empty") : undefined;
  }
  const { type, first, second } = formOf(form);
  if (type === "NUMBER") return checkNumber(value, { path, digits: first, decimals: second });
  if (type === "OBJECT") return isLiteralObject(value) ? undefined : refuseField(path, "Must be an object");
  if (type === "LIST") return checkList(value, path);
  if (typeof value !== "string") return refuseField(path, "Must be a text");
  if (type === "DATE") return checkDate(value, { path, length: first === 8 ? 8 : 14, now });
  if (type === "YN") return value === "Y" || value === "N" ? undefined : refuseField(path, "Must be Y or N");
  if (value.length <= first) return undefined;
  return refuseField(path, `Length must be at most ${first}. rejected value: '${value.slice(0, 40)}'`);
}

/** Production clients send numbers as texts too; both must be plain decimals, without exponent or sign. */
function checkNumber(
  value: Literal,
  { path, digits, decimals }: { path: string; digits: number; decimals: number },
): Refusal | undefined {
  const text = isNumberLiteral(value) ? value.rawJSON : value;
  if (typeof text !== "string") return refuseField(path, "Must be a number");
  if (/^-\d/.test(text)) return refuseField(path, `Must not be negative. rejected value: '${text}'`);
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return refuseField(path, `Must be a plain number. rejected value: '${text.slice(0, 40)}'`);
  const [, whole = "", fraction = ""] = match;
  const form = decimals === 0 ? `NUMBER(${digits})` : `NUMBER(${digits},${decimals})`;
  const fits = whole.replace(/^0+/, "").length <= digits - decimals && fraction.length <= decimals;
  return fits ? undefined : refuseField(path, `Must fit ${form}. rejected value: '${text.slice(0, 60)}'`);
}

function checkDate(
  value: string,
  { path, length, now }: { path: string; length: 8 | 14; now: string },
): Refusal | undefined {
  if (!isCalendarTimestamp(value, length)) {
    const form = length === 14 ? "yyyyMMddHHmmss" : "yyyyMMdd";
    return refuseField(
      path,
      `Must be a valid date in ${form} format. rejected value: '${value.slice(0, 40)}'`,
    );
  }
  const expires = path.endsWith("itemExprDt");
  if (!expires && value > now.slice(0, length)) return refuseField(path, `Is in the future: '${value}'`);
  return undefined;
}

function checkList(value: Literal, path: string): Refusal | undefined {
  if (!Array.isArray(value) || value.length === 0) return refuseField(path, "Must be a list of items");
  const wrong = value.findIndex((entry) => !isLiteralObject(entry));
  return wrong < 0 ? undefined : refuseField(`${path}[${wrong}]`, "Must be an object");
}
