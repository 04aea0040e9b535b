import { describe, expect, it } from "vitest";
import { quantityUnit } from "./codes.ts";
import { itemCode } from "./item-code.ts";

describe("itemCode", () => {
  it.each([
    [{ country: "RW", kind: "goods", quantityUnit: "U", number: 1 }, "RW2NTXU0000001"],
    [{ country: "RW", kind: "goods", quantityUnit: "NO", number: 1 }, "RW2NTXNOX0000001"],
    [{ country: "KE", kind: "service", quantityUnit: "GRM", number: 42 }, "KE3NTXGRM0000042"],
    [{ country: "RW", kind: "goods", quantityUnit: "4B", number: 9_999_999 }, "RW2NTX4BX9999999"],
  ] as const)("ends a two-character unit in X: %o", (parts, code) => {
    expect(itemCode(parts)).toBe(code);
  });
});

describe("quantityUnit", () => {
  it.each([
    [null, "U"],
    ["pcs", "U"],
    ["Kg", "KG"],
    ["ltr", "LTR"],
    ["GRM", "GRM"],
    ["agaseke", "U"],
    ["sachet", "PA"],
    ["Sachet", "PA"],
    ["box", "PR"],
    ["constructor", "U"],
  ])("of %s is %s", (unit, code) => {
    expect(quantityUnit(unit, { sachet: "PA", box: "PR" })).toBe(code);
  });
});
