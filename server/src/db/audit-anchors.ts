import { sql } from "drizzle-orm";
import type { GateTx } from "./with-business.ts";

/** The last event of a chain at some moment. */
export interface Head {
  chain: string;
  sequence: string;
  /** Hexadecimal. */
  hash: string;
}

/** A head that somebody with an audit key has seen. */
export interface Anchor extends Head {
  /** To the microsecond, in UTC: `2026-11-25T11:07:00.000000`. */
  at: string;
  keyId: string;
  signature: string;
}

/** One run at a time: what it read is what it anchors. */
export async function lockAnchoring(tx: GateTx): Promise<void> {
  await tx.sql.execute(sql`select pg_advisory_xact_lock(hashtext('fiscalise-audit-anchors'), 0)`);
}

/** Chains with events since their last anchor. */
export async function unanchoredHeads(tx: GateTx): Promise<Head[]> {
  const rows = await tx.sql.execute<Head & Record<string, unknown>>(
    sql`select chain, sequence::text, encode(hash, 'hex') as hash from gate.unanchored_heads()`,
  );
  return rows.map(({ chain, sequence, hash }) => ({ chain, sequence, hash }));
}

/** The last anchor of every chain. */
export async function anchoredHeads(tx: GateTx): Promise<Head[]> {
  const rows = await tx.sql.execute<Head & Record<string, unknown>>(
    sql`select chain, sequence::text, encode(hash, 'hex') as hash from gate.anchored_heads()`,
  );
  return rows.map(({ chain, sequence, hash }) => ({ chain, sequence, hash }));
}

export async function keepAnchor(tx: GateTx, anchor: Anchor): Promise<void> {
  await tx.sql.execute(sql`
    select gate.keep_anchor(${anchor.chain}::uuid, ${anchor.sequence}::bigint, decode(${anchor.hash}, 'hex'),
      ${`${anchor.at}Z`}::timestamptz, ${anchor.keyId}, ${anchor.signature})`);
}
