import { describe, expect, it } from "vitest";
import { marksOf, printedAmount, totalLabel } from "./legal-words.ts";

describe("marksOf", () => {
  it.each([
    ["NS", []],
    ["NR", ["REFUND"]],
    ["CS", ["COPY"]],
    ["CR", ["COPY", "REFUND"]],
    ["TS", ["TRAINING MODE"]],
    ["TR", ["TRAINING MODE", "REFUND"]],
    ["PS", ["PROFORMA"]],
  ] as const)("says what kind of receipt %s is", (label, marks) => {
    expect(marksOf(label)).toEqual(marks);
  });
});

describe("totalLabel", () => {
  it.each([
    ["A", "0", "TOTAL A-EX"],
    ["B", "18", "TOTAL B-18.00%"],
    ["C", "0.00", "TOTAL C"],
    ["D", "0", "TOTAL D"],
  ])("names class %s at %s %%", (taxClass, rate, label) => {
    expect(totalLabel(taxClass, rate)).toBe(label);
  });
});

describe("printedAmount", () => {
  it.each([
    ["NS", "1180.5", "1,180.50"],
    ["NR", "1180.5", "-1,180.50"],
    ["CR", "-1180.5", "1,180.50"],
    ["NR", "0", "0.00"],
    ["NR", "-0.00", "0.00"],
    ["NR", "999999999999999.99", "-999,999,999,999,999.99"],
  ] as const)("prints on %s the amount %s as %s", (label, amount, printed) => {
    expect(printedAmount(label, amount)).toBe(printed);
  });
});
