import * as z from "zod/mini";
import { says } from "../complaint.ts";
import { DecimalSchema } from "../money.ts";

export const TAX_CLASSES = ["A", "B", "C", "D"] as const;

/** A code of the authority's item classes. */
export const ItemClassSchema = z.string().check(z.regex(/^\d{8,10}$/, says("item-class")));

/** `item:<Zoho id>`, `general:goods`, `general:service` or `shipping`. */
export const ItemKeySchema = z
  .string()
  .check(z.regex(/^(item:[\x21-\x7e]{1,50}|general:goods|general:service|shipping)$/, says("item-key")));

export const ItemMappingSchema = z.object({
  key: z.string(),
  name: z.nullable(z.string()),
  kind: z.nullable(z.enum(["goods", "service"])),
  unit: z.nullable(z.string()),
  /** ISO country of origin. */
  country: z.string(),
  itemClass: z.nullable(z.string()),
  itemClassName: z.nullable(z.string()),
  /** Given at the first sale and kept for ever. */
  itemCode: z.nullable(z.string()),
});
export type ItemMapping = z.infer<typeof ItemMappingSchema>;
export const ItemMappingsSchema = z.object({
  items: z.array(ItemMappingSchema),
  nextCursor: z.nullable(z.string()),
});

export const ItemMappingRequestSchema = z.strictObject({
  itemClass: z.nullable(ItemClassSchema),
  country: z.optional(z.string().check(z.regex(/^[A-Z]{2}$/, says("country")))),
});

export const ITEMS_AT_ONCE_MAX = 200;
/** One class for several items. */
export const ItemsMappingRequestSchema = z.strictObject({
  keys: z.array(ItemKeySchema).check(z.minLength(1), z.maxLength(ITEMS_AT_ONCE_MAX)),
  itemClass: z.nullable(ItemClassSchema),
});
export const MappedItemsSchema = z.object({ items: z.array(ItemMappingSchema) });

export const ClassSuggestionsSchema = z.object({
  /** Likeliest first; none is ever chosen by itself. */
  items: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      confidence: z.enum(["high", "medium", "low"]),
      /** Words that both names have. */
      words: z.array(z.string()),
    }),
  ),
});
export type ClassSuggestion = z.infer<typeof ClassSuggestionsSchema>["items"][number];

export const TaxMappingsSchema = z.object({
  items: z.array(
    z.object({
      /** Null is Zoho's "no tax". */
      taxId: z.nullable(z.string()),
      /** As Zoho names it; null for one it no longer has. */
      name: z.nullable(z.string()),
      percentage: z.nullable(DecimalSchema),
      /** What the business chose; null: none, the rules decide or refuse. */
      taxClass: z.nullable(z.enum(TAX_CLASSES)),
      /** The class the rules give without a choice; null: they refuse. */
      byItself: z.nullable(z.enum(TAX_CLASSES)),
    }),
  ),
});
export type TaxMappings = z.infer<typeof TaxMappingsSchema>;

/** A tax that is not named keeps its class. */
export const TaxMappingsChangeSchema = z.strictObject({
  mappings: z
    .array(
      z.strictObject({
        taxId: z.nullable(z.string().check(z.regex(/^\d{1,30}$/))),
        /** Null: no choice any more. */
        taxClass: z.nullable(z.enum(TAX_CLASSES)),
      }),
    )
    .check(z.maxLength(200)),
});
export type TaxMappingsChange = z.infer<typeof TaxMappingsChangeSchema>;
