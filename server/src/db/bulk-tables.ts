import { BULK_STATES } from "@fiscalise/shared/bulk.ts";
import { bigint, date, integer, jsonb, numeric, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { RefusalRef } from "../failure.ts";
import { instant } from "./columns.ts";

/** What drizzle/0010_bulk_runs.sql made. */

export const bulkRuns = pgTable("bulk_runs", {
  businessId: uuid("business_id").notNull(),
  id: uuid("id").notNull().defaultRandom(),
  sequence: bigint("sequence", { mode: "bigint" }).generatedAlwaysAsIdentity(),
  createdBy: uuid("created_by").notNull(),
  startedBy: uuid("started_by"),
  createdAt: instant("created_at").notNull(),
  askedFrom: date("asked_from", { mode: "string" }),
  askedTo: date("asked_to", { mode: "string" }),
  state: text("state", { enum: BULK_STATES }).notNull(),
  stateSince: instant("state_since").notNull(),
  startedAt: instant("started_at"),
  listedAt: instant("listed_at"),
  leftOut: integer("left_out").notNull().default(0),
  reason: text("reason"),
  waitsFor: text("waits_for"),
  waitsUntil: instant("waits_until"),
  tries: integer("tries").notNull().default(0),
});

export const bulkDocuments = pgTable("bulk_documents", {
  businessId: uuid("business_id").notNull(),
  runId: uuid("run_id").notNull(),
  position: integer("position").notNull(),
  zohoDocumentId: text("zoho_document_id").notNull(),
  number: text("number"),
  date: date("date", { mode: "string" }),
  customerName: text("customer_name"),
  currencyCode: text("currency_code"),
  total: numeric("total"),
  state: text("state", { enum: ["waiting", "ready", "refused", "accepted", "failed"] })
    .notNull()
    .default("waiting"),
  refusals: jsonb("refusals").$type<RefusalRef[]>().notNull().default([]),
  problem: text("problem"),
  submissionId: uuid("submission_id"),
  listPage: integer("list_page"),
  documentText: text("document_text"),
  modifiedTime: text("modified_time"),
  readAt: instant("read_at"),
  settledAt: instant("settled_at"),
});
