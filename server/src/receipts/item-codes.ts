import type { ItemKey, PricedLine, PricedSale } from "../fiscal/sale.ts";
import { quantityUnit } from "../vsdc/rwanda/codes.ts";
import { itemCode } from "../vsdc/rwanda/item-code.ts";
import { type BusinessProfile, itemSetting } from "./business-profile.ts";

export interface NewItemCode {
  key: ItemKey;
  kind: PricedLine["itemKind"];
  itemCode: string;
  country: string;
  number: number;
}

/** Codes for the items of a sale that have none yet, numbered in line order from `firstNumber` (fiscal rules §5). */
export function newItemCodes(
  sale: PricedSale,
  business: BusinessProfile,
  firstNumber: number,
): NewItemCode[] {
  const found = new Map<ItemKey, NewItemCode>();
  for (const line of sale.lines) {
    const setting = itemSetting(business, line.itemKey);
    if (setting.itemCode !== null || found.has(line.itemKey)) continue;
    const number = firstNumber + found.size;
    const unit = line.itemKey.startsWith("item:") ? (setting.unit ?? line.unit) : null;
    const code = itemCode({
      country: setting.country,
      kind: line.itemKind,
      quantityUnit: quantityUnit(unit, business.settings.units),
      number,
    });
    found.set(line.itemKey, {
      key: line.itemKey,
      kind: line.itemKind,
      itemCode: code,
      country: setting.country,
      number,
    });
  }
  return [...found.values()];
}

/** The code of every item of a sale: kept ones and `added`. */
export function itemCodeLookup(
  business: BusinessProfile,
  added: readonly NewItemCode[],
): (key: ItemKey) => string {
  const fresh = new Map(added.map((item) => [item.key, item.itemCode]));
  return (key) => {
    const code = itemSetting(business, key).itemCode ?? fresh.get(key);
    if (!code) throw new Error(`bug: ${key} has no item code`);
    return code;
  };
}
