import { decimal } from "./decimal.ts";

/** ECMAScript 2025's reviver context; not in TypeScript's library yet. */
type ExactParse = (
  text: string,
  reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
) => unknown;

/**
 * JSON with every number as its literal text, so that no amount passes through a float.
 * @throws SyntaxError
 */
export function parseExactJson(text: string): unknown {
  return parseNumbersAs(text, (literal) => literal);
}

/** The same with every number as an exact decimal: text stays apart from numbers. */
export function parseDecimalJson(text: string): unknown {
  return parseNumbersAs(text, decimal);
}

function parseNumbersAs(text: string, read: (literal: string) => unknown): unknown {
  const parse = JSON.parse as ExactParse;
  return parse(text, (_key, value, context) =>
    typeof value === "number" ? read(context.source ?? String(value)) : value,
  );
}

/** Null when the text is no JSON. */
export function readExactJson(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
