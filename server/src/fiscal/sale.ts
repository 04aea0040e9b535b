import { PAYMENT_KINDS } from "@fiscalise/shared/api/config.ts";
import * as z from "zod";
import { type Decimal, plain, readDecimal } from "./decimal.ts";

/** Exact decimals cross storage as text. */
const DecimalText = z.codec(
  z.string(),
  z.custom<Decimal>((value) => typeof value === "object"),
  {
    decode: (text) => {
      const value = readDecimal(text);
      if (value === null) throw new Error(`bug: stored decimal ${text}`);
      return value;
    },
    encode: plain,
  },
);

export type PaymentKind = (typeof PAYMENT_KINDS)[number];

/** `item:<Zoho item id>`, or one of the items every business has for what is not in its item list. */
export type ItemKey = `item:${string}` | "general:goods" | "general:service" | "shipping";

const PricedLineSchema = z.object({
  position: z.union([z.number(), z.literal("shipping")]),
  itemKey: z.custom<ItemKey>((value) => typeof value === "string"),
  itemKind: z.enum(["goods", "service"]),
  itemClass: z.string(),
  name: z.string(),
  unit: z.string().nullable(),
  quantity: DecimalText,
  /** What the line comes to, VAT-inclusive RWF (rule 8). */
  gross: DecimalText,
  /** Rate × quantity before any discount, VAT-inclusive RWF (rule 10's U). */
  undiscounted: DecimalText,
  hasDiscount: z.boolean(),
  /** The item discount's percentage when that is the line's only discount. */
  onlyDiscountPercent: DecimalText.nullable(),
  taxClass: z.string(),
  ratePercent: DecimalText,
});
export type PricedLine = z.infer<typeof PricedLineSchema>;

/** A sale after rules 1–8: what the device profile turns into its wire form. Stored with the submission. */
export const PricedSaleSchema = z.object({
  documentNumber: z.string().nullable(),
  /** Calendar day, yyyy-mm-dd. */
  date: z.string(),
  currencyCode: z.string().nullable(),
  /** RWF per unit of the document's currency, frozen. */
  exchangeRate: DecimalText,
  /** In the document's currency. */
  total: DecimalText,
  /** RWF. */
  grossTotal: DecimalText,
  payment: z.enum(PAYMENT_KINDS),
  buyer: z.object({
    tin: z.string().nullable(),
    purchaseCode: z.string().nullable(),
    name: z.string().nullable(),
    mobile: z.string().nullable(),
  }),
  lines: z.array(PricedLineSchema),
});
export type PricedSale = z.infer<typeof PricedSaleSchema>;
export type StoredSale = z.input<typeof PricedSaleSchema>;
