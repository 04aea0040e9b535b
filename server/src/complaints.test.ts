import { says } from "@fiscalise/shared/complaint.ts";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import { complaintsOf } from "./complaints.ts";

const schema = z.strictObject({
  name: z.string().min(1).max(5),
  code: z.string().min(3).optional(),
  tin: mini.string().check(mini.regex(/^\d{9}$/, says("tin"))),
  pages: z.number().int().min(1).max(9).default(1),
  color: z.enum(["red", "blue"]).default("red"),
  rows: z
    .array(z.object({ id: z.uuid() }))
    .max(2)
    .default([]),
  days: z
    .array(z.number())
    .refine((days) => days.length < 3, { message: says("period-length"), params: { days: 2 } })
    .default([]),
});
const right = { name: "Aline", tin: "123456789" };
const ID = "7c1f4a52-6d2b-4d0e-9c58-5a0b7a3f1d09";

function complaints(change: object) {
  const value = { ...right, ...change };
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : complaintsOf(parsed.error, value);
}

describe("what a schema has against a value", () => {
  it("is nothing when it fits", () => expect(complaints({})).toEqual([]));

  it.each<[string, object, object]>([
    ["a field left out", { name: undefined }, { path: "name", code: "needed" }],
    ["an empty text", { name: "" }, { path: "name", code: "needed" }],
    ["a short text", { code: "a" }, { path: "code", code: "too-short", values: { min: "3" } }],
    ["a long text", { name: "Mukamana" }, { path: "name", code: "too-long", values: { max: "5" } }],
    ["another type", { name: 5 }, { path: "name", code: "malformed" }],
    ["a null", { name: null }, { path: "name", code: "malformed" }],
    ["a form with words of its own", { tin: "12" }, { path: "tin", code: "tin" }],
    ["a low number", { pages: 0 }, { path: "pages", code: "too-low", values: { min: "1" } }],
    ["a high number", { pages: 10 }, { path: "pages", code: "too-high", values: { max: "9" } }],
    ["a part of a number", { pages: 1.5 }, { path: "pages", code: "malformed" }],
    [
      "another choice",
      { color: "green" },
      { path: "color", code: "not-one-of", values: { values: "red, blue" } },
    ],
    ["a form without words", { rows: [{ id: "x" }] }, { path: "rows.0.id", code: "malformed" }],
    [
      "too many of them",
      { rows: [{ id: ID }, { id: ID }, { id: ID }] },
      { path: "rows", code: "too-many", values: { max: "2" } },
    ],
    [
      "a rule with a number of its own",
      { days: [1, 2, 3] },
      { path: "days", code: "period-length", values: { days: "2" } },
    ],
    ["a field nobody knows", { colour: "red" }, { path: "colour", code: "unknown-field" }],
  ])("is told of %s", (_what, change, complaint) => {
    expect(complaints(change)).toEqual([complaint]);
  });

  it("is told of the first hundred fields", () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`field${index}`, 1]));
    expect(complaints(many)).toHaveLength(100);
  });

  it("is all of it, each at its place", () => {
    expect(complaints({ name: "", tin: "x", a: 1, b: 2 }).map(({ path }) => path)).toEqual([
      ...["name", "tin", "a", "b"],
    ]);
  });
});
