import { decimalText, parseDecimal, unitsAt } from "../vsdc/decimal.ts";
import { type Literal, type LiteralObject, numberLiteral } from "../vsdc/literal-json.ts";
import { baseAmount, computeInvoice, type InvoiceAmounts, type LineAmounts } from "./invoice-amounts.ts";
import { billingAddress, customFields, NO_TAX, type ZohoCustomer } from "./invoice-parts.ts";
import type { InvoiceLine, InvoiceSpec } from "./invoice-spec.ts";

/** A document as `GET /invoices/{id}` returns it: the amounts follow from the lines. Raw JSON text. */
export function invoiceText(spec: InvoiceSpec): string {
  return JSON.stringify(buildInvoice(spec));
}

export function buildInvoice(spec: InvoiceSpec): LiteralObject {
  const amounts = computeInvoice(spec);
  const write = amountWriter(spec);
  const document: LiteralObject = {
    ...heading(spec),
    ...moneyFields(spec, amounts, write),
    line_items: spec.lines.flatMap((line, index) => lineRows(spec, { line, index, amounts, write })),
    taxes: taxRows(amounts, write),
    payments: (spec.payments ?? []).map((payment, index) => ({
      payment_id: `${spec.id}9${index}`,
      payment_mode: payment.mode,
      amount: write(unitsAt(parseDecimal(payment.amount), amounts.precision)),
      date: spec.date,
      reference_number: "",
    })),
    ...closing(spec),
  };
  for (const key of spec.omit ?? []) delete document[key];
  return { ...document, ...(spec.overrides as LiteralObject | undefined) };
}

type Writer = (units: bigint) => Literal;

function amountWriter({ precision = 2, amountsAs = "numbers" }: InvoiceSpec): Writer {
  return (units) => {
    const text = decimalText(units, precision);
    return amountsAs === "texts" ? text : numberLiteral(text);
  };
}

function heading(spec: InvoiceSpec): LiteralObject {
  const { customer } = spec;
  const time = `${spec.date}T00:01:00+0200`;
  return {
    invoice_id: spec.id,
    invoice_number: spec.number,
    date: spec.date,
    due_date: spec.date,
    status: spec.status ?? "sent",
    type: "invoice",
    transaction_type: "renewal",
    reference_number: spec.reference ?? "",
    customer_id: customer?.id ?? "4815000000030000001",
    customer_name: customer?.name ?? "Walk-in customer",
    email: customer?.email ?? "",
    contact_persons: customer?.mobile ? [`${customer.id}1`] : [],
    contact_persons_details: contactPersons(customer),
    ...customFields(
      "customer_custom_fields",
      "customer_custom_field_hash",
      customer?.tin ? { cf_custtin: customer.tin } : {},
    ),
    ...customFields("custom_fields", "custom_field_hash", spec.customFields ?? {}),
    salesperson_name: spec.salesperson ?? "",
    template_id: "4815000000000017003",
    created_time: time,
    last_modified_time: time,
  };
}

function contactPersons(customer: ZohoCustomer | undefined): LiteralObject[] {
  if (!customer?.mobile) return [];
  const { id, contact = customer.name, email = "", mobile } = customer;
  const [first_name = "", ...last] = contact.split(" ");
  const name = { first_name, last_name: last.join(" ") };
  return [{ contact_person_id: `${id}1`, ...name, email, phone: "", mobile, is_primary_contact: true }];
}

