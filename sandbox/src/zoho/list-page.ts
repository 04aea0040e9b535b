import type { LiteralObject } from "../vsdc/literal-json.ts";

const PER_PAGE_MAX = 200;

/** One page of a list and the `page_context` that says so. More than 200 rows a page are never given. */
export function pageOf<Row>(
  rows: readonly Row[],
  query: URLSearchParams,
  perPageMax: number = PER_PAGE_MAX,
): { shown: Row[]; context: { page: number; per_page: number; has_more_page: boolean } } {
  const page = wholeNumber(query.get("page"), 1);
  const perPage = Math.min(wholeNumber(query.get("per_page"), perPageMax), perPageMax);
  const context = { page, per_page: perPage, has_more_page: rows.length > page * perPage };
  return { shown: rows.slice((page - 1) * perPage, page * perPage), context };
}

/** A list row has a part of the fields of its document. */
export function pick(document: LiteralObject, names: readonly string[]): LiteralObject {
  return Object.fromEntries(
    names.filter((name) => name in document).map((name) => [name, document[name] ?? null]),
  );
}

function wholeNumber(text: string | null, otherwise: number): number {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : otherwise;
}
