import * as z from "zod/mini";
import { says } from "../complaint.ts";
import { LANGUAGES } from "../problem.ts";
import { EmailSchema } from "./auth.ts";

const text = (length: number) => z.string().check(z.maxLength(length), z.regex(/\S/, says("needed")));
export const PhoneSchema = z
  .string()
  .check(z.maxLength(20), z.regex(/^\+?[\d ()-]{6,20}$/, says("telephone")));
export const AddressSchema = text(200);
export const BusinessNameSchema = text(100);

/** What receipts print of the business; its TIN is the provider's to change. */
export const CompanySchema = z.strictObject({
  name: BusinessNameSchema,
  email: EmailSchema,
  phone: PhoneSchema,
  address: AddressSchema,
  language: z.enum(LANGUAGES),
});
export type Company = z.infer<typeof CompanySchema>;

const customField = z.nullable(z.string().check(z.regex(/^cf_\w{1,97}$/, says("api-name"))));

/** Custom fields of the organisation that carry what a receipt needs; null where there is none. */
export const CustomFieldsSchema = z.strictObject({
  buyerTin: customField,
  purchaseCode: customField,
  contactTin: customField,
});

export type CustomFields = z.infer<typeof CustomFieldsSchema>;

const fields = z.array(z.object({ apiName: z.string(), label: z.string() }));
/** What there is to choose from, as the organisation has it at this moment; labels are as its people see them. */
export const FieldChoicesSchema = z.object({ invoice: fields, contact: fields });
export type FieldChoices = z.infer<typeof FieldChoicesSchema>;
/** Of which records' fields each is one; of a credit note nothing is read but which invoice it refunds. */
export const FIELD_ENTITY = {
  buyerTin: "invoice",
  purchaseCode: "invoice",
  contactTin: "contact",
} as const satisfies Record<keyof CustomFields, keyof FieldChoices>;

export const SetupStatusSchema = z.object({
  company: z.object({ done: z.boolean() }),
  device: z.object({ done: z.boolean() }),
  zoho: z.object({ done: z.boolean() }),
  /** All three are done: receipts can be made. */
  ready: z.boolean(),
});
export type SetupStatus = z.infer<typeof SetupStatusSchema>;

export const ZohoStepSchema = z.strictObject({ customFields: CustomFieldsSchema });
