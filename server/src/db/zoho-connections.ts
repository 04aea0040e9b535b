import { and, eq, gt, lt, sql } from "drizzle-orm";
import { oauthStates, zohoConnections } from "./tables.ts";
import { violatedConstraint } from "./violated-constraint.ts";
import type { BusinessTx } from "./with-business.ts";
import { GRANT_PROBLEMS, unblockWriteBacks } from "./write-backs.ts";

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

export async function insertOauthState(
  tx: BusinessTx,
  state: { nonceSha256: string; userId: string; organizationId: string | null; expiresAt: Date },
): Promise<void> {
  await tx.sql.delete(oauthStates).where(lt(oauthStates.expiresAt, sql`now()`));
  await tx.sql.insert(oauthStates).values({ ...state, businessId: tx.businessId });
}

/** Single use: the state is gone whether or not the rest succeeds. */
export async function takeOauthState(
  tx: BusinessTx,
  nonceSha256: string,
  now: Date,
): Promise<{ userId: string; organizationId: string | null } | null> {
  const [taken] = await tx.sql
    .delete(oauthStates)
    .where(and(eq(oauthStates.nonceSha256, nonceSha256), gt(oauthStates.expiresAt, now)))
    .returning({ userId: oauthStates.userId, organizationId: oauthStates.organizationId });
  return taken ?? null;
}
