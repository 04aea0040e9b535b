import type { Complaint } from "@fiscalise/shared/complaint.ts";
import * as z from "zod";
import { complaintsOf } from "../complaints.ts";
import { readDay } from "../fiscal/calendar.ts";
import { type Decimal, sum, ZERO } from "../fiscal/decimal.ts";
import type { DocumentLine, FiscalDocument, StatedTax } from "../fiscal/document.ts";
import { list } from "../fiscal/optional-list.ts";
import { tidy } from "../fiscal/text.ts";
import { discount, flag, lineNumber, number, text } from "./fields.ts";

/** The api names of the custom fields that carry buyer facts, as the business set them. */
export interface CustomFieldNames {
  buyerTin: string | null;
  purchaseCode: string | null;
  contactTin: string | null;
}

/** A custom field of the organisation, by the records it is a field of. */
export interface NamedField {
  entity: "invoice" | "contact";
  apiName: string;
}

/** `silent`: the fields named for the buyer's TIN that it does not list, so that nobody knows whether they exist. */
export type ReadDocument =
  | { kind: "read"; document: FiscalDocument; silent: NamedField[] }
  | { kind: "unreadable"; fields: Complaint[] };

/** A custom field may hold anything; only text and numbers say something here. */
const customField = z.object({ api_name: text, value: z.unknown().optional().transform(textOrNull) });
const fieldHash = z.union([z.record(z.string(), z.unknown()), z.tuple([]), z.literal("")]).nullish();

const lineTax = z.object({ tax_amount: number, tax_percentage: number });

const soldLine = z.object({
  item_id: text,
  name: text,
  description: text,
  product_type: text,
  line_item_category: text,
  unit: text,
  quantity: lineNumber,
  rate: lineNumber,
  item_total: lineNumber,
  discount,
  discount_amount: number,
  tax_id: text,
  tax_type: text,
  tax_percentage: number,
  line_item_taxes: list(lineTax),
});
type ZohoLine = z.infer<typeof soldLine>;

const headerRow = z.object({
  line_item_category: z.string().trim().toLowerCase().pipe(z.literal("header")),
});
/** A header row carries no money: nothing else of it is read. */
const invoiceLine = z.preprocess((row) => headerRow.safeParse(row).data ?? row, soldLine);

const contactPerson = z.object({ mobile: text, is_primary_contact: flag });

const zohoInvoice = z.object({
  invoice_id: text,
  invoice_number: text,
  status: text,
  date: text,
  currency_code: text,
  exchange_rate: number,
  price_precision: number,
  is_inclusive_tax: flag,
  discount_type: text,
  is_discount_before_tax: flag,
  discount_total: number,
  shipping_charge: number,
  shipping_charge_exclusive_of_tax: number,
  shipping_charge_inclusive_of_tax: number,
  shipping_charge_tax: number,
  shipping_charge_tax_id: text,
  shipping_charge_tax_type: text,
  shipping_charge_tax_percentage: number,
  adjustment: number,
  roundoff_value: number,
  total: number,
  balance: number,
  reverse_charge_tax_total: number,
  line_items: list(invoiceLine),
  payments: list(z.object({ payment_mode: text })),
  customer_id: text,
  customer_name: text,
  contact_persons_details: list(contactPerson),
  custom_fields: list(customField),
  custom_field_hash: fieldHash,
  customer_custom_fields: list(customField),
  customer_custom_field_hash: fieldHash,
});
type ZohoInvoice = z.infer<typeof zohoInvoice>;

/** A Zoho invoice, parsed by `parseExactJson`, as a fiscal document. */
export function readInvoice(value: unknown, names: CustomFieldNames): ReadDocument {
  const parsed = zohoInvoice.safeParse(value);
  if (!parsed.success) {
    const fields = complaintsOf(parsed.error, value);
    return { kind: "unreadable", fields };
  }
  const { data } = parsed;
  return { kind: "read", document: toDocument(data, names), silent: silentFields(data, names) };
}

function silentFields(invoice: ZohoInvoice, { buyerTin, contactTin }: CustomFieldNames): NamedField[] {
  const { custom_fields, custom_field_hash, customer_custom_fields, customer_custom_field_hash } = invoice;
  const onInvoice = buyerTin !== null && !lists(custom_fields, custom_field_hash, buyerTin);
  const onContact =
    contactTin !== null && !lists(customer_custom_fields, customer_custom_field_hash, contactTin);
  return [
    ...(onInvoice ? [{ entity: "invoice" as const, apiName: buyerTin }] : []),
    ...(onContact ? [{ entity: "contact" as const, apiName: contactTin }] : []),
  ];
}

