import { customType, numeric, timestamp } from "drizzle-orm/pg-core";

/** Kinds of column that several tables have. */
export const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
export const amount = (name: string) => numeric(name, { precision: 18, scale: 2 });
export const deviceNumber = (name: string) => numeric(name, { precision: 38, scale: 0, mode: "bigint" });
