import { bigint, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns.ts";

/** Sessions, codes, keys and notices, as drizzle/*.sql made them. Explicit snake_case names. */

export const SESSION_ENDS = [
  "signed-out",
  "token-reused",
  "password-changed",
  "role-changed",
  "deactivated",
] as const;

export const sessions = pgTable("sessions", {
  id: uuid("id").primaryKey().defaultRandom(),
  businessId: uuid("business_id"),
  userId: uuid("user_id").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  expiresAt: instant("expires_at").notNull(),
  endedAt: instant("ended_at"),
  endReason: text("end_reason", { enum: SESSION_ENDS }),
});

export const refreshTokens = pgTable("refresh_tokens", {
  sha256: text("sha256").primaryKey(),
  businessId: uuid("business_id"),
  sessionId: uuid("session_id").notNull(),
  issuedAt: instant("issued_at").notNull().defaultNow(),
  replacedAt: instant("replaced_at"),
  revokedAt: instant("revoked_at"),
  replacedBy: text("replaced_by"),
});

export const oneTimeCodes = pgTable("one_time_codes", {
  sha256: text("sha256").primaryKey(),
  businessId: uuid("business_id").notNull(),
  userId: uuid("user_id").notNull(),
  kind: text("kind", { enum: ["activation", "invitation"] }).notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
  revokedAt: instant("revoked_at"),
});

export const dataKeys = pgTable("data_keys", {
  businessId: uuid("business_id").notNull(),
  id: uuid("id").notNull().defaultRandom(),
  wrapped: text("wrapped").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export const auditAnchors = pgTable("audit_anchors", {
  chain: uuid("chain").notNull(),
  sequence: bigint("sequence", { mode: "bigint" }).notNull(),
  hash: bytes("hash").notNull(),
  at: instant("at").notNull(),
  keyId: text("key_id").notNull(),
  signature: text("signature").notNull(),
});

export const noticeMails = pgTable("notice_mails", {
  businessId: uuid("business_id").notNull(),
  userId: uuid("user_id").notNull(),
  told: jsonb("told").notNull().default([]),
  toldAt: instant("told_at"),
  sending: jsonb("sending"),
  sendingSince: instant("sending_since"),
  messageId: text("message_id"),
  tries: integer("tries").notNull().default(0),
  notBefore: instant("not_before"),
});