/** Also without a value. */
function lists(
  fields: ZohoInvoice["custom_fields"],
  hash: ZohoInvoice["custom_field_hash"],
  apiName: string,
): boolean {
  const hashed = typeof hash === "object" && hash !== null && Object.hasOwn(hash, apiName);
  return hashed || fields.some((field) => field.api_name === apiName);
}

function toDocument(invoice: ZohoInvoice, names: CustomFieldNames): FiscalDocument {
  return {
    kind: "invoice",
    customerId: invoice.customer_id,
    id: invoice.invoice_id,
    number: invoice.invoice_number,
    status: invoice.status?.toLowerCase() ?? null,
    date: readDay(invoice.date),
    currencyCode: invoice.currency_code,
    exchangeRate: invoice.exchange_rate,
    pricePrecision: invoice.price_precision,
    pricesIncludeTax: invoice.is_inclusive_tax,
    discountType: invoice.discount_type,
    discountBeforeTax: invoice.is_discount_before_tax,
    discountTotal: invoice.discount_total,
    shipping: {
      charge: invoice.shipping_charge,
      exclusiveOfTax: invoice.shipping_charge_exclusive_of_tax,
      inclusiveOfTax: invoice.shipping_charge_inclusive_of_tax,
      tax: {
        taxId: invoice.shipping_charge_tax_id,
        percentage: invoice.shipping_charge_tax_percentage ?? ZERO,
        isGroup: invoice.shipping_charge_tax_type?.toLowerCase() === "tax_group",
        amount: invoice.shipping_charge_tax,
      },
    },
    adjustment: invoice.adjustment,
    roundoff: invoice.roundoff_value,
    total: invoice.total,
    balance: invoice.balance,
    reverseChargeTax: invoice.reverse_charge_tax_total,
    lines: toLines(invoice.line_items),
    paymentModes: invoice.payments.flatMap(({ payment_mode }) => payment_mode ?? []),
    buyer: {
      tin: buyerField(invoice, names.buyerTin) ?? contactField(invoice, names.contactTin),
      purchaseCode: buyerField(invoice, names.purchaseCode),
      name: invoice.customer_name,
      mobile: invoice.contact_persons_details.find((person) => person.is_primary_contact)?.mobile ?? null,
    },
  };
}

function toLines(lines: ZohoLine[]): DocumentLine[] {
  const numbered = lines.map((line, index) => ({ line, position: index + 1 }));
  const sold = numbered.filter(({ line }) => line.line_item_category !== "header");
  return sold.map(({ line, position }) => toLine(line, position));
}

function toLine(line: ZohoLine, position: number): DocumentLine {
  const taxAmounts = line.line_item_taxes.flatMap(({ tax_amount }) => tax_amount ?? []);
  const judged = [line.item_total, line.discount_amount, ...taxAmounts];
  return {
    position,
    itemId: line.item_id,
    name: line.name ?? line.description,
    kind: line.product_type?.toLowerCase().includes("service") ? "service" : "goods",
    unit: line.unit,
    quantity: line.quantity,
    rate: line.rate,
    itemTotal: line.item_total,
    discountAmount: line.discount_amount,
    discountPercent: line.discount.percent,
    discountValue: line.discount.value,
    tax: lineTaxOf(line, taxAmounts),
    amounts: judged.flatMap((amount) => amount ?? []),
  };
}

/** More than one entry is a group, and its percentage is their sum (fiscal rules §4). */
function lineTaxOf(line: ZohoLine, taxAmounts: Decimal[]): StatedTax {
  const parts = line.line_item_taxes.flatMap(({ tax_percentage }) => tax_percentage ?? []);
  const isGroup = line.tax_type?.toLowerCase() === "tax_group" || line.line_item_taxes.length > 1;
  const summed = isGroup && parts.length > 0;
  return {
    taxId: line.tax_id,
    percentage: summed ? sum(parts) : (line.tax_percentage ?? ZERO),
    isGroup,
    amount: taxAmounts.length > 0 ? sum(taxAmounts) : null,
  };
}

function buyerField(invoice: ZohoInvoice, apiName: string | null): string | null {
  return fieldValue(invoice.custom_fields, invoice.custom_field_hash, apiName);
}

function contactField(invoice: ZohoInvoice, apiName: string | null): string | null {
  return fieldValue(invoice.customer_custom_fields, invoice.customer_custom_field_hash, apiName);
}

function fieldValue(
  fields: ZohoInvoice["custom_fields"],
  hash: ZohoInvoice["custom_field_hash"],
  apiName: string | null,
): string | null {
  if (apiName === null) return null;
  const listed = fields.find((field) => field.api_name === apiName)?.value ?? null;
  if (listed !== null) return listed;
  return textOrNull(typeof hash === "object" && !Array.isArray(hash) ? hash?.[apiName] : null);
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? tidy(value) : null;
}
