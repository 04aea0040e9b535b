import { eq, sql } from "drizzle-orm";
import type { Item } from "./businesses.ts";
import { items } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

/** Items every business has without an entry in Zoho's list. */
const GENERAL_ITEMS = sql`(values ('general:goods', 'goods'), ('general:service', 'service'), ('shipping', 'service'))`;

export interface ListedItem {
  key: string;
  name: string | null;
  kind: "goods" | "service" | null;
  unit: string | null;
  country: string;
  itemClass: string | null;
  itemClassName: string | null;
  itemCode: string | null;
}

export interface ItemQuery {
  /** Null before the business has a device. */
  branchId: string | null;
  /** Part of the name, in any case. */
  search: string | null;
  onlyUnmapped: boolean;
  /** The last one of the page before. */
  after: { name: string; key: string } | null;
  limit: number;
}

/** By name, general items first; one more than `limit` says that there are more. */
export async function listItemMappings(tx: BusinessTx, query: ItemQuery): Promise<ListedItem[]> {
  const { branchId, search, onlyUnmapped, after, limit } = query;
  const rows = await tx.sql.execute<{
    key: string;
    name: string | null;
    kind: ListedItem["kind"];
    unit: string | null;
    country: string;
    item_class: string | null;
    item_class_name: string | null;
    item_code: string | null;
  }>(sql`
    with listed as (
      select key, name, kind, unit, country, item_class, item_code from items
      union all
      select general.key, null, general.kind, null, 'RW', null, null
      from ${GENERAL_ITEMS} general (key, kind)
      where not exists (select from items where items.key = general.key)
    )
    select listed.*, item_classes.name as item_class_name
    from listed left join item_classes
      on item_classes.branch_id = ${branchId}::uuid and item_classes.code = listed.item_class
    where (${search}::text is null or strpos(lower(listed.name), lower(${search})) > 0)
      and (not ${onlyUnmapped}::boolean or item_class is null)
      and (${after?.key ?? null}::text is null
        or (coalesce(lower(listed.name), ''), listed.key) > (lower(${after?.name ?? ""}), ${after?.key ?? ""}))
    order by coalesce(lower(listed.name), ''), listed.key
    limit ${limit + 1}`);
  return rows.map(({ item_class, item_class_name, item_code, ...row }) => ({
    ...row,
    itemClass: item_class,
    itemClassName: item_class_name,
    itemCode: item_code,
  }));
}

/** Under its row lock. */
export async function lockItem(tx: BusinessTx, key: string): Promise<Item | null> {
  const [item] = await tx.sql.select().from(items).where(eq(items.key, key)).for("no key update");
  return item ?? null;
}

export async function mapItem(
  tx: BusinessTx,
  item: { key: string; kind: "goods" | "service" | null; itemClass: string | null; country: string },
): Promise<void> {
  const { itemClass, country } = item;
  await tx.sql
    .insert(items)
    .values({ ...item, businessId: tx.businessId })
    .onConflictDoUpdate({ target: [items.businessId, items.key], set: { itemClass, country } });
}
