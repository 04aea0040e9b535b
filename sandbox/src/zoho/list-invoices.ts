import type { Literal, LiteralObject } from "../vsdc/literal-json.ts";
import { parseDocument } from "./documents.ts";
import { pageOf, pick } from "./list-page.ts";

const LISTED_FIELDS = [
  "invoice_id",
  "invoice_number",
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
const EQUAL_FILTERS = ["status", "date", "customer_id", "invoice_number", "reference_number"] as const;

/** List rows carry no line_items: a client needs one more call per document. */
export function listInvoices(
  texts: readonly string[],
  query: URLSearchParams,
): { rows: string[]; context: Record<string, unknown> } {
  const matching = texts
    .map(parseDocument)
    .filter((invoice) => isWanted(invoice, query))
    .sort((a, b) => newestFirst(a, b));
  const { shown, context } = pageOf(matching, query);
  return {
    rows: shown.map((invoice) => JSON.stringify(pick(invoice, LISTED_FIELDS))),
    context: {
      ...context,
      report_name: "Invoices",
      applied_filter: query.get("filter_by") ?? "Status.All",
      sort_column: "created_time",
      sort_order: "D",
    },
  };
}

function isWanted(invoice: LiteralObject, query: URLSearchParams): boolean {
  const since = query.get("last_modified_time");
  if (since !== null && !(instantOf(invoice.last_modified_time) >= Date.parse(since))) return false;
  return EQUAL_FILTERS.every((name) => {
    const wanted = query.get(name);
    return wanted === null || wanted === "all" || invoice[name] === wanted;
  });
}

function newestFirst(a: LiteralObject, b: LiteralObject): number {
  const byTime = instantOf(b.created_time) - instantOf(a.created_time);
  return byTime || String(b.invoice_number).localeCompare(String(a.invoice_number));
}

function instantOf(value: Literal | undefined): number {
  const instant = typeof value === "string" ? Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, "$1:$2")) : 0;
  return Number.isNaN(instant) ? 0 : instant;
}
