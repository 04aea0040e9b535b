import * as z from "zod/mini";

export const AuditEventSchema = z.object({
  /** Counts the events of the business, without gaps. */
  sequence: z.string(),
  at: z.string(),
  /** `user:<number>`, `super-admin:<number>` or `system`. */
  actor: z.string(),
  /** Of a user of the business, as it is named today. */
  actorName: z.nullable(z.string()),
  action: z.string(),
  subject: z.string(),
  /** How it is called today: a document's number, a person's name, a run's days. Null: it is gone, or has no other name. */
  subjectName: z.nullable(z.string()),
  result: z.enum(["done", "refused"]),
  address: z.nullable(z.string()),
  requestId: z.nullable(z.string()),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditEvent = z.infer<typeof AuditEventSchema>;

export const AuditEventsSchema = z.object({
  items: z.array(AuditEventSchema),
  nextCursor: z.nullable(z.string()),
});
export type AuditEvents = z.infer<typeof AuditEventsSchema>;
