import { type Complaint, says } from "@fiscalise/shared/complaint.ts";
import { PAPER_FORMS } from "@fiscalise/shared/receipt.ts";
import type { Request } from "express";
import * as z from "zod";
import { complaintsOf } from "../complaints.ts";
import { Failure } from "../failure.ts";

/**
 * What a client sent, parsed; anything that does not fit is its mistake. A schema broken anywhere else is ours.
 * @throws Failure input-invalid, naming every field
 */
export function readInput<T extends z.core.$ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = z.core.safeParse(schema, value);
  const fields = parsed.success ? unstorablePaths(parsed.data) : complaintsOf(parsed.error, value);
  if (parsed.success && fields.length === 0) return parsed.data;
  throw new Failure("input-invalid", "input", { fields });
}

/** PostgreSQL's text cannot hold the character 0, and its JSON no half of a surrogate pair. */
function unstorablePaths(value: unknown, path: string[] = []): Complaint[] {
  if (typeof value === "string") {
    return value.includes("\0") || !value.isWellFormed() ? [{ path: path.join("."), code: "character" }] : [];
  }
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => unstorablePaths(inner, [...path, name]));
}

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, says("idempotency-key"))
  .optional();

/** Null when the client sent none. */
export function idempotencyKeyOf(request: Request): string | null {
  return readInput(idempotencyKey, request.get("idempotency-key")) ?? null;
}

/** Of ours; an id of another form names nothing and is answered 404. */
export const idParams = z.object({ id: z.uuid() });
export const SOME_ID = { id: "7c1f4a52-6d2b-4d0e-9c58-5a0b7a3f1d09" };

export const paperForm = z.enum(PAPER_FORMS).default("a4");

/** Local calendar days, both included. */
export const day = z.iso.date().refine((text) => text >= "2000" && text < "2100", says("day"));
export const wholePeriod = { from: day, to: day };
export const period = { from: day.optional(), to: day.optional() };

export function isInOrder({ from, to }: { from?: string | undefined; to?: string | undefined }): boolean {
  return from === undefined || to === undefined || from <= to;
}
export const IN_ORDER = { path: ["to"], message: says("period-reversed") };
