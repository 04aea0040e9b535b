import { eq, sql } from "drizzle-orm";
import { violatedConstraint } from "./violated-constraint.ts";
import type { BusinessTx } from "./with-business.ts";
import { GRANT_PROBLEMS, unblockWriteBacks } from "./write-backs.ts";
import { zohoConnections } from "./zoho-tables.ts";

type Row = typeof zohoConnections.$inferSelect;
/** An organisation that was let go is none. */
export type ZohoConnection = Row & { refreshToken: string; status: "connected" | "lost" };

export async function findConnection(tx: BusinessTx): Promise<ZohoConnection | null> {
  const [connection] = await tx.sql.select().from(zohoConnections);
  return held(connection);
}

export async function lockConnection(tx: BusinessTx): Promise<ZohoConnection | null> {
  const [connection] = await tx.sql.select().from(zohoConnections).for("update");
  return held(connection);
}

/** Also of one that was let go. */
export async function findLastOrganization(tx: BusinessTx): Promise<string | null> {
  const [row] = await tx.sql.select({ id: zohoConnections.organizationId }).from(zohoConnections);
  return row?.id ?? null;
}

function held(row: Row | undefined): ZohoConnection | null {
  if (!row || row.refreshToken === null || row.status === "disconnected") return null;
  return { ...row, refreshToken: row.refreshToken, status: row.status };
}

/** Changes the connection that still has this grant; one connected anew meanwhile is left alone. */
export async function updateConnection(
  tx: BusinessTx,
  { refreshToken }: Pick<ZohoConnection, "refreshToken">,
  change: Partial<typeof zohoConnections.$inferInsert>,
): Promise<void> {
  await tx.sql.update(zohoConnections).set(change).where(eq(zohoConnections.refreshToken, refreshToken));
}

/** One organisation per business; reconnecting replaces the grant, and frees what waited for it. */
export async function keepConnection(
  tx: BusinessTx,
  connection: Omit<typeof zohoConnections.$inferInsert, "businessId">,
): Promise<void> {
  const row = { ...connection, businessId: tx.businessId, status: "connected" as const };
  await tx.sql
    .insert(zohoConnections)
    .values(row)
    .onConflictDoUpdate({ target: zohoConnections.businessId, set: { ...row, connectedAt: sql`now()` } });
  await unblockWriteBacks(tx, { problems: GRANT_PROBLEMS });
}

/** Uniqueness over all businesses is the index's: row-level security hides whose the organisation is. */
export function isOrganizationTaken(error: unknown): boolean {
  return violatedConstraint(error) === "zoho_connections_organization_id_key";
}
