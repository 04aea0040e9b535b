import type { LiteralObject } from "../vsdc/literal-json.ts";
import { numberLiteral } from "../vsdc/literal-json.ts";
import { customFields, VAT, type ZohoCustomer, type ZohoTax } from "./invoice-parts.ts";
import type { InvoiceLine } from "./invoice-spec.ts";

/** Invented people and companies; the TINs have the right form and belong to nobody we know of. */
export const CUSTOMERS = {
  uwera: customer(1, "Uwera Diane", {
    mobile: "+250788300101",
    email: "diane.uwera@example.rw",
    street: "KG 11 Ave",
  }),
  habimana: customer(2, "Habimana Eric", { mobile: "+250722300102", street: "KK 15 Rd" }),
  school: customer(3, "Gasabo Hills Academy", {
    contact: "Mutesi Grace",
    mobile: "+250788300103",
    street: "KG 563 St",
  }),
  isoko: customer(4, "Isoko Ryiza Traders Ltd", {
    tin: "101234567",
    contact: "Ndahiro Jean",
    mobile: "+250788300104",
    street: "KN 4 Ave",
  }),
  lodge: customer(5, "Akagera Savanna Lodge Ltd", {
    tin: "102345678",
    contact: "Ingabire Sonia",
    mobile: "+250788300105",
    city: "Kayonza",
  }),
  coffee: customer(6, "Twitezimbere Coffee Cooperative", {
    contact: "Nsengimana Paul",
    mobile: "+250788300106",
    city: "Huye",
  }),
  freight: customer(7, "Imisozi Freight Rwanda Ltd", {
    tin: "103456789",
    contact: "Kagabo Alain",
    mobile: "+250788300107",
    street: "KN 67 St",
  }),
  clinic: customer(8, "Ubuzima Clinic", {
    contact: "Dr Mukamana Alice",
    mobile: "+250788300108",
    city: "Musanze",
  }),
  ngo: customer(9, "Lakes Region Learning Trust", {
    contact: "Sarah Owen",
    email: "accounts@example.org",
    mobile: "+250788300109",
  }),
  bakery: customer(10, "Umugati Mwiza Bakery Ltd", {
    tin: "204567890",
    contact: "Bizimana Yves",
    mobile: "+250788300110",
    city: "Rubavu",
  }),
} as const;

export const ITEMS = {
  router: item(1, "Network router AC1200", "85000", { sku: "NET-R12", unit: "pcs" }),
  cable: item(2, "Network cable Cat6, per metre", "850", { sku: "NET-C6", unit: "m" }),
  laptop: item(3, "Notebook computer 14 inch", "720000", { sku: "PC-N14", unit: "pcs" }),
  paper: item(4, "Printer paper A4, ream", "5500", { sku: "PAP-A4", unit: "box" }),
  toner: item(5, "Laser toner, black", "62000", { sku: "TON-BK", unit: "pcs" }),
  chair: item(6, "Office chair", "118000", { sku: "FUR-CH", unit: "pcs" }),
  desk: item(7, "Office desk 140 cm", "236000", { sku: "FUR-DK", unit: "pcs" }),
  coffee: item(8, "Roasted coffee beans", "14500", { sku: "CAF-RB", unit: "kg" }),
  water: item(9, "Mineral water 0.5 l, box of 12", "4720", { sku: "WAT-05", unit: "box" }),
  install: item(10, "Network installation, per hour", "25000", { unit: "hrs", productType: "service" }),
  support: item(11, "Annual software support", "450000", { unit: "", productType: "service" }),
  hosting: item(12, "Cloud hosting, per month", "180", { unit: "month", productType: "service" }),
} as const;

export function contactText({
  id,
  name,
  email = "",
  mobile = "",
  tin,
  contact = name,
}: ZohoCustomer): string {
  return JSON.stringify({
    contact_id: id,
    contact_name: name,
    company_name: tin ? name : "",
    contact_type: "customer",
    customer_sub_type: tin ? "business" : "individual",
    email,
    mobile,
    status: "active",
    currency_code: "RWF",
    payment_terms: 30,
    contact_persons: [
      { contact_person_id: `${id}1`, first_name: contact, email, mobile, is_primary_contact: true },
    ],
    ...customFields("custom_fields", "custom_field_hash", tin ? { cf_custtin: tin } : {}),
  });
}

export function itemText(line: InvoiceLine): string {
  const { itemId = "", name, rate, unit = "", sku = "", productType, tax = VAT } = line;
  return JSON.stringify({
    item_id: itemId,
    name,
    sku,
    unit,
    rate: numberLiteral(`${rate}.00`),
    status: "active",
    item_type: "sales",
    product_type: productType ?? "goods",
    description: "",
    tax_id: tax.id,
    tax_name: tax.name,
    tax_percentage: numberLiteral(tax.percentage),
    tax_type: tax.type,
    is_taxable: true,
  });
}

export function taxText({ id, name, type, percentage, parts }: ZohoTax): string {
  const group: LiteralObject =
    type === "tax_group"
      ? { tax_group_taxes: parts.map((part) => ({ tax_id: part.id, tax_name: part.name })) }
      : {};
  return JSON.stringify({
    tax_id: id,
    tax_name: name,
    tax_percentage: numberLiteral(percentage),
    tax_type: type,
    tax_specific_type: "",
    is_value_added: true,
    is_default_tax: name === VAT.name,
    is_editable: true,
    ...group,
  });
}

function customer(index: number, name: string, rest: Omit<ZohoCustomer, "id" | "name">): ZohoCustomer {
  return { id: `48150000000300${String(index).padStart(5, "0")}`, name, city: "Kigali", ...rest };
}

function item(index: number, name: string, rate: string, rest: Partial<InvoiceLine>): InvoiceLine {
  return { itemId: `48150000000400${String(index).padStart(5, "0")}`, name, rate, tax: VAT, ...rest };
}
