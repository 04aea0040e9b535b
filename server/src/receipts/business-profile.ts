import { AUTO_FISCALISE, CLOSE_DAY, PAYMENT_KINDS } from "@fiscalise/shared/api/config.ts";
import { ItemClassSchema } from "@fiscalise/shared/api/mappings.ts";
import * as z from "zod";
import { localDay, readDay } from "../fiscal/calendar.ts";
import type { FiscalDocument } from "../fiscal/document.ts";
import { lookup } from "../fiscal/lookup.ts";
import { USUAL_PAYMENT_MODES } from "../fiscal/payment.ts";
import { type PreparedSale, prepareSale } from "../fiscal/prepare-sale.ts";
import type { ItemKey } from "../fiscal/sale.ts";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";
import { type LineArithmetic, wireAmounts } from "../vsdc/rwanda/line-arithmetic.ts";
import type { Seller } from "../vsdc/rwanda/sale-request.ts";

const taxClass = z.enum(["A", "B", "C", "D"]);
/** Whether RRA's table has it is judged where it is chosen: the device's own table may be newer than ours. */
const quantityUnit = z.string().regex(/^[A-Z0-9]{1,5}$/, "must be a quantity unit of RRA's table");
const printedLines = z.array(z.string().max(60)).max(3).default([]);
const optionalText = z.string().nullable().default(null);

export const CustomFieldNamesSchema = z.object({
  buyerTin: optionalText,
  purchaseCode: optionalText,
  contactTin: optionalText,
});

/** After how long the business wants to hear of it. */
const NoticeHoursSchema = z.object({
  deviceSilentHours: z.number().int().default(4),
  documentsWaitingHours: z.number().int().default(24),
});

/** What a business sets that the rules read; how it is stored is db/'s. */
export const BusinessSettingsSchema = z.object({
  topMessage: optionalText,
  bottomMessage: optionalText,
  headerLines: printedLines,
  footerLines: printedLines,
  autoFiscalise: z.enum(AUTO_FISCALISE).default("off"),
  /** The day it was switched on: what is dated before stays a person's, another system may have signed it. */
  autoFiscaliseFrom: z
    .string()
    .refine((text) => readDay(text) !== null)
    .nullable()
    .default(null),
  autoEnrolment: z.boolean().default(false),
  /** Adds an action of its own; nothing else behaves differently (docs/decisions/034). */
  trainingReceipts: z.boolean().default(false),
  closeDay: z.enum(CLOSE_DAY).default("off"),
  customFields: CustomFieldNamesSchema.prefault({}),
  notices: NoticeHoursSchema.prefault({}),
  defaultItemClasses: z
    .object({ goods: z.optional(ItemClassSchema), service: z.optional(ItemClassSchema) })
    .default({}),
  /** Zoho unit → RRA quantity unit, beside the usual ones; spelled in any case. */
  units: z.record(z.string(), quantityUnit).default({}).transform(lowerCaseKeys),
  /** Zoho payment mode → kind of payment, beside the usual ones. */
  paymentModes: z.record(z.string(), z.enum(PAYMENT_KINDS)).default({}).transform(lowerCaseKeys),
});
export type BusinessSettings = z.output<typeof BusinessSettingsSchema>;

export const TaxMappingSchema = z.object({
  /** Null is Zoho's "no tax". */
  taxId: z.string().nullable(),
  taxClass,
});

export const ItemSettingSchema = z.object({
  itemClass: z.nullable(ItemClassSchema).default(null),
  itemCode: z.string().min(1).max(20).nullable().default(null),
  /** ISO country of origin. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default("RW"),
  /** The item's own unit in Zoho; missing: that of the document's line. */
  unit: optionalText,
});
export type ItemSetting = z.output<typeof ItemSettingSchema>;

export const DaySchema = z.string().refine((text) => readDay(text) !== null, "must be a day, yyyy-mm-dd");

/** Everything of a business that the rules need to judge and price a document. */
export interface BusinessProfile {
  tin: string;
  name: string;
  address: string | null;
  baseCurrency: string;
  settings: BusinessSettings;
  taxMappings: z.output<typeof TaxMappingSchema>[];
  items: ReadonlyMap<ItemKey, ItemSetting>;
  branch: {
    id: string;
    vatRegistered: boolean;
    initialisedOn: string;
    lineArithmetic: LineArithmetic;
  };
}

/** The document as this business's sale, or every reason why not (docs/fiscal-rules.md). */
export function composeSale(document: FiscalDocument, business: BusinessProfile, now: Date): PreparedSale {
  const { settings, branch } = business;
  return prepareSale(document, {
    jurisdiction: RWANDA,
    baseCurrency: business.baseCurrency,
    today: localDay(now, RWANDA),
    taxes: {
      vatRegistered: branch.vatRegistered,
      mappedClass: (taxId) => business.taxMappings.find((tax) => tax.taxId === taxId)?.taxClass ?? null,
    },
    itemClasses: {
      mapped: (key) => business.items.get(key)?.itemClass ?? null,
      defaults: definedOnly(settings.defaultItemClasses),
    },
    paymentModes: { ...USUAL_PAYMENT_MODES, ...settings.paymentModes },
    supplyAmounts: (line) => wireAmounts(line, branch.lineArithmetic).map(({ supply }) => supply),
  });
}

export function sellerOf(business: BusinessProfile): Seller {
  return {
    tin: business.tin,
    branchId: business.branch.id,
    tradeName: business.name,
    address: business.address,
    topMessage: business.settings.topMessage,
    bottomMessage: business.settings.bottomMessage,
    initialisedOn: business.branch.initialisedOn,
    units: business.settings.units,
  };
}

/** The business's own entry for an item, with what an unlisted one gets. */
export function itemSetting(business: BusinessProfile, key: ItemKey): ItemSetting {
  return business.items.get(key) ?? ItemSettingSchema.parse({});
}

function definedOnly(classes: BusinessSettings["defaultItemClasses"]) {
  const goods = lookup(classes, "goods");
  const service = lookup(classes, "service");
  return { ...(goods && { goods }), ...(service && { service }) };
}

function lowerCaseKeys<T>(table: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key.trim().toLowerCase(), value]));
}
