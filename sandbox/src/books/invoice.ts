import * as z from "zod";

/** What the page draws of a Zoho invoice or credit note. Tolerant where Zoho is, so that odd ones can be looked at too. */
const figure = z
  .unknown()
  .optional()
  .transform((value) => Number.parseFloat(String(value)) || 0);
const text = z
  .unknown()
  .optional()
  .transform((value) => (["string", "number", "boolean"].includes(typeof value) ? String(value) : ""));
const flag = z
  .unknown()
  .optional()
  .transform((value) => value === true || value === "true");
const listOf = <T extends z.ZodType>(item: T) => z.array(item).catch([]);

const LineSchema = z.object({
  name: text,
  description: text,
  quantity: figure,
  unit: text,
  rate: figure,
  discount: text,
  discount_amount: figure,
  tax_name: text,
  tax_percentage: figure,
  item_total: figure,
  line_item_category: text,
  line_item_taxes: listOf(z.object({ tax_name: text, tax_amount: figure })),
});

const CustomFieldSchema = z.object({ label: text, api_name: text, value: text });

const AddressSchema = z
  .object({ address: text, street2: text, city: text, country: text, phone: text })
  .partial()
  .nullish()
  .catch(null);

export const ZohoInvoiceSchema = z.object({
  invoice_id: text,
  invoice_number: text,
  reference_number: text,
  date: text,
  due_date: text,
  status: text,
  customer_name: text,
  currency_code: text,
  exchange_rate: figure,
  is_inclusive_tax: flag,
  is_discount_before_tax: flag,
  discount_type: text,
  discount_total: figure,
  sub_total: figure,
  tax_total: figure,
  total: figure,
  balance: z
    .unknown()
    .optional()
    .transform((value) => (value === undefined ? undefined : Number.parseFloat(String(value)) || 0)),
  payment_made: figure,
  shipping_charge: figure,
  adjustment: figure,
  roundoff_value: figure,
  taxes: listOf(z.object({ tax_name: text, tax_amount: figure })),
  line_items: listOf(LineSchema),
  custom_fields: listOf(CustomFieldSchema),
  billing_address: AddressSchema,
  documents: listOf(z.object({ document_id: text, file_name: text, file_size: figure })),
  creditnote_id: text,
  creditnote_number: text,
  estimate_id: text,
  estimate_number: text,
  invoices_credited: listOf(z.object({ invoice_id: text, invoice_number: text, amount_applied: figure })),
  notes: text,
  terms: text,
  last_modified_time: text,
});
export type ZohoInvoice = z.infer<typeof ZohoInvoiceSchema>;
export type ZohoLine = ZohoInvoice["line_items"][number];

export function isHeaderRow(line: ZohoLine): boolean {
  return line.line_item_category === "header";
}
