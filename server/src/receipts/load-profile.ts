import { type Branch, knownDevice } from "../db/branches.ts";
import { type Business, findBusiness, findItems, type Item } from "../db/businesses.ts";
import { listTaxMappings } from "../db/tax-mappings.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import type { ItemKey } from "../fiscal/sale.ts";
import {
  type BusinessProfile,
  BusinessSettingsSchema,
  type ItemSetting,
  ItemSettingSchema,
} from "./business-profile.ts";

export interface LoadedProfile extends BusinessProfile {
  business: Business;
  storedItems: ReadonlyMap<string, Item>;
}

/** The business as the rules see it, with the items a document names. */
export async function loadProfile(
  tx: BusinessTx,
  { branch, baseCurrency, itemKeys }: { branch: Branch; baseCurrency: string; itemKeys: string[] },
): Promise<LoadedProfile> {
  const business = await findBusiness(tx);
  if (!business) throw new Failure("not-found", "no such business");
  if (branch.initialisedOn === null || branch.vatRegistered === null) {
    throw new Failure("device-not-set-up", `branch ${branch.id} is not initialised`);
  }
  const stored = await findItems(tx, itemKeys);
  return {
    business,
    storedItems: new Map(stored.map((item) => [item.key, item])),
    tin: business.tin,
    name: business.name,
    address: business.address,
    baseCurrency,
    settings: BusinessSettingsSchema.parse(business.settings),
    taxMappings: await listTaxMappings(tx),
    items: new Map(stored.map((item) => [item.key as ItemKey, settingOf(item)])),
    branch: {
      id: knownDevice(branch).bhfId,
      vatRegistered: branch.vatRegistered,
      initialisedOn: branch.initialisedOn,
      lineArithmetic: branch.lineArithmetic,
    },
  };
}

function settingOf(item: Item): ItemSetting {
  const { itemClass, itemCode, country, unit } = item;
  return ItemSettingSchema.parse({ itemClass, itemCode, country, unit });
}
