import * as z from "zod/mini";
import { says } from "./complaint.ts";

/** A Rwandan taxpayer number. */
export const TinSchema = z.string().check(z.regex(/^\d{9}$/, says("tin")));
