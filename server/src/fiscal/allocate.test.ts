import { describe, expect, it } from "vitest";
import { allocate, shareByLargestRemainder } from "./allocate.ts";

describe("allocate", () => {
  it.each([
    ["the largest line first", [100n, 300n, 200n], 1n, [100n, 301n, 200n]],
    ["ties to the earlier line", [200n, 200n], 1n, [201n, 200n]],
    ["one unit per line", [100n, 300n, 200n], 2n, [100n, 301n, 201n]],
    ["round again after the last line", [100n, 200n], 3n, [101n, 202n]],
    ["units away when there are too many", [100n, 300n], -1n, [100n, 299n]],
    ["by the rank before the allocation", [100n, 101n], -4n, [98n, 99n]],
    ["nothing when nothing is left over", [1n, 2n], 0n, [1n, 2n]],
    ["past a line smaller than the unit", [0n, 5n], 2n, [0n, 7n]],
    ["past a line that became smaller than the unit", [5n, 1n], -3n, [3n, 0n]],
  ])("gives %s", (_, amounts, units, expected) => {
    expect(allocate(amounts, units, 1n)).toEqual(expected);
  });

  it("counts units in their own size", () => {
    expect(allocate([50n, 250n, 100n], -2n, 100n)).toEqual([50n, 150n, 0n]);
  });

  it.each([
    ["every line is smaller than the unit", [99n, 0n], 1n],
    ["the lines run out", [100n, 99n], -2n],
    ["there is no line", [], 1n],
  ])("gives up when %s", (_, amounts, units) => {
    expect(allocate(amounts, units, 100n)).toBeNull();
  });

  it("leaves what it was given as it was", () => {
    const amounts = [1n, 2n];
    allocate(amounts, 1n, 1n);
    expect(amounts).toEqual([1n, 2n]);
  });
});

describe("shareByLargestRemainder", () => {
  it.each([
    [1000n, [1n, 1n, 1n], [334n, 333n, 333n]],
    [10n, [1n, 2n, 4n], [1n, 3n, 6n]],
    [2n, [1n, 1n, 1n], [1n, 1n, 0n]],
    [5n, [0n, 5n], [0n, 5n]],
    [0n, [3n, 4n], [0n, 0n]],
    [10n ** 30n, [1n, 3n], [10n ** 30n / 4n, (10n ** 30n * 3n) / 4n]],
  ])("shares %s over %o", (total, weights, expected) => {
    expect(shareByLargestRemainder(total, weights)).toEqual(expected);
  });
});
