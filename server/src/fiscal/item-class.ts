import type { DocumentLine, GoodsKind } from "./document.ts";
import type { ItemKey } from "./sale.ts";

export interface ItemReference {
  key: ItemKey;
  kind: GoodsKind;
}

export interface ItemClasses {
  /** The official class mapped to an item, a general item or shipping. */
  mapped: (key: ItemKey) => string | null;
  defaults: Partial<Record<GoodsKind, string>>;
}

export const SHIPPING_ITEM: ItemReference = { key: "shipping", kind: "service" };

/** Free text stands for the general item of its kind. */
export function itemOf(line: Pick<DocumentLine, "itemId" | "kind">): ItemReference {
  return { key: line.itemId === null ? `general:${line.kind}` : `item:${line.itemId}`, kind: line.kind };
}

/** Fiscal rules §5: the mapping, else the default of the kind (not for shipping), else null. Never invented. */
export function itemClassOf(item: ItemReference, classes: ItemClasses): string | null {
  const mapped = classes.mapped(item.key);
  if (mapped !== null || item.key === "shipping") return mapped;
  return classes.defaults[item.kind] ?? null;
}
