import { describe, expect, it } from "vitest";
import { subtract } from "./money.ts";

describe("subtract", () => {
  it.each([
    ["1180", "0.5", "1179.5"],
    ["1180.00", "1180", "0"],
    ["0.01", "0.02", "-0.01"],
    ["100000000000000000.01", "0.01", "100000000000000000"],
    ["10", "2.345", "7.655"],
    ["-1", "-1.5", "0.5"],
    ["5", "7", "-2"],
  ])("%s less %s is %s", (from, amount, rest) => {
    expect(subtract(from, amount)).toBe(rest);
  });
});