function moneyFields(spec: InvoiceSpec, amounts: InvoiceAmounts, write: Writer): LiteralObject {
  const { currency = { code: "RWF", exchangeRate: "1" }, precision = 2, shipping, discount } = spec;
  const shippingTax = shipping?.tax ?? NO_TAX;
  const inBase = (units: bigint) =>
    numberLiteral(decimalText(baseAmount(units, precision, currency.exchangeRate ?? "1"), 2));
  return {
    currency_id: currency.code === "RWF" ? "4815000000000000097" : "4815000000000000099",
    currency_code: currency.code,
    currency_symbol: currency.code,
    exchange_rate: currency.exchangeRate === null ? null : numberLiteral(currency.exchangeRate),
    price_precision: numberLiteral(String(precision)),
    is_inclusive_tax: spec.inclusive ?? false,
    tax_rounding: "item_level",
    discount_type: discount ? "entity_level" : "item_level",
    is_discount_before_tax: discount?.beforeTax ?? true,
    discount: discountLiteral(discount?.value ?? "0"),
    discount_total: write(discount ? amounts.discountTotal : amounts.itemDiscounts),
    discount_applied_on_amount: write(amounts.discountTotal === 0n ? 0n : amounts.subTotal),
    sub_total: write(amounts.subTotal),
    sub_total_inclusive_of_tax: write(spec.inclusive ? amounts.subTotal + amounts.lineTax : 0n),
    tax_total: write(amounts.taxTotal),
    total: write(amounts.total),
    balance: write(amounts.balance),
    payment_made: write(amounts.total - amounts.balance),
    credits_applied: write(0n),
    write_off_amount: write(0n),
    tax_amount_withheld: write(0n),
    reverse_charge_tax_total: write(0n),
    shipping_charge: write(amounts.shipping),
    shipping_charge_tax_id: shipping ? shippingTax.id : "",
    shipping_charge_tax_name: shipping ? shippingTax.name : "",
    shipping_charge_tax_type: shipping ? shippingTax.type : "",
    shipping_charge_tax_percentage: shipping && shippingTax.id ? shippingTax.percentage : "",
    shipping_charge_tax: write(amounts.shippingTax),
    shipping_charge_exclusive_of_tax: write(amounts.shipping),
    shipping_charge_inclusive_of_tax: write(amounts.shipping + amounts.shippingTax),
    adjustment: write(amounts.adjustment),
    adjustment_description: amounts.adjustment === 0n ? "" : "Adjustment",
    roundoff_value: write(amounts.roundOff),
    transaction_rounding_type: spec.roundsTotal ? "round_to_dollar" : "no_rounding",
    bcy_sub_total: inBase(amounts.subTotal),
    bcy_discount_total: inBase(amounts.discountTotal),
    bcy_tax_total: inBase(amounts.taxTotal),
    bcy_total: inBase(amounts.total),
  };
}

function lineRows(
  spec: InvoiceSpec,
  {
    line,
    index,
    amounts,
    write,
  }: { line: InvoiceLine; index: number; amounts: InvoiceAmounts; write: Writer },
): LiteralObject[] {
  const lineAmounts = amounts.lines[index];
  if (!lineAmounts) throw new Error("bug: a line without amounts");
  const row = lineRow(spec, { line, index, amounts: lineAmounts, write });
  if (!line.header) return [row];
  const id = `${spec.id}7${index}`;
  return [{ line_item_id: id, name: line.header, line_item_category: "header", line_item_taxes: [] }, row];
}

function lineRow(
  spec: InvoiceSpec,
  { line, index, amounts, write }: { line: InvoiceLine; index: number; amounts: LineAmounts; write: Writer },
): LiteralObject {
  const tax = line.tax ?? NO_TAX;
  const literal = (text: string): Literal => (spec.amountsAs === "texts" ? text : numberLiteral(text));
  return {
    line_item_id: `${spec.id}${String(index + 1).padStart(3, "0")}`,
    item_id: line.itemId ?? "",
    item_order: numberLiteral(String(index + 1)),
    product_type: line.productType ?? "goods",
    sku: line.sku ?? "",
    name: line.itemId || !line.description ? line.name : "",
    description: line.description ?? "",
    unit: line.unit ?? "",
    quantity: literal(line.quantity ?? "1"),
    rate: literal(line.rate),
    discount: discountLiteral(line.discount ?? "0"),
    discount_amount: write(amounts.discount),
    tax_id: tax.id,
    tax_name: tax.name,
    tax_type: tax.type,
    tax_percentage: numberLiteral(tax.percentage),
    line_item_taxes: tax.parts.map((part, order) => ({
      tax_id: part.id,
      tax_name: `${part.name} (${part.percentage}%)`,
      tax_percentage: numberLiteral(part.percentage),
      tax_amount: write(amounts.taxParts[order] ?? 0n),
    })),
    item_total: write(amounts.net),
    item_custom_fields: [],
    tags: [],
  };
}

/** `"10%"` as Zoho writes it, `"10.00%"`; an amount as a number. */
function discountLiteral(value: string): Literal {
  if (!value.endsWith("%")) return numberLiteral(value);
  const percentage = value.slice(0, -1);
  return percentage.includes(".") ? value : `${percentage}.00%`;
}

function taxRows({ taxes }: InvoiceAmounts, write: Writer): LiteralObject[] {
  return [...taxes].map(([tax_name, units]) => ({ tax_name, tax_amount: write(units) }));
}

function closing(spec: InvoiceSpec): LiteralObject {
  return {
    billing_address: billingAddress(spec.customer),
    shipping_address: billingAddress(undefined),
    notes: spec.notes ?? "",
    terms: "Payment within 30 days.",
    documents: [],
    has_attachment: false,
    is_emailed: false,
    invoice_url: "",
  };
}
