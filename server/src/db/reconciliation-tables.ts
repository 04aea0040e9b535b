import { DIFFERENCE_KINDS } from "@fiscalise/shared/reconciliation.ts";
import { DOCUMENT_KINDS } from "@fiscalise/shared/refund.ts";
import { bigint, boolean, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** What drizzle/0023_reconciliations.sql made. */

export const RECONCILIATION_PHASES = [
  "invoice",
  "credit-note",
  "unseen",
  "open",
  "device",
  "finish",
] as const;

export const reconciliations = pgTable("reconciliations", {
  businessId: uuid("business_id").notNull(),
  id: uuid("id").notNull().defaultRandom(),
  sequence: bigint("sequence", { mode: "bigint" }).generatedAlwaysAsIdentity(),
  createdBy: uuid("created_by"),
  createdAt: instant("created_at").notNull(),
  fromDay: text("from_day").notNull(),
  toDay: text("to_day").notNull(),
  phase: text("phase", { enum: RECONCILIATION_PHASES }).notNull().default("invoice"),
  page: integer("page").notNull().default(1),
  pagesRead: integer("pages_read").notNull().default(0),
  documents: integer("documents").notNull().default(0),
  documentsRead: integer("documents_read").notNull().default(0),
  documentsUnread: integer("documents_unread").notNull().default(0),
  found: integer("found").notNull().default(0),
  deviceAsked: boolean("device_asked").notNull().default(false),
  deviceProblem: text("device_problem"),
  waitsFor: text("waits_for"),
  waitsUntil: instant("waits_until"),
  tries: integer("tries").notNull().default(0),
  endedAt: instant("ended_at"),
  outcome: text("outcome", { enum: ["completed", "stopped"] }),
  problem: text("problem"),
});

export const reconciledDocuments = pgTable("reconciled_documents", {
  businessId: uuid("business_id").notNull(),
  documentKind: text("document_kind", { enum: DOCUMENT_KINDS }).notNull(),
  zohoDocumentId: text("zoho_document_id").notNull(),
  reconciliationId: uuid("reconciliation_id").notNull(),
  submissionId: uuid("submission_id"),
  modifiedTime: text("modified_time"),
  readAt: instant("read_at").notNull(),
  seen: jsonb("seen").notNull(),
});

export const differences = pgTable("differences", {
  businessId: uuid("business_id").notNull(),
  id: uuid("id").notNull().defaultRandom(),
  sequence: bigint("sequence", { mode: "bigint" }).generatedAlwaysAsIdentity(),
  kind: text("kind", { enum: DIFFERENCE_KINDS }).notNull(),
  subject: text("subject").notNull(),
  documentKind: text("document_kind", { enum: DOCUMENT_KINDS }),
  zohoDocumentId: text("zoho_document_id"),
  documentNumber: text("document_number"),
  documentDate: text("document_date"),
  submissionId: uuid("submission_id"),
  detail: jsonb("detail").notNull(),
  foundSha256: text("found_sha256").notNull(),
  firstSeen: instant("first_seen").notNull(),
  reconciliationId: uuid("reconciliation_id").notNull(),
  resolvedAt: instant("resolved_at"),
  acceptedAt: instant("accepted_at"),
  acceptedBy: uuid("accepted_by"),
  acceptedReason: text("accepted_reason"),
});
