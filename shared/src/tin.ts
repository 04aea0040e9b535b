import * as z from "zod/mini";

/** A Rwandan taxpayer number. */
export const TinSchema = z.string().check(z.regex(/^\d{9}$/, "must be a TIN of 9 digits"));
