import * as z from "zod/mini";
import { ATTENTION_KINDS } from "../attention.ts";
import { BUSINESS_STATUSES } from "./businesses.ts";

/** What a business used in a calendar month. */
export const UsageSchema = z.object({
  businessId: z.uuid(),
  name: z.string(),
  tin: z.string(),
  status: z.enum(BUSINESS_STATUSES),
  /** `yyyy-mm`. */
  month: z.string(),
  /** Issued in the month by the device's day; exact. */
  receipts: z.object({ sales: z.number(), refunds: z.number() }),
  device: z.object({ calls: z.number(), seconds: z.number() }),
  /** By days in UTC, as Zoho counts. */
  zoho: z.object({
    calls: z.number(),
    refused: z.number(),
    busiestDay: z.number(),
    daysUsedUp: z.number(),
    /** What the plan allows in a day; null: not known. */
    dailyCallsMax: z.nullable(z.number()),
  }),
  /** Of the documents, attempts and receipts of every day up to `measuredOn`. */
  storage: z.object({ bytes: z.number(), measuredOn: z.nullable(z.string()) }),
});
export type Usage = z.infer<typeof UsageSchema>;

export const UsageListSchema = z.object({
  items: z.array(UsageSchema),
  /** Null on the last page. */
  nextCursor: z.nullable(z.string()),
});
export type UsageList = z.infer<typeof UsageListSchema>;

const waiting = { count: z.number(), since: z.nullable(z.string()) };

/** How a business is doing, for the provider: states, counts and ages. */
export const HealthSchema = z.object({
  businessId: z.uuid(),
  name: z.string(),
  status: z.enum(BUSINESS_STATUSES),
  /** Nothing waits for a person. */
  isWell: z.boolean(),
  device: z.object({
    status: z.enum(["not-set-up", "not-yet-used", "answering", "not-answering"]),
    failingSince: z.nullable(z.string()),
    lastAnswerAt: z.nullable(z.string()),
  }),
  zoho: z.object({
    grant: z.enum(["connected", "lost", "disconnected", "none"]),
    callsToday: z.number(),
    refusedToday: z.number(),
    dailyCallsMax: z.nullable(z.number()),
    usedUpAt: z.nullable(z.string()),
  }),
  /** Submissions by state; `since` is the oldest's acceptance. */
  backlog: z.object({
    queued: z.number(),
    sending: z.number(),
    unknown: z.number(),
    receiptMissing: z.number(),
    since: z.nullable(z.string()),
  }),
  /** Parts of receipts that are not in Zoho; blocked ones wait for a person. */
  writeBacks: z.object({ waiting: z.object(waiting), blocked: z.object(waiting) }),
  /** Documents of webhooks and sweeps that wait to be looked at again. */
  documents: z.object(waiting),
  /** Most urgent first. */
  attention: z.array(z.object({ kind: z.enum(ATTENTION_KINDS), ...waiting })),
});
export type Health = z.infer<typeof HealthSchema>;
