import { describe, expect, it } from "vitest";
import { printable, SUBSTITUTE } from "./printable.ts";

describe("printable", () => {
  it.each([
    ["Green tea 250 g", "Green tea 250 g"],
    ["cafe\u0301", "café"],
    ["m\u0303 x\u0301", "m\u0303 x\u0301"],
    ["Ελληνικά, Кириллица, Ňđşœ, ₦ € ½ ²", "Ελληνικά, Кириллица, Ňđşœ, ₦ € ½ ²"],
    ["  two\tlines\r\nof  text ", "two lines of text"],
    ["ﬁne １２ ㎏", "fine 12 kg"],
  ])("keeps %j legible", (sent, shown) => {
    expect(printable(sent)).toBe(shown);
  });

  it.each([
    ["👩‍👩‍👧‍👦 tea", `${SUBSTITUTE} tea`],
    ["☕️", SUBSTITUTE],
    ["中文", SUBSTITUTE.repeat(2)],
    ["🇷🇼", SUBSTITUTE],
    ["\ud800", SUBSTITUTE],
  ])("shows one mark for each character the font lacks in %j", (sent, shown) => {
    expect(printable(sent)).toBe(shown);
  });

  it("keeps the letter where only its accent is lacking", () => {
    expect(printable("x\u0302")).toBe("x");
  });

  it("drops what would turn or hide text", () => {
    expect(printable("pay\u202E me\u200B\u0000 now\u00AD")).toBe("pay me now");
  });
});
