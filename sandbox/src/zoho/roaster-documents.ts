import { kigaliDay } from "../vsdc/kigali-time.ts";
import { contactText, itemText, taxText } from "./demo-parties.ts";
import { invoiceText } from "./invoice-builder.ts";
import { EXEMPT, fieldTexts, TAXES, VAT, type ZohoCustomer, type ZohoTax } from "./invoice-parts.ts";
import type { DemoInvoice, InvoiceLine } from "./invoice-spec.ts";

/** The second organisation of the demo: other ids, other numbers, prices that include tax. Everybody is invented. */
const HOTEL: ZohoCustomer = {
  id: "4816000000030000001",
  name: "Nyungwe View Hotel Ltd",
  tin: "105678901",
  contact: "Uwamahoro Josiane",
  mobile: "+250788400101",
  city: "Nyamagabe",
};
const CAFE: ZohoCustomer = {
  id: "4816000000030000002",
  name: "Ikawa Corner",
  contact: "Mugisha Patrick",
  mobile: "+250788400102",
  city: "Huye",
};
const WALK_IN: ZohoCustomer = {
  id: "4816000000030000003",
  name: "Niyonzima Claire",
  mobile: "+250788400103",
  city: "Huye",
};

const BEANS = item(1, "Roasted beans, 1 kg", "14500", { sku: "RB-1", unit: "kg" });
const GROUND = item(2, "Ground coffee, 250 g", "4200", { sku: "GC-250", unit: "pcs" });
const GREEN = item(3, "Green beans, unprocessed", "5200", { sku: "GB", unit: "kg", tax: own(EXEMPT) });
const GRINDER = item(4, "Hand grinder", "38500", { sku: "HG", unit: "pcs" });
const TRAINING = item(5, "Barista training, per day", "120000", { unit: "day", productType: "service" });

export const ROASTER_INVOICES: readonly DemoInvoice[] = [
  {
    about: "retail, prices include tax",
    daysAgo: 0,
    customer: WALK_IN,
    lines: [BEANS, { ...GROUND, quantity: "3" }],
  },
  {
    about: "a business buyer with TIN and purchase code",
    daysAgo: 0,
    customer: HOTEL,
    customFields: { cf_customer_tin: "105678901", cf_purchase_code: "H3T8KD" },
    lines: [{ ...BEANS, quantity: "24" }, TRAINING],
  },
  {
    about: "exempt and taxed together",
    daysAgo: 1,
    customer: CAFE,
    lines: [
      { ...GREEN, quantity: "60.5" },
      { ...BEANS, quantity: "12" },
    ],
  },
  {
    about: "discount on an item",
    daysAgo: 3,
    customer: CAFE,
    lines: [{ ...GRINDER, quantity: "2", discount: "10%" }],
  },
  { about: "a draft", daysAgo: 3, customer: WALK_IN, status: "draft", lines: [GRINDER] },
];

export function roasterDocuments({ now = new Date() }: { now?: Date } = {}) {
  return {
    creditnotes: [],
    invoices: ROASTER_INVOICES.map(({ daysAgo, about: _, ...spec }, index) =>
      invoiceText({
        ...spec,
        inclusive: true,
        id: `481600000005000000${1 + index}`,
        number: `HCR-${String(1 + index).padStart(5, "0")}`,
        date: kigaliDay(now, -daysAgo),
      }),
    ),
    items: [BEANS, GROUND, GREEN, GRINDER, TRAINING].map(itemText),
    contacts: [HOTEL, CAFE, WALK_IN].map(contactText),
    taxes: TAXES.map(own).map(taxText),
    fields: fieldTexts().map((text) => text.replaceAll('"4815', '"4816')),
  };
}

function item(index: number, name: string, rate: string, rest: Partial<InvoiceLine>): InvoiceLine {
  return { itemId: `481600000004000000${index}`, name, rate, tax: own(VAT), ...rest };
}

/** A tax has another id in each organisation, whatever its name. */
function own(tax: ZohoTax): ZohoTax {
  const idOf = (id: string) => id.replace(/^4815/, "4816");
  return { ...tax, id: idOf(tax.id), parts: tax.parts.map((part) => ({ ...part, id: idOf(part.id) })) };
}
