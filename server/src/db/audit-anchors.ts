import { sql } from "drizzle-orm";
import type { Anchor, Head } from "../audit/anchor.ts";
import type { GateTx } from "./with-business.ts";

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
