import { type AuditorDatabase, lastAnchors, listChains } from "../db/audit-chain.ts";
import type { Anchor, AuditKey } from "./anchor.ts";
import { type ChainReport, verifyChain } from "./verify-chain.ts";

export interface VerifyAudit {
  keys: readonly AuditKey[];
  now: Date;
  /** Anchors exported earlier and kept outside the database. */
  witnesses: readonly Anchor[];
  /** Null: every chain. */
  businessId: string | null;
}

/** Walks the chains in one snapshot; a chain that only a witness remembers counts too. */
export async function verifyAudit(database: AuditorDatabase, asked: VerifyAudit): Promise<ChainReport[]> {
  const { keys, now, witnesses, businessId } = asked;
  return database.read(async (tx) => {
    const known = new Set([...(await listChains(tx)), ...witnesses.map(({ chain }) => chain)]);
    const chains = businessId === null ? [...known].toSorted() : [businessId];
    const reports: ChainReport[] = [];
    for (const chain of chains) {
      const own = witnesses
        .filter((witness) => witness.chain === chain)
        .toSorted((a, b) => (BigInt(a.sequence) < BigInt(b.sequence) ? -1 : 1));
      reports.push(await verifyChain(tx, chain, { keys, now, witnesses: own }));
    }
    return reports;
  });
}

/** The last anchor of every chain, to be kept where the database's owner cannot reach. */
export function exportAnchors(database: AuditorDatabase): Promise<Anchor[]> {
  return database.read((tx) => lastAnchors(tx));
}
