/** Reading and writing the form's few fields in a Zoho invoice, and adding it up the way Books does. */

const round = (value) => Math.round((value + Number.EPSILON) * 100) / 100;

const CUSTOM = { "custom:tin": /tin/i, "custom:purchase": /purchase/i };
const CUSTOM_FIELDS = {
  "custom:tin": { label: "Customer TIN", api_name: "cf_customer_tin" },
  "custom:purchase": { label: "Purchase Code", api_name: "cf_purchase_code" },
};
const NUMBERS = ["exchange_rate", "line:quantity", "line:rate"];

export function readField(invoice, path) {
  if (CUSTOM[path]) return String(customField(invoice, path)?.value ?? "");
  if (path.startsWith("line:")) return String(firstLine(invoice)?.[path.slice(5)] ?? "");
  return String(invoice[path] ?? "");
}

export function writeField(invoice, path, value) {
  const kept = NUMBERS.includes(path) ? Number(value) : value;
  if (CUSTOM[path]) writeCustomField(invoice, path, value);
  else if (path.startsWith("line:")) Object.assign(firstLine(invoice) ?? {}, { [path.slice(5)]: kept });
  else invoice[path] = kept;
}

function firstLine(invoice) {
  return invoice.line_items?.find?.((line) => line.line_item_category !== "header");
}

function customField(invoice, path) {
  return invoice.custom_fields?.find?.((field) => CUSTOM[path].test(field.api_name ?? ""));
}

function writeCustomField(invoice, path, value) {
  const field = customField(invoice, path);
  if (field) field.value = value;
  else invoice.custom_fields = [...(invoice.custom_fields ?? []), { ...CUSTOM_FIELDS[path], value }];
  const name = (field ?? CUSTOM_FIELDS[path]).api_name;
  invoice.custom_field_hash = { ...invoice.custom_field_hash, [name]: value };
}

/** Good for plain tax-exclusive or -inclusive lines; what is cleverer than that is written in the JSON by hand. */
export function recalculate(invoice) {
  for (const line of invoice.line_items ?? []) addUpLine(line, invoice.is_inclusive_tax === true);
  const lines = invoice.line_items ?? [];
  const sum = (read) => round(lines.reduce((total, line) => total + (read(line) || 0), 0));
  invoice.sub_total = sum((line) => line.item_total);
  const byTax = Map.groupBy(
    lines.flatMap((line) => line.line_item_taxes ?? []),
    (tax) => tax.tax_name,
  );
  invoice.taxes = [...byTax].map(([tax_name, taxes]) => ({
    tax_name,
    tax_amount: round(taxes.reduce((total, tax) => total + tax.tax_amount, 0)),
  }));
  invoice.tax_total = round(invoice.taxes.reduce((total, tax) => total + tax.tax_amount, 0));
  invoice.total = round(
    invoice.sub_total + invoice.tax_total + (invoice.adjustment ?? 0) + (invoice.shipping_charge ?? 0),
  );
  invoice.balance = round(invoice.total - (invoice.payment_made ?? 0));
}

function addUpLine(line, isInclusive) {
  const rate = line.tax_percentage ?? 0;
  const gross = round(line.rate * line.quantity - (line.discount_amount ?? 0));
  line.item_total = isInclusive ? round((gross * 100) / (100 + rate)) : gross;
  const tax = isInclusive ? round(gross - line.item_total) : round((line.item_total * rate) / 100);
  if (line.line_item_taxes?.length === 1) line.line_item_taxes[0].tax_amount = tax;
}

export function exampleInvoice(now) {
  const date = new Date(now.getTime() + 2 * 3_600_000).toISOString().slice(0, 10);
  const invoice = {
    invoice_number: "INV-000001",
    date,
    due_date: date,
    status: "sent",
    customer_name: "Inyange Hardware Ltd",
    currency_code: "RWF",
    exchange_rate: 1,
    price_precision: 2,
    is_inclusive_tax: false,
    custom_fields: [],
    line_items: [
      {
        name: "Copper cable",
        unit: "m",
        quantity: 10,
        rate: 1000,
        product_type: "goods",
        tax_percentage: 18,
        tax_name: "VAT",
        tax_type: "tax",
        item_total: 0,
        line_item_taxes: [{ tax_name: "VAT", tax_amount: 0 }],
      },
    ],
  };
  recalculate(invoice);
  return invoice;
}
