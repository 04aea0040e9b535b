import { describe, expect, it } from "vitest";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";
import { decimal } from "./decimal.ts";
import { classify, taxAgrees } from "./tax-class.ts";

interface Stated {
  taxId?: string;
  percentage?: string;
  isGroup?: boolean;
  amount?: string;
  vatRegistered?: boolean;
}

const MAPPED = new Map<string | null, string>([
  ["exempt", "A"],
  ["group", "B"],
  ["export", "C"],
  ["sixteen", "B"],
  [null, "D"],
]);

function classOf({ taxId, percentage = "0", isGroup = false, amount, vatRegistered = true }: Stated): string {
  const tax = {
    taxId: taxId ?? null,
    percentage: decimal(percentage),
    isGroup,
    amount: amount === undefined ? null : decimal(amount),
  };
  const settings = { vatRegistered, mappedClass: (id: string | null) => MAPPED.get(id) ?? null };
  const result = classify(tax, settings, RWANDA);
  return result.kind === "classified" ? result.taxClass : result.code;
}

describe("classify", () => {
  it.each<[string, Stated, string]>([
    ["without VAT registration is D", { vatRegistered: false }, "D"],
    [
      "without VAT registration may not carry a rate",
      { vatRegistered: false, percentage: "18" },
      "vat-not-registered",
    ],
    [
      "without VAT registration may not carry tax",
      { vatRegistered: false, amount: "0.01" },
      "vat-not-registered",
    ],
    ["without VAT registration ignores the mapping", { vatRegistered: false, taxId: "exempt" }, "D"],
    ["as mapped", { taxId: "exempt" }, "A"],
    ["as mapped for export", { taxId: "export" }, "C"],
    ["as mapped for no tax", {}, "D"],
    ["mapped no tax with a percentage", { percentage: "18" }, "tax-class-mismatch"],
    ["mapped to another rate", { taxId: "sixteen", percentage: "16" }, "tax-class-mismatch"],
    ["exempt by mapping, yet 18 %", { taxId: "exempt", percentage: "18" }, "tax-class-mismatch"],
    ["a mapped group by its sum", { taxId: "group", percentage: "18.0", isGroup: true }, "B"],
    ["an unmapped group", { taxId: "other", percentage: "18", isGroup: true }, "tax-group-unsupported"],
    ["unmapped 18 %", { taxId: "other", percentage: "18" }, "B"],
    ["unmapped 18.00 %", { taxId: "other", percentage: "18.00" }, "B"],
    ["unmapped 0 %", { taxId: "other" }, "tax-class-unmapped"],
    ["unmapped 16 %", { taxId: "other", percentage: "16" }, "tax-class-unmapped"],
  ])("%s", (_, stated, expected) => {
    expect(classOf(stated)).toBe(expected);
  });
});

describe("taxAgrees", () => {
  it.each([
    ["18", "1000.08", "180.01", 2, true],
    ["18", "1000.08", "180.02", 2, true],
    ["18", "1000.08", "180.03", 2, false],
    ["18", "1000.08", "179.99", 2, false],
    ["18", "4237", "764", 0, true],
    ["18", "4237", "765", 0, false],
    ["0", "5000", "0", 2, true],
    ["0", "5000", "0.01", 2, false],
  ])("at %s %% of %s, %s (precision %i): %s", (rate, net, tax, precision, expected) => {
    const line = { net: decimal(net), tax: decimal(tax) };
    expect(taxAgrees(line, decimal(rate), precision)).toBe(expected);
  });
});
