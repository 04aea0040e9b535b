import { kigaliDay } from "../vsdc/kigali-time.ts";
import { demoCreditNotes } from "./demo-credit-notes.ts";
import { CUSTOMERS, contactText, ITEMS, itemText, taxText } from "./demo-parties.ts";
import { DEMO_TROUBLES } from "./demo-troubles.ts";
import { estimateText } from "./estimate-builder.ts";
import { invoiceText } from "./invoice-builder.ts";
import { fieldTexts, TAXES, VAT } from "./invoice-parts.ts";
import type { DemoInvoice } from "./invoice-spec.ts";

const { uwera, habimana, school, isoko, lodge, coffee, freight, clinic, ngo } = CUSTOMERS;

const PLAIN: readonly DemoInvoice[] = [
  {
    about: "prices without tax, 18 %",
    daysAgo: 0,
    customer: uwera,
    lines: [
      { ...ITEMS.router, quantity: "2" },
      { ...ITEMS.cable, quantity: "40" },
    ],
  },
  {
    about: "prices include tax",
    daysAgo: 1,
    customer: habimana,
    status: "overdue",
    inclusive: true,
    lines: [{ ...ITEMS.chair, quantity: "3" }, ITEMS.desk, { ...ITEMS.water, quantity: "7" }],
  },
  {
    about: "discount on an item",
    daysAgo: 2,
    customer: school,
    lines: [
      { ...ITEMS.laptop, quantity: "5", discount: "7.5%" },
      { ...ITEMS.toner, quantity: "3" },
    ],
  },
  {
    about: "discount on the document, before tax",
    daysAgo: 2,
    customer: clinic,
    discount: { value: "5%", beforeTax: true },
    lines: [
      { ...ITEMS.desk, quantity: "3" },
      { ...ITEMS.chair, quantity: "7" },
      { ...ITEMS.paper, quantity: "11" },
    ],
  },
  {
    about: "shipping with VAT",
    daysAgo: 3,
    customer: school,
    shipping: { charge: "12500", tax: VAT },
    lines: [{ ...ITEMS.paper, quantity: "40" }],
  },
  {
    about: "rounded to whole francs",
    daysAgo: 3,
    customer: habimana,
    roundsTotal: true,
    lines: [
      { ...ITEMS.cable, quantity: "37", rate: "847.33" },
      { ...ITEMS.install, quantity: "1.75" },
    ],
  },
  {
    about: "US dollars at 1,441.25",
    daysAgo: 4,
    customer: ngo,
    currency: { code: "USD", exchangeRate: "1441.25" },
    lines: [
      { ...ITEMS.hosting, quantity: "3" },
      { ...ITEMS.support, rate: "349.99" },
    ],
  },
  {
    about: "a line without an item",
    daysAgo: 5,
    customer: uwera,
    lines: [
      ITEMS.router,
      { name: "Wall bracket", description: "Wall bracket, made to measure", rate: "18750", tax: VAT },
    ],
  },
  {
    about: "a quantity of three decimals",
    daysAgo: 6,
    customer: habimana,
    lines: [
      { ...ITEMS.coffee, quantity: "12.375" },
      { ...ITEMS.coffee, name: "Ground coffee", quantity: "2.500" },
    ],
  },
  {
    about: "a business buyer with TIN and purchase code",
    daysAgo: 1,
    customer: isoko,
    customFields: { cf_customer_tin: "101234567", cf_purchase_code: "K7P2QX" },
    lines: [{ ...ITEMS.laptop, quantity: "2" }, ITEMS.support],
  },
  {
    about: "a business buyer whose purchase code is still missing",
    daysAgo: 1,
    customer: lodge,
    lines: [
      { ...ITEMS.router, quantity: "6" },
      { ...ITEMS.install, quantity: "8" },
    ],
  },
  {
    about: "sixty lines",
    daysAgo: 7,
    customer: school,
    lines: Array.from({ length: 60 }, (_, index) => ({
      ...(index % 3 === 0 ? ITEMS.paper : ITEMS.cable),
      name: `Exercise set ${index + 1}`,
      quantity: String((index % 9) + 1),
      rate: String(1150 + index * 37),
    })),
  },
  {
    about: "partly paid",
    daysAgo: 8,
    customer: coffee,
    status: "partially_paid",
    payments: [{ mode: "Bank Transfer", amount: "300000" }],
    lines: [
      { ...ITEMS.desk, quantity: "2" },
      { ...ITEMS.chair, quantity: "2" },
    ],
  },
  {
    about: "paid by mobile money",
    daysAgo: 2,
    customer: uwera,
    status: "paid",
    payments: [{ mode: "Mobile Money", amount: "73160" }],
    lines: [ITEMS.toner],
  },
  {
    about: "whole francs, sections, amounts as texts, an older shape",
    daysAgo: 9,
    customer: freight,
    customFields: { cf_customer_tin: "103456789", cf_purchase_code: "M3T8ZD" },
    precision: 0,
    amountsAs: "texts",
    omit: ["taxes", "payments", "contact_persons_details", "customer_custom_field_hash"],
    lines: [
      { ...ITEMS.router, header: "Hardware" },
      { ...ITEMS.install, header: "Work", quantity: "4" },
    ],
  },
  {
    about: "whole francs, prices include tax, an amount off an item, paid in cash",
    daysAgo: 0,
    customer: habimana,
    status: "paid",
    inclusive: true,
    precision: 0,
    payments: [{ mode: "Cash", amount: "338720" }],
    lines: [
      { ...ITEMS.chair, quantity: "3", discount: "20000" },
      { ...ITEMS.water, quantity: "1" },
    ],
  },
];

export const DEMO_INVOICES: readonly DemoInvoice[] = [...PLAIN, ...DEMO_TROUBLES];

/** Everything the demo's organization holds; dated back from today in Kigali, so nothing lies in the future. */
export function demoDocuments({ now = new Date() }: { now?: Date } = {}) {
  const invoices = DEMO_INVOICES.map(({ daysAgo, about: _, ...spec }, index) =>
    invoiceText({
      ...spec,
      id: `4815000000050000${101 + index}`,
      number: `INV-000${101 + index}`,
      date: kigaliDay(now, -daysAgo),
    }),
  );
  return {
    invoices,
    creditnotes: demoCreditNotes(invoices, kigaliDay(now)),
    estimates: [
      estimateText({
        id: "4815000000070000101",
        number: "EST-000101",
        date: kigaliDay(now, -1),
        lines: [
          { ...ITEMS.chair, quantity: "6" },
          { ...ITEMS.install, quantity: "2" },
        ],
      }),
    ],
    items: Object.values(ITEMS).map(itemText),
    contacts: Object.values(CUSTOMERS).map(contactText),
    taxes: TAXES.map(taxText),
    fields: fieldTexts(),
  };
}
