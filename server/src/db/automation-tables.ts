import { date, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** What drizzle/0008_webhooks.sql, 0014_sweep_place.sql and 0023_reconciliations.sql made. */

export const zohoUsage = pgTable("zoho_usage", {
  businessId: uuid("business_id").notNull(),
  day: date("day", { mode: "string" }).notNull(),
  calls: integer("calls").notNull().default(0),
  refused: integer("refused").notNull().default(0),
  dayLimitReachedAt: instant("day_limit_reached_at"),
});

export const zohoAutomation = pgTable("zoho_automation", {
  businessId: uuid("business_id").primaryKey(),
  tokenSha256: text("token_sha256"),
  token: text("token"),
  secret: text("secret"),
  secretBefore: text("secret_before"),
  secretBeforeUntil: instant("secret_before_until"),
  parts: jsonb("parts").notNull().default({}),
  partsCheckedAt: instant("parts_checked_at"),
  tinFields: jsonb("tin_fields").notNull().default({}),
  sweptUntil: instant("swept_until"),
  sweptAt: instant("swept_at"),
  sweepPlace: jsonb("sweep_place"),
  dailyCallsMax: integer("daily_calls_max"),
  /** Where another organisation was the business's before. */
  organizationSince: instant("organization_since"),
});

export const webhookDeliveries = pgTable("webhook_deliveries", {
  businessId: uuid("business_id").notNull(),
  contentSha256: text("content_sha256").notNull(),
  documentKind: text("document_kind", { enum: ["invoice", "credit-note"] }),
  documentId: text("document_id"),
  state: text("state", { enum: ["accepted", "ignored"] }).notNull(),
  receivedAt: instant("received_at").notNull(),
});

export const AUTOMATED_STATES = [
  "waiting",
  "left",
  "refused",
  "fiscalised",
  "void-after-fiscalisation",
] as const;

export const automatedDocuments = pgTable("automated_documents", {
  businessId: uuid("business_id").notNull(),
  documentKind: text("document_kind", { enum: ["invoice", "credit-note"] }).notNull(),
  documentId: text("document_id").notNull(),
  documentNumber: text("document_number"),
  state: text("state", { enum: AUTOMATED_STATES }).notNull(),
  codes: text("codes").array().notNull().default([]),
  tries: integer("tries").notNull().default(0),
  stateSince: instant("state_since").notNull(),
  judgedAt: instant("judged_at").notNull(),
});
