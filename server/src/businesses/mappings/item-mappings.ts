import type { ItemClasses } from "@fiscalise/shared/api/devices.ts";
import type { ItemMapping } from "@fiscalise/shared/api/mappings.ts";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { findBranch } from "../../db/branches.ts";
import type { Item } from "../../db/businesses.ts";
import { findDeviceCodes, findItemClass, searchItemClasses } from "../../db/device-codes.ts";
import { type ItemQuery, listItemMappings, lockItem, mapItem } from "../../db/item-mappings.ts";
import type { BusinessTx, WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { type ActingUser, actingUser, auditedBy } from "../../receipts/actor.ts";
import { requireBusiness } from "../../receipts/require-business.ts";
import { requireItemClass } from "../device/own-code-tables.ts";

interface MappingDeps {
  withBusiness: WithBusiness;
}

export interface ItemPage {
  items: ItemMapping[];
  /** Where the next page begins; null on the last one. */
  next: { name: string; key: string } | null;
}

/** The items Zoho's documents have named so far, and those every business has. */
export async function viewItemMappings(
  deps: MappingDeps,
  { actor, query }: { actor: Actor; query: Omit<ItemQuery, "branchId"> },
): Promise<ItemPage> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    const branch = await findBranch(tx);
    const found = await listItemMappings(tx, { ...query, branchId: branch?.id ?? null });
    const items = found.slice(0, query.limit);
    const last = items.at(-1);
    const hasMore = found.length > items.length && last !== undefined;
    return { items, next: hasMore ? { name: last.name ?? "", key: last.key } : null };
  });
}

const GENERAL_KINDS: Readonly<Record<string, "goods" | "service">> = {
  "general:goods": "goods",
  "general:service": "service",
  shipping: "service",
};

/**
 * Which official class an item is sold under. Null takes the choice back: the default of its kind holds then.
 * @throws Failure not-found, item-class-unknown, action-not-allowed when the country is in the item's code already
 */
export async function changeItemMapping(
  deps: MappingDeps,
  { actor, key, wanted }: { actor: Actor; key: string; wanted: WantedMapping },
): Promise<ItemMapping> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    await mapOne(tx, await actingUser(tx, actor), { key, wanted });
    return presentItem(tx, key);
  });
}

/**
 * One class for several items, for all of them or none; each is audited as if it were mapped alone.
 * @throws Failure not-found, item-class-unknown
 */
export async function changeItemMappings(
  deps: MappingDeps,
  { actor, keys, itemClass }: { actor: Actor; keys: readonly string[]; itemClass: string | null },
): Promise<ItemMapping[]> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    const user = await actingUser(tx, actor);
    const items: ItemMapping[] = [];
    // In one order for all: two admins at it at once wait for each other, never in a circle.
    for (const key of [...new Set(keys)].toSorted()) {
      await mapOne(tx, user, { key, wanted: { itemClass } });
      items.push(await presentItem(tx, key));
    }
    return items;
  });
}

interface WantedMapping {
  itemClass: string | null;
  country?: string | undefined;
}

async function mapOne(
  tx: BusinessTx,
  user: ActingUser,
  { key, wanted }: { key: string; wanted: WantedMapping },
): Promise<void> {
  const before = await lockItem(tx, key);
  const kind = before?.kind ?? GENERAL_KINDS[key] ?? null;
  if (!before && kind === null) throw new Failure("not-found", `no item ${key}`);
  const { itemClass, country = before?.country ?? "RW" } = wanted;
  if (itemClass !== null && itemClass !== before?.itemClass) await requireItemClass(tx, itemClass);
  requireCountryOpen(before, country);
  await mapItem(tx, { key, kind, itemClass, country });
  await recordAudit(tx, {
    ...auditedBy(user),
    action: "item-mapped",
    subject: `item:${key}`,
    detail: {
      itemClass,
      previousItemClass: before?.itemClass ?? null,
      country,
      previousCountry: before?.country ?? null,
    },
  });
}

/** The item code, given once and kept for ever, begins with the country. */
function requireCountryOpen(before: Item | null, country: string): void {
  if (before && before.itemCode !== null && before.country !== country)
    throw new Failure("action-not-allowed", `item code ${before.itemCode} holds the country`);
}

async function presentItem(tx: BusinessTx, key: string): Promise<ItemMapping> {
  const item = await lockItem(tx, key);
  if (!item) throw new Error("bug: a mapped item vanished");
  const branch = await findBranch(tx);
  const found = branch && item.itemClass !== null ? await findItemClass(tx, branch.id, item.itemClass) : null;
  const { name, kind, unit, country, itemClass, itemCode } = item;
  return { key, name, kind, unit, country, itemClass, itemClassName: found?.name ?? null, itemCode };
}

/** Official classes by the beginning of their code, or by all words of their name. */
export async function findOfficialClasses(
  deps: MappingDeps,
  { actor, search, limit }: { actor: Actor; search: string; limit: number },
): Promise<ItemClasses["items"]> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    const branch = await findBranch(tx);
    return branch ? searchItemClasses(tx, branch.id, { search, limit }) : [];
  });
}

export async function viewDeviceCodes(
  deps: MappingDeps,
  { actor, codeClass }: { actor: Actor; codeClass: string },
): Promise<{ code: string; name: string }[]> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    const branch = await findBranch(tx);
    return branch ? findDeviceCodes(tx, branch.id, codeClass) : [];
  });
}
