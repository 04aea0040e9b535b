import { describe, expect, it } from "vitest";
import { decimal, decimalsOf, divide, fromUnits, plain, readDecimal, round, toUnits } from "./decimal.ts";

/** What a caller without types could do. */
const asText = (value: unknown) => value as string;

describe("a decimal", () => {
  it("is never made from a JavaScript number", () => {
    expect(() => decimal("1").plus(asText(0.1))).toThrow(TypeError);
    expect(() => decimal("1").times(asText(2))).toThrow(TypeError);
    expect(() => decimal("1").eq(asText(1))).toThrow(TypeError);
  });

  it("never becomes one unseen", () => {
    expect(() => Number(decimal("0.1"))).toThrow();
    expect(() => `${decimal("0.1").valueOf()}`).toThrow();
  });

  it("keeps every digit", () => {
    expect(plain(decimal("0.1").plus("0.2"))).toBe("0.3");
    expect(plain(decimal("99999999999999999999.99").plus("0.01"))).toBe("100000000000000000000");
  });

  it.each([
    ["1.005", 2, "1.01"],
    ["1.004999999999999999", 2, "1"],
    ["-1.005", 2, "-1.01"],
    ["2.5", 0, "3"],
    ["-2.5", 0, "-3"],
    ["0.004", 2, "0"],
    ["-0.004", 2, "0"],
  ])("%s at %i decimals is %s: half away from zero", (value, decimals, expected) => {
    expect(plain(round(decimal(value), decimals))).toBe(expected);
  });

  it("is divided half-up at the cent", () => {
    expect(plain(divide(decimal("10"), decimal("3")))).toBe("3.33");
    expect(plain(divide(decimal("0.01"), decimal("2")))).toBe("0.01");
  });

  it.each([
    ["2.500", 1],
    ["100", 0],
    ["1e3", 0],
    ["1e-3", 3],
    ["0.00", 0],
  ])("%s has %i decimals by value", (value, decimals) => {
    expect(decimalsOf(decimal(value))).toBe(decimals);
  });

  it("goes to whole units and back", () => {
    expect(toUnits(decimal("-12.3"), 2)).toBe(-1230n);
    expect(plain(fromUnits(-1230n, 2))).toBe("-12.3");
    expect(() => toUnits(decimal("0.001"), 2)).toThrow("bug");
  });
});

describe("readDecimal", () => {
  it.each([
    ["1432.50", "1432.5"],
    ["+5", "5"],
    ["-0.0", "0"],
    ["5E+3", "5000"],
    ["1e-9", "0.000000001"],
  ])("reads %s", (text, expected) => {
    const value = readDecimal(text);
    expect(value && plain(value)).toBe(expected);
  });

  it.each(["", "1,000.00", "1 000", ".5", "5.", "0x10", "NaN", "Infinity", "1e9999", "10%", "--1", "٣"])(
    "does not read %s",
    (text) => {
      expect(readDecimal(text)).toBeNull();
    },
  );
});
