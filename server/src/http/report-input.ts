import { SALES_BY } from "@fiscalise/shared/api/reports.ts";
import { says } from "@fiscalise/shared/complaint.ts";
import * as z from "zod";
import { day, IN_ORDER, isInOrder, wholePeriod } from "./input.ts";

const LIMIT_MAX = 100;
const LIMIT_USUAL = 25;
const PERIOD_DAYS_MAX = 366;

/** The authority's number of the place of sale; absent: the first. */
const branch = z
  .string()
  .regex(/^\d{2}$/)
  .optional();
export const closeDayRequest = z.strictObject({ branch, day });
export const dayQuery = z.object({ branch, day: day.optional() });
export const branchQuery = z.object({ branch });
export const listQuery = z.object({
  branch,
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(LIMIT_USUAL),
});
const asked = { branch, ...wholePeriod };
const SHORT_ENOUGH = { path: ["to"], message: says("period-length"), params: { days: PERIOD_DAYS_MAX } };
export const itemsQuery = z.object(asked).refine(isInOrder, IN_ORDER).refine(isShort, SHORT_ENOUGH);
export const salesQuery = z
  .object({ ...asked, by: z.enum(SALES_BY) })
  .refine(isInOrder, IN_ORDER)
  .refine(isShort, SHORT_ENOUGH);
export const numberParams = z.object({
  number: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number),
});

function isShort({ from, to }: { from: string; to: string }): boolean {
  return Date.parse(to) - Date.parse(from) < PERIOD_DAYS_MAX * 86_400_000;
}
