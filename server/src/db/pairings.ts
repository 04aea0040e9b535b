import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import { sql } from "drizzle-orm";
import { type BusinessId, businessId, type GateTx } from "./with-business.ts";

/** Sign-ins a widget began, before anybody knows whose they are (docs/decisions/016). */
export interface NewPairing {
  id: string;
  pollSha256: string;
  stateSha256: string;
  organizationId: string;
  pageOrigin: string | null;
  now: Date;
  expiresAt: Date;
}

export async function insertPairing(tx: GateTx, pairing: NewPairing): Promise<void> {
  const { id, pollSha256, stateSha256, organizationId, pageOrigin, now, expiresAt } = pairing;
  await tx.sql.execute(sql`
    select gate.begin_pairing(${id}::uuid, ${pollSha256}, ${stateSha256}, ${organizationId}, ${pageOrigin},
      ${now.toISOString()}::timestamptz, ${expiresAt.toISOString()}::timestamptz)`);
}

export interface TakenPairing {
  id: string;
  organizationId: string;
  pageOrigin: string | null;
}

/** Single use: the state is gone whether or not the rest succeeds. */
export async function takePairing(tx: GateTx, stateSha256: string, now: Date): Promise<TakenPairing | null> {
  const [row] = await tx.sql.execute<{ id: string; organization_id: string; page_origin: string | null }>(
    sql`select * from gate.take_pairing(${stateSha256}, ${now.toISOString()}::timestamptz)`,
  );
  return row ? { id: row.id, organizationId: row.organization_id, pageOrigin: row.page_origin } : null;
}

/** Whose organisation it is; asked only once Zoho has said that the person is in it. */
export async function businessOfPairing(tx: GateTx, id: string): Promise<BusinessId | null> {
  const [row] = await tx.sql.execute<{ id: string | null }>(
    sql`select gate.business_of_pairing(${id}::uuid) as id`,
  );
  return row?.id ? businessId(row.id) : null;
}

export type Settlement = { codeSha256: string; businessId: BusinessId; userId: string } | ProblemCode;

export async function settlePairing(tx: GateTx, id: string, settlement: Settlement): Promise<void> {
  const refused = typeof settlement === "string";
  const {
    codeSha256,
    businessId: business,
    userId,
  } = refused ? { codeSha256: null, businessId: null, userId: null } : settlement;
  await tx.sql.execute(sql`
    select gate.settle_pairing(${id}::uuid, ${codeSha256}, ${business}::uuid, ${userId}::uuid,
      ${refused ? settlement : null})`);
}

export interface PairingStatus {
  status: "pending" | "ready" | "refused" | "expired";
  refusal: ProblemCode | null;
}

export async function lookAtPairing(
  tx: GateTx,
  { id, pollSha256, now }: { id: string; pollSha256: string; now: Date },
): Promise<PairingStatus | null> {
  const [row] = await tx.sql.execute<PairingStatus & Record<string, unknown>>(
    sql`select * from gate.look_at_pairing(${id}::uuid, ${pollSha256}, ${now.toISOString()}::timestamptz)`,
  );
  return row ? { status: row.status, refusal: row.refusal } : null;
}

export type Redeemed =
  | { outcome: "redeemed"; businessId: BusinessId; userId: string }
  | { outcome: "wrong" }
  | { outcome: "ended" };

export async function redeem(
  tx: GateTx,
  { id, pollSha256, codeSha256, now }: { id: string; pollSha256: string; codeSha256: string; now: Date },
): Promise<Redeemed> {
  const [row] = await tx.sql.execute<{ outcome: Redeemed["outcome"]; business: string; person: string }>(
    sql`select * from gate.redeem_pairing(${id}::uuid, ${pollSha256}, ${codeSha256},
      ${now.toISOString()}::timestamptz)`,
  );
  if (!row) throw new Error("bug: no outcome of a pairing");
  if (row.outcome !== "redeemed") return { outcome: row.outcome };
  return { outcome: "redeemed", businessId: businessId(row.business), userId: row.person };
}
