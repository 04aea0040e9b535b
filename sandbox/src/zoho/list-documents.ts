import type { Literal, LiteralObject } from "../vsdc/literal-json.ts";
import type { Bookable } from "./change-document.ts";
import { parseDocument } from "./documents.ts";
import { pageOf, pick } from "./list-page.ts";

const LISTED_FIELDS = [
  "invoice_id",
  "invoice_number",
  "creditnote_id",
  "creditnote_number",
  "customer_id",
  "customer_name",
  "status",
  "reference_number",
  "date",
  "due_date",
  "currency_id",
  "currency_code",
  "exchange_rate",
  "total",
  "balance",
  "email",
  "salesperson_name",
  "is_emailed",
  "has_attachment",
  "created_time",
  "last_modified_time",
] as const;
const EQUAL_FILTERS = [
  "status",
  "date",
  "customer_id",
  "invoice_number",
  "creditnote_number",
  "reference_number",
] as const;
const REPORTS = { invoices: "Invoices", creditnotes: "Credit Notes" } as const satisfies Record<
  Bookable,
  string
>;

/** List rows carry no line_items: a client needs one more call per document. */
export function listDocuments(
  { kind, texts, rowsPerPage }: { kind: Bookable; texts: readonly string[]; rowsPerPage: number },
  query: URLSearchParams,
): { rows: string[]; context: Record<string, unknown> } {
  const order = query.get("sort_column") === "created_time" && query.get("sort_order") === "A" ? "A" : "D";
  // What is compared are texts: to keep each number's literal is slow, and left to the rows that are shown.
  const matching = texts
    .map((text) => ({ text, document: JSON.parse(text) as LiteralObject }))
    .filter(({ document }) => isWanted(document, query))
    .sort(({ document: a }, { document: b }) => (order === "A" ? newestFirst(b, a) : newestFirst(a, b)));
  const { shown, context } = pageOf(matching, query, rowsPerPage);
  return {
    rows: shown.map(({ text }) => JSON.stringify(pick(parseDocument(text), LISTED_FIELDS))),
    context: {
      ...context,
      report_name: REPORTS[kind],
      applied_filter: query.get("filter_by") ?? "Status.All",
      sort_column: "created_time",
      sort_order: order,
    },
  };
}

function isWanted(document: LiteralObject, query: URLSearchParams): boolean {
  const since = query.get("last_modified_time");
  if (since !== null && !(instantOf(document.last_modified_time) >= Date.parse(since))) return false;
  const { from, to } = { from: query.get("date_start"), to: query.get("date_end") };
  const day = String(document.date);
  if ((from !== null && day < from) || (to !== null && day > to)) return false;
  return EQUAL_FILTERS.every((name) => {
    const wanted = query.get(name);
    return wanted === null || wanted === "all" || document[name] === wanted;
  });
}

function newestFirst(a: LiteralObject, b: LiteralObject): number {
  const byTime = instantOf(b.created_time) - instantOf(a.created_time);
  return byTime || numberOf(b).localeCompare(numberOf(a));
}

function numberOf(document: LiteralObject): string {
  return String(document.invoice_number ?? document.creditnote_number);
}

function instantOf(value: Literal | undefined): number {
  const instant = typeof value === "string" ? Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, "$1:$2")) : 0;
  return Number.isNaN(instant) ? 0 : instant;
}
