import { CUSTOMERS, ITEMS } from "./demo-parties.ts";
import { VAT_AND_LEVY, ZERO_RATED } from "./invoice-parts.ts";
import type { DemoInvoice } from "./invoice-spec.ts";

const { uwera, habimana, school, lodge, ngo, bakery, clinic } = CUSTOMERS;

/** Documents that may not be fiscalised, and two that make the device fail (sandbox/src/vsdc/sentinel.ts). */
export const DEMO_TROUBLES: readonly DemoInvoice[] = [
  { about: "a draft", daysAgo: 0, customer: uwera, status: "draft", lines: [ITEMS.toner] },
  {
    about: "0 % tax that nobody has mapped to a class",
    daysAgo: 1,
    customer: school,
    lines: [{ ...ITEMS.paper, quantity: "10", tax: ZERO_RATED }],
  },
  {
    about: "a buyer's TIN of the wrong form",
    daysAgo: 1,
    customer: bakery,
    customFields: { cf_customer_tin: "204567890", cf_purchase_code: "R5N9WB" },
    lines: [ITEMS.desk],
  },
  {
    about: "US dollars without an exchange rate",
    daysAgo: 2,
    customer: ngo,
    currency: { code: "USD", exchangeRate: null },
    lines: [ITEMS.hosting],
  },
  {
    about: "totals that do not add up",
    daysAgo: 3,
    customer: habimana,
    lines: [{ ...ITEMS.chair, quantity: "2" }],
    overrides: { total: 280000, balance: 280000 },
  },
  {
    about: "an adjustment of 500 francs",
    daysAgo: 3,
    customer: habimana,
    adjustment: "500",
    lines: [ITEMS.chair],
  },
  {
    about: "discount on the document, after tax",
    daysAgo: 4,
    customer: clinic,
    discount: { value: "10000", beforeTax: false },
    lines: [{ ...ITEMS.toner, quantity: "4" }],
  },
  {
    about: "a tax group",
    daysAgo: 4,
    customer: lodge,
    customFields: { cf_customer_tin: "102345678", cf_purchase_code: "T6H4VC" },
    lines: [{ ...ITEMS.water, quantity: "20", tax: VAT_AND_LEVY }],
  },
  {
    about: "the device signs and the answer is lost",
    daysAgo: 0,
    customer: uwera,
    lines: [{ ...ITEMS.cable, name: "Patch cable [[lose-answer]]", quantity: "10" }],
  },
  {
    about: "the device never answers the first time",
    daysAgo: 0,
    customer: uwera,
    lines: [{ ...ITEMS.cable, name: "Patch cable [[hang]]", quantity: "12" }],
  },
];
