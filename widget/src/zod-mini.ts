/**
 * The part of zod/mini the contracts use, at a tenth of its size: vite.config.ts puts it in zod/mini's place,
 * TypeScript still sees the real types, and test/zod-mini.test.ts holds it to the real verdicts.
 */
type Verdict = (value: unknown) => boolean;
type Result = { success: true; data: unknown } | { success: false };
type Schema = {
  accepts: Verdict;
  shape: Shape;
  check(...verdicts: Verdict[]): Schema;
  safeParse(value: unknown): Result;
};
type Shape = Record<string, Schema>;

function schema(accepts: Verdict, shape: Shape = {}): Schema {
  return {
    accepts,
    shape,
    check: (...verdicts) =>
      schema((value) => accepts(value) && verdicts.every((verdict) => verdict(value)), shape),
    safeParse: (value) => (accepts(value) ? { success: true, data: value } : { success: false }),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/* @__NO_SIDE_EFFECTS__ */
export const string = () => schema((value) => typeof value === "string");
/* @__NO_SIDE_EFFECTS__ */
export const number = () => schema(Number.isFinite);
/* @__NO_SIDE_EFFECTS__ */
export const int = () => schema(Number.isSafeInteger);
/* @__NO_SIDE_EFFECTS__ */
export const minimum =
  (least: number): Verdict =>
  (value) =>
    Number(value) >= least;
/* @__NO_SIDE_EFFECTS__ */
export const maximum =
  (most: number): Verdict =>
  (value) =>
    Number(value) <= most;
/* @__NO_SIDE_EFFECTS__ */
export const boolean = () => schema((value) => typeof value === "boolean");
/* @__NO_SIDE_EFFECTS__ */
export const literal = (wanted: unknown) => schema((value) => value === wanted);
/* @__NO_SIDE_EFFECTS__ */
const enumOf = (values: readonly unknown[]) => schema((value) => values.includes(value));
/* @__NO_SIDE_EFFECTS__ */
const nullOnly = () => literal(null);

export { enumOf as enum, nullOnly as null };
/* @__NO_SIDE_EFFECTS__ */
export const array = (item: Schema) => schema((value) => Array.isArray(value) && value.every(item.accepts));
/* @__NO_SIDE_EFFECTS__ */
export const object = (shape: Shape) =>
  schema(
    (value) => isRecord(value) && Object.keys(shape).every((key) => shape[key]?.accepts(value[key])),
    shape,
  );
/* @__NO_SIDE_EFFECTS__ */
export const strictObject = (shape: Shape) =>
  object(shape).check((value) => Object.keys(Object(value)).every((key) => key in shape));
/* @__NO_SIDE_EFFECTS__ */
export const extend = (inner: Schema, shape: Shape) => object({ ...inner.shape, ...shape });
/** Of a strict object: no contract makes another one partial. */
/* @__NO_SIDE_EFFECTS__ */
export const partial = (inner: Schema) =>
  strictObject(
    Object.fromEntries(Object.entries(inner.shape).map(([name, field]) => [name, optional(field)])),
  );
/* @__NO_SIDE_EFFECTS__ */
export const record = (_key: Schema, item: Schema) =>
  schema(
    (value) =>
      isRecord(value) &&
      Object.prototype.toString.call(value) === "[object Object]" &&
      Object.values(value).every(item.accepts),
  );
/* @__NO_SIDE_EFFECTS__ */
export const union = (options: Schema[]) =>
  schema((value) => options.some((option) => option.accepts(value)));
/* @__NO_SIDE_EFFECTS__ */
export const nullable = (inner: Schema) => schema((value) => value === null || inner.accepts(value));
/* @__NO_SIDE_EFFECTS__ */
export const optional = (inner: Schema) => schema((value) => value === undefined || inner.accepts(value));
/* @__NO_SIDE_EFFECTS__ */
export const uuid = () => string().check(regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i));
/* @__NO_SIDE_EFFECTS__ */
export const regex =
  (pattern: RegExp): Verdict =>
  (value) =>
    typeof value === "string" && pattern.test(value);
const lengthOf = (value: unknown) =>
  typeof value === "string" || Array.isArray(value) ? value.length : null;
/* @__NO_SIDE_EFFECTS__ */
export const minLength =
  (length: number): Verdict =>
  (value) =>
    (lengthOf(value) ?? -1) >= length;
/* @__NO_SIDE_EFFECTS__ */
export const maxLength =
  (length: number): Verdict =>
  (value) =>
    (lengthOf(value) ?? Number.POSITIVE_INFINITY) <= length;
