import { createHash } from "node:crypto";
import type { ItemKey, PricedSale } from "../fiscal/sale.ts";
import { type FrozenRequest, freezeSale } from "../vsdc/rwanda/frozen-request.ts";
import type { LineArithmetic } from "../vsdc/rwanda/line-arithmetic.ts";
import { readFrozenSale } from "../vsdc/rwanda/receipt-document.ts";
import type { Actor } from "../vsdc/rwanda/sale-request.ts";
import { type BusinessProfile, sellerOf } from "./business-profile.ts";

export interface FreezeInput {
  sale: PricedSale;
  profile: BusinessProfile;
  actor: Actor;
  invoiceNumber: bigint;
  arithmetic: LineArithmetic;
  itemCodes: Readonly<Record<string, string>>;
  now: Date;
}

export function freeze(input: FreezeInput) {
  const { sale, profile, actor, invoiceNumber, arithmetic, itemCodes, now } = input;
  const request = freezeSale(sale, {
    seller: sellerOf(profile),
    actor,
    invoiceNumber,
    frozenAt: now,
    arithmetic,
    itemCode: (key: ItemKey) => {
      const code = itemCodes[key];
      if (code === undefined) throw new Error(`bug: ${key} has no item code`);
      return code;
    },
  });
  return frozenColumns(request, { invoiceNumber, arithmetic, now });
}

/** The columns that hold a frozen request: the bytes never change while an outcome is unknown. */
export function frozenColumns(
  request: FrozenRequest,
  { invoiceNumber, arithmetic, now }: Pick<FreezeInput, "invoiceNumber" | "arithmetic" | "now">,
) {
  const { totAmt, totTaxAmt, custNm } = readFrozenSale(request.text);
  return {
    invoiceNumber,
    buyerName: custNm,
    total: totAmt,
    vat: totTaxAmt,
    lineArithmetic: arithmetic,
    frozenAt: now,
    requestPath: request.path,
    requestText: request.text,
    requestSha256: createHash("sha256").update(request.text).digest("hex"),
  };
}
