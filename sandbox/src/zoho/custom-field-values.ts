import {
  isLiteralObject,
  isNumberLiteral,
  type Literal,
  type LiteralObject,
  numberLiteral,
} from "../vsdc/literal-json.ts";
import { type ApiError, refused, wrongValue } from "./books-call.ts";
import { customFieldHash } from "./invoice-parts.ts";

const TEXT_MAX = 255;
const LONG_TEXT_MAX = 36_000;
const MAX_LENGTHS: Readonly<Record<string, number>> = { multiline: LONG_TEXT_MAX, url: 2000 };

/** `custom_fields` and the hash after a write of `{customfield_id, value}` rows; `known` by their id. */
export function writeCustomFields(
  document: LiteralObject,
  { rows, known }: { rows: readonly Literal[]; known: ReadonlyMap<string, LiteralObject> },
): LiteralObject | ApiError {
  const values = new Map<string, LiteralObject>();
  for (const entry of rowsOf(document.custom_fields)) values.set(String(entry.customfield_id), entry);
  for (const row of rows) {
    if (!isLiteralObject(row) || !("value" in row)) return wrongValue("custom_fields");
    const id = row.customfield_id;
    const field = typeof id === "string" ? known.get(id) : undefined;
    if (typeof id !== "string" || !field) return wrongValue("customfield_id");
    const wrong = wrongFor(field, row.value);
    if (wrong) return wrong;
    if (row.value === "" || row.value === null) values.delete(id);
    else values.set(id, entryOf(field, row.value ?? ""));
  }
  const custom_fields = [...values.values()];
  return { custom_fields, custom_field_hash: customFieldHash(custom_fields) };
}

export function rowsOf(value: Literal | undefined): LiteralObject[] {
  return Array.isArray(value) ? value.filter(isLiteralObject) : [];
}

function entryOf(field: LiteralObject, value: Literal): LiteralObject {
  return {
    field_id: field.field_id ?? "",
    customfield_id: field.field_id ?? "",
    index: field.index ?? numberLiteral("1"),
    label: field.label ?? "",
    api_name: field.api_name ?? "",
    data_type: field.data_type ?? "string",
    value,
    value_formatted: isNumberLiteral(value) ? value.rawJSON : String(value),
    placeholder: field.api_name ?? "",
    is_active: true,
    show_on_pdf: field.show_on_pdf ?? false,
  };
}

function wrongFor({ data_type, label }: LiteralObject, value: Literal | undefined): ApiError | undefined {
  if (value === "" || value === null) return undefined;
  const type = String(data_type);
  if (type === "check_box") return typeof value === "boolean" ? undefined : wrongValue(String(label));
  if (["number", "decimal", "amount", "percent"].includes(type))
    return /^-?\d+(\.\d+)?$/.test(plain(value)) ? undefined : wrongValue(String(label));
  if (typeof value !== "string" && !isNumberLiteral(value)) return wrongValue(String(label));
  const text = plain(value);
  if (text.length > (MAX_LENGTHS[type] ?? TEXT_MAX))
    return refused(
      15,
      `Please ensure that the ${label} has less than ${MAX_LENGTHS[type] ?? TEXT_MAX} characters.`,
    );
  if (type === "date") return /^\d{4}-\d\d-\d\d$/.test(text) ? undefined : wrongValue(String(label));
  if (type === "url") return URL.canParse(text) ? undefined : wrongValue(String(label));
  return undefined;
}

function plain(value: Literal | undefined): string {
  return isNumberLiteral(value) ? value.rawJSON : String(value);
}
