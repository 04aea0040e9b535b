import { bigint, date, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** What came from the predecessor, and what it was there. */

export const predecessorRows = pgTable("predecessor_rows", {
  businessId: uuid("business_id").notNull(),
  sourceTable: text("source_table", {
    enum: ["businesses", "users", "webhook_activities", "daily_reports"],
  }).notNull(),
  sourceId: bigint("source_id", { mode: "number" }).notNull(),
  ourId: uuid("our_id").notNull(),
  /** Of a user: what she signed in with there. */
  sourceName: text("source_name"),
  importedAt: instant("imported_at").notNull(),
});

export const importedDayReports = pgTable("imported_day_reports", {
  businessId: uuid("business_id").notNull(),
  id: uuid("id").notNull(),
  number: integer("number").notNull(),
  day: date("day", { mode: "string" }).notNull(),
  figures: jsonb("figures").notNull(),
  importedAt: instant("imported_at").notNull(),
});
