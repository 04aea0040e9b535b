/** A number as its literal JSON text: `JSON.parse` alone would turn 0.1 and 2.500 into binary floats. */
export interface NumberLiteral {
  readonly rawJSON: string;
}

export type Literal = null | boolean | string | NumberLiteral | Literal[] | LiteralObject;
export interface LiteralObject {
  [key: string]: Literal;
}

interface LiteralJson {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): NumberLiteral;
  isRawJSON(value: unknown): value is NumberLiteral;
}
// The TypeScript library does not know the reviver's context and rawJSON yet; Node 24 has both.
const json = JSON as unknown as LiteralJson;

/** Parses; numbers keep their text, so `JSON.stringify` of the result gives the same literals back. */
export function parseLiteral(text: string): Literal {
  return json.parse(text, (_key, value, { source }) =>
    typeof value === "number" && source !== undefined ? json.rawJSON(source) : value,
  ) as Literal;
}

export function numberLiteral(text: string): NumberLiteral {
  return json.rawJSON(text);
}

export function isNumberLiteral(value: Literal | undefined): value is NumberLiteral {
  return json.isRawJSON(value);
}

export function isLiteralObject(value: Literal | undefined): value is LiteralObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isNumberLiteral(value);
}
