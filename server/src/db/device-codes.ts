import { and, asc, eq, sql } from "drizzle-orm";
import { deviceCodes, itemClasses } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

type DeviceCode = Omit<typeof deviceCodes.$inferInsert, "businessId" | "branchId">;
type ItemClass = Omit<typeof itemClasses.$inferInsert, "businessId" | "branchId">;
export type StoredItemClass = typeof itemClasses.$inferSelect;

/** Below PostgreSQL's 65,535 parameters a statement. */
const ROWS_PER_INSERT = 5_000;

export async function deleteDeviceCodes(tx: BusinessTx, branchId: string): Promise<void> {
  await tx.sql.delete(deviceCodes).where(eq(deviceCodes.branchId, branchId));
}

export async function deleteItemClasses(tx: BusinessTx, branchId: string): Promise<void> {
  await tx.sql.delete(itemClasses).where(eq(itemClasses.branchId, branchId));
}

/** By code: what the device did not name stays as it was. */
export async function mergeDeviceCodes(tx: BusinessTx, branchId: string, codes: DeviceCode[]): Promise<void> {
  for (const rows of batches(lastOfEach(codes, ({ class: of, code }) => `${of} ${code}`))) {
    await tx.sql
      .insert(deviceCodes)
      .values(rows.map((row) => ({ ...row, businessId: tx.businessId, branchId })))
      .onConflictDoUpdate({
        target: [deviceCodes.businessId, deviceCodes.branchId, deviceCodes.class, deviceCodes.code],
        set: {
          name: sql`excluded.name`,
          attribute: sql`excluded.attribute`,
          inUse: sql`excluded.in_use`,
        },
      });
  }
}

export async function mergeItemClasses(
  tx: BusinessTx,
  branchId: string,
  classes: ItemClass[],
): Promise<void> {
  for (const rows of batches(lastOfEach(classes, ({ code }) => code))) {
    await tx.sql
      .insert(itemClasses)
      .values(rows.map((row) => ({ ...row, businessId: tx.businessId, branchId })))
      .onConflictDoUpdate({
        target: [itemClasses.businessId, itemClasses.branchId, itemClasses.code],
        set: {
          name: sql`excluded.name`,
          level: sql`excluded.level`,
          taxClass: sql`excluded.tax_class`,
          inUse: sql`excluded.in_use`,
        },
      });
  }
}

/** Of one class, those in use. */
export async function findDeviceCodes(
  tx: BusinessTx,
  branchId: string,
  codeClass: string,
): Promise<{ code: string; name: string }[]> {
  return tx.sql
    .select({ code: deviceCodes.code, name: deviceCodes.name })
    .from(deviceCodes)
    .where(
      and(eq(deviceCodes.branchId, branchId), eq(deviceCodes.class, codeClass), eq(deviceCodes.inUse, true)),
    )
    .orderBy(asc(deviceCodes.code));
}

/** Whether the device's list has been copied at all. */
export async function hasItemClasses(tx: BusinessTx, branchId: string): Promise<boolean> {
  const rows = await tx.sql
    .select({ code: itemClasses.code })
    .from(itemClasses)
    .where(eq(itemClasses.branchId, branchId))
    .limit(1);
  return rows.length > 0;
}

export async function findItemClass(
  tx: BusinessTx,
  branchId: string,
  code: string,
): Promise<StoredItemClass | null> {
  const [found] = await tx.sql
    .select()
    .from(itemClasses)
    .where(and(eq(itemClasses.branchId, branchId), eq(itemClasses.code, code)));
  return found ?? null;
}

/** In lower case. */
const SEARCH_NAME = sql`item_classes.search_name`;

/**
 * Classes in use whose code begins so, or whose name has all the words, in any case. Written with `~>=~` rather than
 * `like`: row-level security keeps operators that may leak out of an index.
 */
export async function searchItemClasses(
  tx: BusinessTx,
  branchId: string,
  { search, limit }: { search: string; limit: number },
): Promise<Pick<StoredItemClass, "code" | "name" | "level" | "taxClass">[]> {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const [first = ""] = words;
  const isCode = words.length === 1 && /^\d+$/.test(first);
  const matches = isCode
    ? sql`${itemClasses.code} ~>=~ ${first} and ${itemClasses.code} ~<~ ${`${first}:`}`
    : and(...words.map((word) => sql`strpos(${SEARCH_NAME}, ${word}) > 0`));
  // A name that begins so is meant before one that only has it inside.
  const order = isCode
    ? sql`${itemClasses.code}`
    : sql`strpos(${SEARCH_NAME}, ${first}), ${itemClasses.name}, ${itemClasses.code}`;
  return tx.sql
    .select({
      code: itemClasses.code,
      name: itemClasses.name,
      level: itemClasses.level,
      taxClass: itemClasses.taxClass,
    })
    .from(itemClasses)
    .where(and(eq(itemClasses.branchId, branchId), eq(itemClasses.inUse, true), matches))
    .orderBy(order)
    .limit(limit);
}

/** Classes in use whose name has any of the words, those with most of them first. */
export async function classesWithAnyOf(
  tx: BusinessTx,
  branchId: string,
  { words, limit }: { words: readonly string[]; limit: number },
): Promise<Pick<StoredItemClass, "code" | "name" | "level">[]> {
  if (words.length === 0) return [];
  const hits = sql.join(
    words.map((word) => sql`(strpos(${SEARCH_NAME}, ${word}) > 0)::int`),
    sql` + `,
  );
  return tx.sql
    .select({ code: itemClasses.code, name: itemClasses.name, level: itemClasses.level })
    .from(itemClasses)
    .where(and(eq(itemClasses.branchId, branchId), eq(itemClasses.inUse, true), sql`${hits} > 0`))
    .orderBy(sql`${hits} desc, length(${itemClasses.name}), ${itemClasses.code}`)
    .limit(limit);
}

/** A statement may touch a row once. */
function lastOfEach<T>(rows: T[], keyOf: (row: T) => string): T[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}

function batches<T>(rows: T[]): T[][] {
  const count = Math.ceil(rows.length / ROWS_PER_INSERT);
  return Array.from({ length: count }, (_, index) =>
    rows.slice(index * ROWS_PER_INSERT, (index + 1) * ROWS_PER_INSERT),
  );
}
