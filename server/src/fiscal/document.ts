import type { Decimal } from "./decimal.ts";

export type GoodsKind = "goods" | "service";
/** A line of the document, 1-based with header rows counted, or its shipping charge. */
export type LinePosition = number | "shipping";

/** A tax as the document states it on a line or on the shipping charge. */
export interface StatedTax {
  /** Null is the mappable entry "no tax". */
  taxId: string | null;
  /** Of a group: the sum of its parts. */
  percentage: Decimal;
  isGroup: boolean;
  /** Null when the document states no amount. */
  amount: Decimal | null;
}

export interface DocumentLine {
  position: number;
  itemId: string | null;
  /** The name, or the description when there is no name; white space and control characters collapsed. */
  name: string | null;
  kind: GoodsKind;
  unit: string | null;
  /** Null: missing or unreadable, which no line may be. */
  quantity: Decimal | null;
  rate: Decimal | null;
  /** Net of tax and of the item's own discount, also when prices include tax (docs/zoho.md#lines). */
  itemTotal: Decimal | null;
  discountAmount: Decimal | null;
  discountPercent: Decimal | null;
  /** `discount` given as an amount. */
  discountValue: Decimal | null;
  tax: StatedTax;
  /** Every amount of the line whose decimals are judged. */
  amounts: Decimal[];
}

export interface Shipping {
  charge: Decimal | null;
  exclusiveOfTax: Decimal | null;
  inclusiveOfTax: Decimal | null;
  tax: StatedTax;
}

export interface Buyer {
  tin: string | null;
  purchaseCode: string | null;
  name: string | null;
  mobile: string | null;
  /** The organisation lacks a field that would carry the TIN: none is no answer then. */
  lacksTinField?: boolean;
}

/** A source document as read from the books: known good in shape, not yet judged. Rates are in base currency per unit. */
export interface FiscalDocument {
  /** A proforma precedes the sale: it need not be final, and its buyer has no purchase code yet. */
  kind: "invoice" | "proforma";
  id: string | null;
  number: string | null;
  customerId: string | null;
  status: string | null;
  /** yyyy-mm-dd; null when missing or unreadable. */
  date: string | null;
  currencyCode: string | null;
  exchangeRate: Decimal | null;
  pricePrecision: Decimal | null;
  pricesIncludeTax: boolean;
  discountType: string | null;
  discountBeforeTax: boolean;
  discountTotal: Decimal | null;
  shipping: Shipping;
  adjustment: Decimal | null;
  roundoff: Decimal | null;
  total: Decimal | null;
  balance: Decimal | null;
  reverseChargeTax: Decimal | null;
  /** Without header rows. */
  lines: DocumentLine[];
  paymentModes: string[];
  buyer: Buyer;
}
