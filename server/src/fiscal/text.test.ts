import { describe, expect, it } from "vitest";
import { cut, tidy } from "./text.ts";

describe("tidy", () => {
  it.each([
    ["  two  words ", "two words"],
    ["line\r\n\tbreak", "line break"],
    ["bell\u0007and\u0000null", "bell and null"],
    ["\u00a0no-break\u2028\u3000", "no-break"],
    ["\ufeffbyte order mark", "byte order mark"],
    ["next line\u0085 here", "next line here"],
    ["zero\u200bwidth", "zero\u200bwidth"],
  ])("makes %j one line", (given, expected) => {
    expect(tidy(given)).toBe(expected);
  });

  it.each([null, undefined, "", " ", "\u0000", "\t\u0001\n"])("calls %j missing", (given) => {
    expect(tidy(given)).toBeNull();
  });
});

describe("cut", () => {
  it.each([
    ["keeps what fits", "coffee", 6, "coffee"],
    ["counts UTF-16 units", "cafe\u0301", 4, "cafe"],
    ["never halves an emoji", "ab😀", 3, "ab"],
    ["keeps an emoji that fits", "a😀b", 3, "a😀"],
    ["leaves no blank at the end", "two words", 4, "two"],
    ["leaves no blank before a dropped emoji", "ab 😀", 4, "ab"],
    ["cuts to nothing", "😀", 1, ""],
  ])("%s", (_, given, length, expected) => {
    expect(cut(given, length)).toBe(expected);
  });
});
