import { integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** The organisation of Zoho a business is bound to, and the grants on the way to it and back. */

export const zohoConnections = pgTable("zoho_connections", {
  businessId: uuid("business_id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  organizationName: text("organization_name").notNull(),
  baseCurrency: text("base_currency").notNull(),
  accountsUrl: text("accounts_url").notNull(),
  apiUrl: text("api_url").notNull(),
  scopes: text("scopes").notNull(),
  /** Null once the organisation was let go. */
  refreshToken: text("refresh_token"),
  accessToken: text("access_token"),
  accessExpiresAt: instant("access_expires_at"),
  accessGivenAt: instant("access_given_at"),
  refreshedAt: instant("refreshed_at").array().notNull().default([]),
  refreshingUntil: instant("refreshing_until"),
  status: text("status", { enum: ["connected", "lost", "disconnected"] })
    .notNull()
    .default("connected"),
  connectedAt: instant("connected_at").notNull().defaultNow(),
});

export const oauthStates = pgTable("oauth_states", {
  businessId: uuid("business_id").notNull(),
  nonceSha256: text("nonce_sha256").notNull(),
  userId: uuid("user_id").notNull(),
  organizationId: text("organization_id"),
  expiresAt: instant("expires_at").notNull(),
  pageOrigin: text("page_origin"),
  consentedAt: instant("consented_at"),
  codeSha256: text("code_sha256"),
  tries: integer("tries").notNull().default(0),
  refusal: text("refusal"),
  sealedGrant: text("sealed_grant"),
  offer: jsonb("offer"),
});

export const zohoRevocations = pgTable("zoho_revocations", {
  businessId: uuid("business_id").notNull(),
  id: uuid("id").notNull().defaultRandom(),
  accountsUrl: text("accounts_url").notNull(),
  refreshToken: text("refresh_token").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  tries: integer("tries").notNull().default(0),
});
