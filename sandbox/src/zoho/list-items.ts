import type { LiteralObject } from "../vsdc/literal-json.ts";
import { parseDocument } from "./documents.ts";
import { pageOf, pick } from "./list-page.ts";

const LISTED_FIELDS = [
  "item_id",
  "name",
  "sku",
  "unit",
  "status",
  "description",
  "rate",
  "tax_id",
  "tax_name",
  "tax_percentage",
  "tax_type",
  "is_taxable",
  "item_type",
  "product_type",
  "created_time",
  "last_modified_time",
] as const;

const STATUS_OF: Readonly<Record<string, string | null>> = {
  "Status.All": null,
  "Status.Active": "active",
  "Status.Inactive": "inactive",
};
export const ITEM_FILTERS: readonly string[] = Object.keys(STATUS_OF);

/** In the order of their names. `search_text` looks into name, SKU and description (docs/sandbox.md#zoho). */
export function listItems(
  texts: readonly string[],
  query: URLSearchParams,
): { rows: string[]; context: Record<string, unknown> } {
  const filter = query.get("filter_by") ?? "Status.All";
  const wanted = texts
    .map(parseDocument)
    .filter((item) => isWanted(item, query))
    .filter(({ status }) => [null, status].includes(STATUS_OF[filter] ?? null))
    .sort((a, b) => textOf(a, "name").localeCompare(textOf(b, "name")));
  const { shown, context } = pageOf(wanted, query);
  return {
    rows: shown.map((item) => JSON.stringify(pick(item, LISTED_FIELDS))),
    context: {
      ...context,
      report_name: "Items",
      applied_filter: filter,
      sort_column: "name",
      sort_order: "A",
    },
  };
}

function isWanted(item: LiteralObject, query: URLSearchParams): boolean {
  const asked = (name: string) => query.get(name)?.trim().toLowerCase() ?? "";
  const name = textOf(item, "name");
  const all = [name, textOf(item, "sku"), textOf(item, "description")];
  return (
    all.some((text) => text.includes(asked("search_text"))) &&
    name.includes(asked("name_contains")) &&
    name.startsWith(asked("name_startswith")) &&
    (asked("name") === "" || name === asked("name")) &&
    (asked("sku") === "" || textOf(item, "sku") === asked("sku"))
  );
}

function textOf(item: LiteralObject, name: string): string {
  const value = item[name];
  return typeof value === "string" ? value.toLowerCase() : "";
}
