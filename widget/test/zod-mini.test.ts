import { describe, expect, it } from "vitest";
import * as real from "zod/v4/mini";
import * as own from "../src/zod-mini.ts";

const VALUES = [
  undefined,
  null,
  "",
  "a",
  "abc",
  "12",
  -1,
  0,
  1,
  2,
  2 ** 53,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
  [],
  ["a"],
  [1],
  {},
  { a: "a" },
  { a: "a", b: 1 },
  { a: 1 },
  { a: undefined },
  "0198c1f2-6c1e-7a11-9a55-0d6f1f6f2a01",
  "0198c1f2-6c1e-7a11-9a55",
  new Date(0),
];

const SCHEMAS = {
  string: [own.string(), real.string()],
  number: [own.number(), real.number()],
  int: [own.int(), real.int()],
  "int between": [
    own.int().check(own.minimum(0), own.maximum(1)),
    real.int().check(real.minimum(0), real.maximum(1)),
  ],
  boolean: [own.boolean(), real.boolean()],
  literal: [own.literal("a"), real.literal("a")],
  enum: [own.enum(["a", "b"]), real.enum(["a", "b"])],
  array: [own.array(own.string()), real.array(real.string())],
  object: [own.object({ a: own.string() }), real.object({ a: real.string() })],
  "object with optional": [
    own.object({ a: own.string(), b: own.optional(own.number()) }),
    real.object({ a: real.string(), b: real.optional(real.number()) }),
  ],
  union: [own.union([own.number(), own.literal("a")]), real.union([real.number(), real.literal("a")])],
  nullable: [own.nullable(own.string()), real.nullable(real.string())],
  optional: [own.optional(own.string()), real.optional(real.string())],
  null: [own.null(), real.null()],
  strictObject: [own.strictObject({ a: own.string() }), real.strictObject({ a: real.string() })],
  "partial of a strict object": [
    own.partial(own.strictObject({ a: own.string() })),
    real.partial(real.strictObject({ a: real.string() })),
  ],
  extend: [
    own.extend(own.object({ a: own.string() }), { b: own.number() }),
    real.extend(real.object({ a: real.string() }), { b: real.number() }),
  ],
  "extend, replacing": [
    own.extend(own.object({ a: own.string() }), { a: own.number() }),
    real.extend(real.object({ a: real.string() }), { a: real.number() }),
  ],
  shape: [own.object({ a: own.string() }).shape.a, real.object({ a: real.string() }).shape.a],
  "shape behind a check": [
    own.strictObject({ a: own.string() }).shape.a,
    real.strictObject({ a: real.string() }).shape.a,
  ],
  record: [own.record(own.string(), own.string()), real.record(real.string(), real.string())],
  "record of a union": [
    own.record(own.string(), own.union([own.string(), own.number(), own.null()])),
    real.record(real.string(), real.union([real.string(), real.number(), real.null()])),
  ],
  uuid: [own.uuid(), real.uuid()],
  regex: [own.string().check(own.regex(/^\d+$/)), real.string().check(real.regex(/^\d+$/))],
  maxLength: [own.string().check(own.maxLength(2)), real.string().check(real.maxLength(2))],
  minLength: [own.string().check(own.minLength(2)), real.string().check(real.minLength(2))],
  "array with maxLength": [
    own.array(own.string()).check(own.maxLength(0)),
    real.array(real.string()).check(real.maxLength(0)),
  ],
  "array with minLength": [
    own.array(own.string()).check(own.minLength(1)),
    real.array(real.string()).check(real.minLength(1)),
  ],
} as const;

describe("the contracts' reader", () => {
  it.each(Object.entries(SCHEMAS))("judges %s as zod/mini does", (_, [ours, theirs]) => {
    for (const value of VALUES) {
      expect(ours?.safeParse(value).success, JSON.stringify(value)).toBe(theirs.safeParse(value).success);
    }
  });
});
