import * as z from "zod/mini";
import { LANGUAGES } from "../problem.ts";
import { TinSchema } from "../tin.ts";
import { EmailSchema, PersonNameSchema } from "./auth.ts";
import { AddressSchema, BusinessNameSchema, PhoneSchema, SetupStatusSchema } from "./setup.ts";
import { OneTimeCodeSchema, UserSchema } from "./users.ts";

export const JURISDICTIONS = ["RW"] as const;
export const BUSINESS_STATUSES = ["active", "inactive"] as const;

export const BusinessSummarySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  tin: z.string(),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  address: z.nullable(z.string()),
  status: z.enum(BUSINESS_STATUSES),
  jurisdiction: z.enum(JURISDICTIONS),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type BusinessSummary = z.infer<typeof BusinessSummarySchema>;

export const BusinessSchema = z.extend(BusinessSummarySchema, {
  language: z.enum(LANGUAGES),
  statusSince: z.string(),
  setup: SetupStatusSchema,
  /** Null: the predecessor's addresses are off for it. `calls`: of the last 30 days, by what was asked. */
  predecessorApi: z.nullable(
    z.object({
      since: z.string(),
      lastOn: z.nullable(z.string()),
      calls: z.record(z.string(), z.number()),
    }),
  ),
});
export type Business = z.infer<typeof BusinessSchema>;

export const BusinessListSchema = z.object({
  items: z.array(BusinessSummarySchema),
  total: z.number(),
  page: z.number(),
  pageSize: z.number(),
});
export type BusinessList = z.infer<typeof BusinessListSchema>;

const details = {
  name: BusinessNameSchema,
  tin: TinSchema,
  email: EmailSchema,
  phone: PhoneSchema,
  address: AddressSchema,
  language: z.enum(LANGUAGES),
};

export const ProvisionRequestSchema = z.strictObject({
  ...details,
  jurisdiction: z.enum(JURISDICTIONS),
  admin: z.strictObject({ name: PersonNameSchema, email: EmailSchema }),
});
export type ProvisionRequest = z.infer<typeof ProvisionRequestSchema>;

export const ProvisionedSchema = z.object({
  business: BusinessSchema,
  admin: UserSchema,
  activation: OneTimeCodeSchema,
});
export type Provisioned = z.infer<typeof ProvisionedSchema>;

export const BusinessChangeSchema = z.strictObject({
  ...details,
  /** Whether the predecessor's addresses still answer it; absent: as it is. */
  predecessorApi: z.optional(z.boolean()),
});
export type BusinessChange = z.infer<typeof BusinessChangeSchema>;

/** For the business's first admin, or for the one named. */
export const ActivationRequestSchema = z.strictObject({ userId: z.optional(z.uuid()) });
