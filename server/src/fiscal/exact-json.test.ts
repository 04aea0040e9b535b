import { describe, expect, it } from "vitest";
import { parseExactJson } from "./exact-json.ts";

describe("parseExactJson", () => {
  it.each([
    "0.1",
    "1432.123456789012345678",
    "78859835171234567890",
    "1234567890123456.78",
    "1E400",
    "-0.0",
    "18.00",
  ])("keeps %s as it is written", (literal) => {
    expect(parseExactJson(`{"lines":[{"amount":${literal}}]}`)).toEqual({ lines: [{ amount: literal }] });
  });

  it("leaves texts, flags and null alone", () => {
    expect(parseExactJson('{"a":"1","b":true,"c":null,"d":[]}')).toEqual({ a: "1", b: true, c: null, d: [] });
  });

  it("throws on what is not JSON", () => {
    expect(() => parseExactJson("{")).toThrow(SyntaxError);
  });
});
