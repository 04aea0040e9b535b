import type { ClassSuggestion, ItemMapping, TaxMappings } from "@fiscalise/shared/api/mappings.ts";

export const taxes: TaxMappings = {
  items: [
    { taxId: "4600000000011", name: "VAT", percentage: "18", taxClass: null, byItself: "B" },
    { taxId: "4600000000012", name: "Zero", percentage: "0", taxClass: null, byItself: null },
    { taxId: "4600000000013", name: null, percentage: null, taxClass: "A", byItself: null },
    { taxId: null, name: null, percentage: null, taxClass: null, byItself: "D" },
  ],
};

export const items: ItemMapping[] = [
  {
    key: "general:goods",
    name: null,
    kind: "goods",
    unit: null,
    country: "RW",
    itemClass: "5059690800",
    itemClassName: "Fresh produce, other",
    itemCode: null,
  },
  {
    key: "item:4600000000101",
    name: "Avocado Hass, box of 24",
    kind: "goods",
    unit: "box",
    country: "RW",
    itemClass: null,
    itemClassName: null,
    itemCode: null,
  },
  {
    key: "item:4600000000102",
    name: "Passion fruit",
    kind: "goods",
    unit: "kg",
    country: "RW",
    itemClass: "5030170000",
    itemClassName: "Passion fruit",
    itemCode: "RW1NTXKGX0000012",
  },
  {
    key: "item:4600000000103",
    name: "Delivery within Kigali",
    kind: "service",
    unit: null,
    country: "RW",
    itemClass: "7810180300",
    itemClassName: "Local trucking services",
    itemCode: "RW3NTXUX0000003",
  },
];

export const classes = [
  { code: "5030150000", name: "Apples", level: 3, taxClass: "A" },
  { code: "5030151600", name: "Avocados", level: 4, taxClass: "A" },
  { code: "5030151700", name: "Avocado oil fruit", level: 4, taxClass: "B" },
];

export const suggestions: ClassSuggestion[] = [
  { code: "5030151600", name: "Avocados", confidence: "high", words: ["avocado"] },
  { code: "5030151700", name: "Avocado oil fruit", confidence: "low", words: ["avocado"] },
];
