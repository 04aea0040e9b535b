import { LINE_ARITHMETICS } from "@fiscalise/shared/api/devices.ts";
import type { Complaint } from "@fiscalise/shared/complaint.ts";
import { PROBLEM_WORDS } from "@fiscalise/shared/words/problems.ts";
import * as z from "zod";
import type { RefusalRef } from "../failure.ts";
import { readExactJson } from "../fiscal/exact-json.ts";
import type { ItemKey } from "../fiscal/sale.ts";
import { freezeSale } from "../vsdc/rwanda/frozen-request.ts";
import { readInvoice } from "../zoho/invoice.ts";
import {
  type BusinessProfile,
  BusinessSettingsSchema,
  composeSale,
  DaySchema,
  ItemSettingSchema,
  sellerOf,
  TaxMappingSchema,
} from "./business-profile.ts";
import { enterBuyer } from "./enter-buyer.ts";
import { itemCodeLookup, newItemCodes } from "./item-codes.ts";

/** Numbers arrive as literal text from `parseExactJson`. */
const whole = z
  .string()
  .regex(/^\d{1,15}$/, "must be a whole number")
  .transform(Number);
const bigWhole = z
  .string()
  .regex(/^[1-9]\d{0,37}$/, "must be a whole number from 1")
  .transform(BigInt);

const previewBusiness = BusinessSettingsSchema.extend({
  tin: z.string().regex(/^\d{9}$/, "must be 9 digits"),
  name: z.string().min(1),
  address: z.string().nullable().default(null),
  baseCurrency: z.string().min(1),
  branch: z.object({
    id: z.string().regex(/^\d{2}$/, "must be 2 digits"),
    vatRegistered: z.boolean(),
    initialisedOn: DaySchema,
    lineArithmetic: z.enum(LINE_ARITHMETICS).default("natural"),
    nextInvoiceNumber: bigWhole.default(1n),
  }),
  user: z.object({ number: z.string().min(1), name: z.string().min(1) }),
  taxMappings: z.array(TaxMappingSchema).default([]),
  items: z.record(z.string(), ItemSettingSchema).default({}),
  generalItems: z
    .object({ goods: ItemSettingSchema.optional(), service: ItemSettingSchema.optional() })
    .default({}),
  shippingItem: ItemSettingSchema.optional(),
  nextItemNumber: whole.default(1),
});
type PreviewBusiness = z.output<typeof previewBusiness>;

/** docs/preview.md */
export const PreviewCase = z.object({
  business: previewBusiness,
  document: z.record(z.string(), z.unknown()),
  entry: z.object({ customerTin: z.string().optional(), purchaseCode: z.string().optional() }).default({}),
  now: z.iso.datetime({ offset: true }).optional(),
});

export type PreviewResult =
  | { ok: true; path: string /** The exact text that would go. */; requestText: string }
  | { ok: false; problems: PreviewProblem[] }
  | { ok: false; caseErrors: { path: string; message: string }[] };

interface PreviewProblem extends RefusalRef {
  title: string;
  detail: string;
  remedy: string;
  fields?: Complaint[];
}

/** What would be sent for a case, or every reason why not. No database, no network. */
export function previewCase(text: string, clock: () => Date): PreviewResult {
  const parsed = PreviewCase.safeParse(readExactJson(text));
  if (!parsed.success) {
    const caseErrors = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    return { ok: false, caseErrors };
  }
  const { business: given, document: source, entry } = parsed.data;
  const now = parsed.data.now === undefined ? clock() : new Date(parsed.data.now);
  const read = readInvoice(source, given.customFields);
  if (read.kind === "unreadable") {
    return {
      ok: false,
      problems: [{ ...explain({ code: "document-unreadable", lines: [] }), fields: read.fields }],
    };
  }
  const business = profileOf(given);
  const prepared = composeSale(enterBuyer(read.document, entry), business, now);
  if (prepared.kind === "refused") return { ok: false, problems: prepared.refusals.list().map(explain) };
  const added = newItemCodes(prepared.sale, business, given.nextItemNumber);
  const frozen = freezeSale(prepared.sale, {
    seller: sellerOf(business),
    actor: given.user,
    invoiceNumber: given.branch.nextInvoiceNumber,
    frozenAt: now,
    arithmetic: given.branch.lineArithmetic,
    itemCode: itemCodeLookup(business, added),
  });
  return { ok: true, path: frozen.path, requestText: frozen.text };
}

function explain(refusal: RefusalRef): PreviewProblem {
  return { ...refusal, ...PROBLEM_WORDS[refusal.code].en };
}

function profileOf(given: PreviewBusiness): BusinessProfile {
  const items = new Map<ItemKey, z.output<typeof ItemSettingSchema>>();
  for (const [id, setting] of Object.entries(given.items)) items.set(`item:${id}`, setting);
  if (given.generalItems.goods) items.set("general:goods", given.generalItems.goods);
  if (given.generalItems.service) items.set("general:service", given.generalItems.service);
  if (given.shippingItem) items.set("shipping", given.shippingItem);
  return {
    tin: given.tin,
    name: given.name,
    address: given.address,
    baseCurrency: given.baseCurrency,
    settings: given,
    taxMappings: given.taxMappings,
    items,
    branch: given.branch,
  };
}
