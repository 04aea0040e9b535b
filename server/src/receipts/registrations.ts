import { decimal, round } from "../fiscal/decimal.ts";
import type { PricedSale } from "../fiscal/sale.ts";
import { tidy } from "../fiscal/text.ts";
import { quantityUnit } from "../vsdc/rwanda/codes.ts";
import { type FrozenRequest, freezeItem } from "../vsdc/rwanda/frozen-request.ts";
import type { Actor } from "../vsdc/rwanda/sale-request.ts";
import type { LoadedProfile } from "./load-profile.ts";

export interface Registration {
  key: string;
  /** What identifies the registered state: name, class, unit, tax class and default price (fiscal rules §5). */
  facts: string;
  request: FrozenRequest;
}

const GENERAL_NAMES: Readonly<Record<string, string>> = {
  "general:goods": "General goods",
  "general:service": "General service",
  shipping: "Shipping",
};

/** The items of a sale as the device should know them; one entry per item, the first line speaks. */
export function registrationsFor(
  sale: PricedSale,
  profile: LoadedProfile,
  { itemCodes, actor }: { itemCodes: Readonly<Record<string, string>>; actor: Actor },
): Registration[] {
  const found = new Map<string, Registration>();
  for (const line of sale.lines) {
    const itemCode = itemCodes[line.itemKey];
    if (found.has(line.itemKey) || itemCode === undefined) continue;
    const stored = profile.storedItems.get(line.itemKey);
    const unit = line.itemKey.startsWith("item:") ? (stored?.unit ?? line.unit) : null;
    const item = {
      itemCode,
      itemClass: line.itemClass,
      kind: line.itemKind,
      name: GENERAL_NAMES[line.itemKey] ?? tidy(stored?.name) ?? line.name,
      country: stored?.country ?? "RW",
      quantityUnit: quantityUnit(unit, profile.settings.units),
      taxClass: line.taxClass,
      defaultPrice: stored?.defaultPrice ? round(decimal(stored.defaultPrice), 2) : null,
    };
    const { itemClass, name, quantityUnit: unitCode, taxClass, defaultPrice } = item;
    const facts = JSON.stringify([name, itemClass, unitCode, taxClass, defaultPrice]);
    const request = freezeItem(item, { tin: profile.tin, branchId: profile.branch.id, actor });
    found.set(line.itemKey, { key: line.itemKey, facts, request });
  }
  return [...found.values()];
}
