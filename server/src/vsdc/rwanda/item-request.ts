import * as z from "zod";
import { type Decimal, ZERO } from "../../fiscal/decimal.ts";
import type { GoodsKind } from "../../fiscal/document.ts";
import { cut } from "../../fiscal/text.ts";
import { NO_PACKAGING, PRODUCT_TYPES } from "./codes.ts";
import { NAME_LENGTH } from "./line-arithmetic.ts";
import { type Actor, actorName } from "./sale-request.ts";
import { amount, char, flagYn, optionalChar } from "./wire.ts";

/** What a registration tells the device; when any of it changes the item is registered again (fiscal rules §5). */
export interface ItemFacts {
  itemCode: string;
  itemClass: string;
  kind: GoodsKind;
  name: string;
  country: string;
  quantityUnit: string;
  taxClass: string;
  defaultPrice: Decimal | null;
}

const price = amount(18, 2);

/** `POST /items/saveItems` (docs/vsdc.md#items). */
export const SaveItemsRequest = z.strictObject({
  tin: char(9),
  bhfId: char(2),
  itemCd: char(20),
  itemClsCd: char(10),
  itemTyCd: char(5),
  itemNm: char(200),
  itemStdNm: optionalChar(200),
  orgnNatCd: char(5),
  pkgUnitCd: char(5),
  qtyUnitCd: char(5),
  taxTyCd: char(5),
  btchNo: z.null(),
  bcd: z.null(),
  dftPrc: price,
  grpPrcL1: z.null(),
  grpPrcL2: z.null(),
  grpPrcL3: z.null(),
  grpPrcL4: z.null(),
  grpPrcL5: z.null(),
  addInfo: z.null(),
  sftyQty: z.null(),
  isrcAplcbYn: flagYn,
  useYn: flagYn,
  regrId: char(20),
  regrNm: char(60),
  modrId: char(20),
  modrNm: char(60),
});
export type SaveItemsRequest = z.infer<typeof SaveItemsRequest>;

/** An item without a price of its own (general items, shipping) is registered at 0: the sale states the price. */
export function itemRequest(
  item: ItemFacts,
  { tin, branchId, actor }: { tin: string; branchId: string; actor: Actor },
): SaveItemsRequest {
  return {
    tin,
    bhfId: branchId,
    itemCd: item.itemCode,
    itemClsCd: item.itemClass,
    itemTyCd: PRODUCT_TYPES[item.kind],
    itemNm: cut(item.name, NAME_LENGTH),
    itemStdNm: null,
    orgnNatCd: item.country,
    pkgUnitCd: NO_PACKAGING,
    qtyUnitCd: item.quantityUnit,
    taxTyCd: item.taxClass,
    btchNo: null,
    bcd: null,
    dftPrc: item.defaultPrice ?? ZERO,
    grpPrcL1: null,
    grpPrcL2: null,
    grpPrcL3: null,
    grpPrcL4: null,
    grpPrcL5: null,
    addInfo: null,
    sftyQty: null,
    isrcAplcbYn: "N",
    useYn: "Y",
    regrId: cut(actor.number, 20),
    regrNm: actorName(actor),
    modrId: cut(actor.number, 20),
    modrNm: actorName(actor),
  };
}
