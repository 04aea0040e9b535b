import * as z from "zod/mini";
import { LANGUAGES } from "../problem.ts";
import { ZohoAutomationSchema } from "./automation.ts";
import { ItemClassSchema } from "./mappings.ts";
import { CompanySchema, CustomFieldsSchema } from "./setup.ts";

export const AUTO_FISCALISE = ["off", "on-sent", "on-approval"] as const;
/** Whether each day is closed by a Z report of itself. */
export const CLOSE_DAY = ["off", "at-2359"] as const;
export const PAYMENT_KINDS = [
  "cash",
  "credit",
  "cash-credit",
  "cheque",
  "card",
  "mobile-money",
  "other",
] as const;
const receiptLine = z.string().check(z.maxLength(60));
const deviceLine = z.nullable(z.string().check(z.maxLength(20)));
/** Zoho's smallest plan allows 1,000 a day, and a business may give us a part of it. */
export const DAILY_CALLS = { least: 100, most: 1_000_000 } as const;
const itemClass = z.nullable(ItemClassSchema);

const branding = {
  /** Printed under the business's name and at the foot; three lines each at most. */
  headerLines: z.array(receiptLine).check(z.maxLength(3)),
  footerLines: z.array(receiptLine).check(z.maxLength(3)),
  /** Sent with every sale and printed by the authority's own forms. */
  topMessage: deviceLine,
  bottomMessage: deviceLine,
};
const defaultItemClasses = { goods: itemClass, service: itemClass };
const policies = {
  autoFiscalise: z.enum(AUTO_FISCALISE),
  autoEnrolment: z.boolean(),
  /** How many calls a day Zoho's plan allows; null: not known. */
  dailyCallsMax: z.nullable(z.int().check(z.minimum(DAILY_CALLS.least), z.maximum(DAILY_CALLS.most))),
  closeDay: z.enum(CLOSE_DAY),
  /** Whether training receipts may be made. */
  trainingReceipts: z.boolean(),
  defaultItemClasses: z.object(defaultItemClasses),
  paymentModes: z
    .array(
      z.strictObject({
        mode: z.string().check(z.minLength(1), z.maxLength(60)),
        kind: z.enum(PAYMENT_KINDS),
      }),
    )
    .check(z.maxLength(100)),
  units: z
    .array(
      z.strictObject({
        unit: z.string().check(z.minLength(1), z.maxLength(60)),
        code: z.string().check(z.minLength(1), z.maxLength(5)),
      }),
    )
    .check(z.maxLength(200)),
};

export const ConfigSchema = z.object({
  /** As it is stored; before set-up, step 1, parts of it may be missing. */
  company: z.object({
    name: z.string(),
    email: z.nullable(z.string()),
    phone: z.nullable(z.string()),
    address: z.nullable(z.string()),
    language: z.enum(LANGUAGES),
  }),
  tin: z.string(),
  branding: z.object(branding),
  policies: z.object(policies),
  customFields: CustomFieldsSchema,
  /** Its picture is at `/businesses/me/logo`. */
  logoSha256: z.nullable(z.string()),
});
export type Config = z.infer<typeof ConfigSchema>;

/** What is left out, of whichever depth, stays as it is stored by then. A list is replaced whole. */
export const ConfigChangeSchema = z.strictObject({
  company: z.optional(z.partial(CompanySchema)),
  branding: z.optional(z.partial(z.strictObject(branding))),
  policies: z.optional(
    z.partial(
      z.strictObject({
        ...policies,
        defaultItemClasses: z.partial(z.strictObject(defaultItemClasses)),
      }),
    ),
  ),
  customFields: z.optional(z.partial(CustomFieldsSchema)),
});
export type ConfigChange = z.infer<typeof ConfigChangeSchema>;

export const ZohoConfigSchema = z.object({
  organization: z.nullable(
    z.object({
      id: z.string(),
      name: z.string(),
      baseCurrency: z.string(),
      status: z.enum(["connected", "lost"]),
      connectedAt: z.string(),
      /** What Zoho did not grant of what we asked for; connecting again asks anew. */
      missingScopes: z.array(z.string()),
    }),
  ),
  customFields: CustomFieldsSchema,
  automation: ZohoAutomationSchema,
});
export type ZohoConfig = z.infer<typeof ZohoConfigSchema>;
