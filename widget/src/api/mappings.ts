import { DeviceCodesSchema, ItemClassesSchema } from "@fiscalise/shared/api/devices.ts";
import {
  ClassSuggestionsSchema,
  type ItemMappingRequestSchema,
  ItemMappingSchema,
  ItemMappingsSchema,
  type ItemsMappingRequestSchema,
  MappedItemsSchema,
  type TaxMappingsChange,
  TaxMappingsSchema,
} from "@fiscalise/shared/api/mappings.ts";
import type * as z from "zod/mini";
import { jsonAs, type Request } from "../request.ts";
import { ask, withQuery } from "./ask.ts";

export const readTaxMappings = (request: Request, signal: AbortSignal) =>
  ask(request, "/tax-mappings", jsonAs(TaxMappingsSchema), { signal });

/** Taxes that are not named keep their class. */
export const changeTaxMappings = (request: Request, body: TaxMappingsChange) =>
  ask(request, "/tax-mappings", jsonAs(TaxMappingsSchema), { method: "PATCH", body });

export type ItemFilter = { search: string; unmapped: boolean; cursor: string | null; limit: number };

export const readItemMappings = (request: Request, filter: ItemFilter, signal: AbortSignal) =>
  ask(
    request,
    withQuery("/item-mappings", { ...filter, unmapped: filter.unmapped || null }),
    jsonAs(ItemMappingsSchema),
    { signal },
  );

export const saveItemMapping = (
  request: Request,
  key: string,
  body: z.infer<typeof ItemMappingRequestSchema>,
) =>
  ask(request, `/item-mappings/${encodeURIComponent(key)}`, jsonAs(ItemMappingSchema), {
    method: "PUT",
    body,
  });

export const saveItemMappings = (request: Request, body: z.infer<typeof ItemsMappingRequestSchema>) =>
  ask(request, "/item-mappings", jsonAs(MappedItemsSchema), { method: "PUT", body });

export const readSuggestions = (request: Request, key: string, signal: AbortSignal) =>
  ask(request, `/item-mappings/${encodeURIComponent(key)}/suggestions`, jsonAs(ClassSuggestionsSchema), {
    signal,
  });

const CLASSES_MAX = 20;
export const searchItemClasses = (request: Request, search: string, signal: AbortSignal) =>
  ask(request, withQuery("/item-classes", { search, limit: CLASSES_MAX }), jsonAs(ItemClassesSchema), {
    signal,
  });

const QUANTITY_UNITS = "10"; // docs/vsdc.md#codes
export const readUnits = (request: Request, signal: AbortSignal) =>
  ask(request, `/device-codes/${QUANTITY_UNITS}`, jsonAs(DeviceCodesSchema), { signal });
