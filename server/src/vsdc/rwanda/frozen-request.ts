import type { PricedSale } from "../../fiscal/sale.ts";
import { type ItemFacts, itemRequest, SaveItemsRequest } from "./item-request.ts";
import { type Actor, type SaleFrame, saleRequest } from "./sale-request.ts";
import { SaveSalesRequest } from "./sale-schema.ts";
import { serialise } from "./wire.ts";

/** Exactly these bytes go, on every attempt. */
export interface FrozenRequest {
  /** Below the device's base URL. */
  path: string;
  text: string;
}

/** A request that breaks the field tables is a bug in the rules, never the user's mistake: it throws. */
export function freezeSale(sale: PricedSale, frame: SaleFrame): FrozenRequest {
  return { path: "/trnsSales/saveSales", text: serialise(SaveSalesRequest.parse(saleRequest(sale, frame))) };
}

export function freezeItem(
  item: ItemFacts,
  seller: { tin: string; branchId: string; actor: Actor },
): FrozenRequest {
  return { path: "/items/saveItems", text: serialise(SaveItemsRequest.parse(itemRequest(item, seller))) };
}
