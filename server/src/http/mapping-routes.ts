import { DeviceCodesSchema, ItemClassesSchema } from "@fiscalise/shared/api/devices.ts";
import {
  ClassSuggestionsSchema,
  ItemKeySchema,
  ItemMappingRequestSchema,
  ItemMappingSchema,
  ItemMappingsSchema,
  ItemsMappingRequestSchema,
  MappedItemsSchema,
  TaxMappingsChangeSchema,
  TaxMappingsSchema,
} from "@fiscalise/shared/api/mappings.ts";
import { says } from "@fiscalise/shared/complaint.ts";
import * as z from "zod";
import {
  changeItemMapping,
  changeItemMappings,
  findOfficialClasses,
  viewDeviceCodes,
  viewItemMappings,
} from "../businesses/mappings/item-mappings.ts";
import { suggestItemClass } from "../businesses/mappings/suggest-item-class.ts";
import {
  changeTaxMappings,
  type TaxMappingDeps,
  viewTaxMappings,
} from "../businesses/mappings/tax-mappings.ts";
import { type Route, route } from "./route.ts";

const reading = { guard: "business", tag: "own business" } as const;
const changing = { guard: "business-admin", tag: "own business" } as const;

const ITEMS_PER_PAGE = 100;
const CLASSES_MAX = 50;
const limitUpTo = (most: number) => z.coerce.number().int().min(1).max(most).default(most);

const itemKey = z.object({ key: ItemKeySchema });
const searchText = z.string().trim().min(1).max(100);
const itemPosition = z.object({ name: z.string(), key: z.string() });
/** Where a list goes on; it opens no door, as a query sees its own business only. */
const itemCursor = z
  .string()
  .max(2_000)
  .transform((text, context) => {
    const parsed = itemPosition.safeParse(readJson(Buffer.from(text, "base64url").toString("utf8")));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: "custom", message: says("cursor") });
    return z.NEVER;
  });
const flag = z.enum(["true", "false"]).transform((text) => text === "true");
const itemsQuery = z.object({
  search: searchText.optional(),
  unmapped: flag.default(false),
  cursor: itemCursor.optional(),
  limit: limitUpTo(ITEMS_PER_PAGE),
});
const classesQuery = z.object({ search: searchText, limit: limitUpTo(CLASSES_MAX) });
const codeClass = z.object({ class: z.string().regex(/^\d{2}$/) });

export function mappingRoutes(deps: TaxMappingDeps): Route[] {
  return [
    route(
      {
        ...reading,
        id: "listItemMappings",
        method: "get",
        path: "/businesses/me/item-mappings",
        summary: "Items seen so far with their official class, general ones first",
        query: itemsQuery,
        answers: { 200: ItemMappingsSchema },
        example: { query: { search: "coffee", unmapped: "true" } },
      },
      async ({ actor, query: { search = null, unmapped: onlyUnmapped, cursor: after = null, limit } }) => {
        const { items, next } = await viewItemMappings(deps, {
          actor,
          query: { search, onlyUnmapped, after, limit },
        });
        return { status: 200, body: { items, nextCursor: next && cursorOf(next) } };
      },
    ),
    route(
      {
        ...changing,
        id: "changeItemMapping",
        method: "put",
        path: "/businesses/me/item-mappings/:key",
        summary: "Under which official class an item is sold",
        params: itemKey,
        body: ItemMappingRequestSchema,
        answers: { 200: ItemMappingSchema },
        problems: ["item-class-unknown", "action-not-allowed"],
        example: { params: { key: "shipping" }, body: { itemClass: "7810180200" } },
      },
      async ({ actor, params: { key }, body }) => ({
        status: 200,
        body: await changeItemMapping(deps, { actor, key, wanted: body }),
      }),
    ),
    route(
      {
        ...changing,
        id: "changeItemMappings",
        method: "put",
        path: "/businesses/me/item-mappings",
        summary: "One official class for several items, for all of them or none",
        body: ItemsMappingRequestSchema,
        answers: { 200: MappedItemsSchema },
        problems: ["item-class-unknown"],
        example: { body: { keys: ["shipping", "general:service"], itemClass: "7810180200" } },
      },
      async ({ actor, body: { keys, itemClass } }) => ({
        status: 200,
        body: { items: await changeItemMappings(deps, { actor, keys, itemClass }) },
      }),
    ),
    route(
      {
        ...reading,
        id: "suggestItemClass",
        method: "get",
        path: "/businesses/me/item-mappings/:key/suggestions",
        summary: "Official classes that share words with the item's name, with how sure that is",
        params: itemKey,
        answers: { 200: ClassSuggestionsSchema },
        example: { params: { key: "general:goods" } },
      },
      async ({ actor, params: { key } }) => ({
        status: 200,
        body: { items: await suggestItemClass(deps, { actor, key }) },
      }),
    ),
    route(
      {
        ...reading,
        id: "listTaxMappings",
        method: "get",
        path: "/businesses/me/tax-mappings",
        summary: "Zoho's taxes with their tax class",
        answers: { 200: TaxMappingsSchema },
        problems: ["zoho-grant-lost", "zoho-unavailable", "zoho-rate-limited"],
      },
      async ({ actor }) => ({ status: 200, body: { items: await viewTaxMappings(deps, actor) } }),
    ),
    route(
      {
        ...changing,
        id: "changeTaxMappings",
        method: "patch",
        path: "/businesses/me/tax-mappings",
        summary: "Choose tax classes, or take choices back; taxes not named keep theirs",
        body: TaxMappingsChangeSchema,
        answers: { 200: TaxMappingsSchema },
        problems: ["tax-class-mismatch", "zoho-grant-lost", "zoho-unavailable", "zoho-rate-limited"],
        example: { body: { mappings: [{ taxId: null, taxClass: "D" }] } },
      },
      async ({ actor, body: { mappings } }) => ({
        status: 200,
        body: { items: await changeTaxMappings(deps, { actor, wanted: mappings }) },
      }),
    ),
    route(
      {
        ...reading,
        id: "searchItemClasses",
        method: "get",
        path: "/businesses/me/item-classes",
        summary: "Official item classes, by the beginning of the code or by words of the name",
        query: classesQuery,
        answers: { 200: ItemClassesSchema },
        example: { query: { search: "coffee", limit: "10" } },
      },
      async ({ actor, query: { search, limit } }) => ({
        status: 200,
        body: { items: await findOfficialClasses(deps, { actor, search, limit }) },
      }),
    ),
    route(
      {
        ...reading,
        id: "listDeviceCodes",
        method: "get",
        path: "/businesses/me/device-codes/:class",
        summary: "One class of the device's code tables; 10 has the quantity units",
        params: codeClass,
        answers: { 200: DeviceCodesSchema },
        example: { params: { class: "10" } },
      },
      async ({ actor, params }) => ({
        status: 200,
        body: { items: await viewDeviceCodes(deps, { actor, codeClass: params.class }) },
      }),
    ),
  ];
}

function cursorOf(position: z.output<typeof itemPosition>): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
