import * as z from "zod/mini";
import { says } from "../complaint.ts";

/** Protocols a device may speak (docs/vsdc.md#transport). */
export const DEVICE_PROFILES = ["vsdc-1.0.5"] as const;
export const LINE_ARITHMETICS = ["natural", "exact"] as const;

/** Strict: a misspelt field must not leave the old value standing. The address itself is judged by the server. */
export const VsdcConfigRequestSchema = z.strictObject({
  baseUrl: z.string().check(z.minLength(1), z.maxLength(500)),
  branchId: z.string().check(z.regex(/^\d{2}$/, says("branch"))),
  serial: z.string().check(z.minLength(1), z.maxLength(100)),
  profile: z.enum(DEVICE_PROFILES),
  lineArithmetic: z.optional(z.enum(LINE_ARITHMETICS)),
});
export type VsdcConfigRequest = z.infer<typeof VsdcConfigRequestSchema>;

/** What a device that was installed before may not repeat, as a person reads it elsewhere. */
export const InstalledDeviceSchema = z.strictObject({
  lastInvoiceNumber: z.string().check(z.regex(/^(0|[1-9]\d{0,14})$/, says("number-length"))),
  vatRegistered: z.boolean(),
});
export type InstalledDevice = z.infer<typeof InstalledDeviceSchema>;

export const DeviceStepRequestSchema = z.extend(VsdcConfigRequestSchema, {
  /** Taken only where the device says that it is installed and nothing else. */
  installed: z.optional(InstalledDeviceSchema),
});
export type DeviceStepRequest = z.infer<typeof DeviceStepRequestSchema>;

export const VsdcConfigSchema = z.object({
  /** Null, as the two below, where what the predecessor left does not say; the set-up asks. */
  baseUrl: z.nullable(z.string()),
  branchId: z.nullable(z.string()),
  serial: z.nullable(z.string()),
  profile: z.enum(DEVICE_PROFILES),
  lineArithmetic: z.enum(LINE_ARITHMETICS),
  /** Null before set-up, step 2. */
  initialisedOn: z.nullable(z.string()),
  vatRegistered: z.nullable(z.boolean()),
  /** Since when VAT status and number are what a person entered; null where the device said them. */
  statedOn: z.nullable(z.string()),
  /** The last number given to a sale of this device. */
  lastInvoiceNumber: z.string(),
  codesSyncedAt: z.nullable(z.string()),
});
export type VsdcConfig = z.infer<typeof VsdcConfigSchema>;

export const VsdcStatusSchema = z.object({
  status: z.enum(["not-set-up", "not-yet-used", "answering", "not-answering"]),
  lastAnswerAt: z.nullable(z.string()),
  /** In a row, since the last answer. */
  failures: z.number(),
  /** The breaker is open until then; one probe follows. */
  restingUntil: z.nullable(z.string()),
  waiting: z.number(),
  oldestWaitingSince: z.nullable(z.string()),
});
export type VsdcStatus = z.infer<typeof VsdcStatusSchema>;

/** One of the authority's codes, from the device's own tables. */
export const DeviceCodesSchema = z.object({
  items: z.array(z.object({ code: z.string(), name: z.string() })),
});
export const ItemClassesSchema = z.object({
  items: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      level: z.nullable(z.number()),
      taxClass: z.nullable(z.string()),
    }),
  ),
});
export type ItemClasses = z.infer<typeof ItemClassesSchema>;
