import type { Anchor } from "../db/audit-anchors.ts";
import { type AuditorDatabase, lastAnchors, listChains, PROVIDER_CHAIN } from "../db/audit-chain.ts";
import { type AuditKey, digestOf } from "./anchor.ts";
import { type ChainReport, PROVIDER_WORD, verifyChain } from "./verify-chain.ts";

export interface VerifyAuditDeps {
  database: AuditorDatabase;
  keys: readonly AuditKey[];
  clock: () => Date;
}

/** A line `audit-anchored` of a server's log. */
export interface LoggedDigest {
  at: string;
  digest: string;
}

export interface VerifyAuditQuery {
  /** One business, or `provider`; null: all. */
  chain: string | null;
  /** Exported earlier. */
  witnesses: readonly Anchor[];
  logged: readonly LoggedDigest[];
}

export interface AuditReport {
  intact: boolean;
  chains: ChainReport[];
  /** Runs whose anchors are not those the log tells of. */
  wrongDigests: LoggedDigest[];
}

/**
 * Every chain in one snapshot, told as they are walked.
 * @throws Error for one chain of which there is no trace: to call it intact would be wrong
 */
export async function verifyAudit(
  { database, keys, clock }: VerifyAuditDeps,
  { chain, witnesses, logged }: VerifyAuditQuery,
): Promise<AuditReport> {
  return database.read(async (tx) => {
    const wanted = chain === PROVIDER_WORD ? PROVIDER_CHAIN : chain;
    const known = new Set([...(await listChains(tx)), ...witnesses.map((witness) => witness.chain)]);
    if (wanted !== null && !known.has(wanted)) throw new Error(`no chain ${wanted} is known`);
    const chains: ChainReport[] = [];
    for (const id of wanted === null ? known : [wanted]) {
      const own = witnesses.filter((witness) => witness.chain === id).sort(bySequence);
      chains.push(await verifyChain(tx, id, { keys, now: clock(), witnesses: own }));
    }
    const wrongDigests: LoggedDigest[] = [];
    for (const line of logged) {
      if (digestOf(await lastAnchors(tx, new Date(line.at))) !== line.digest) wrongDigests.push(line);
    }
    return {
      intact: wrongDigests.length === 0 && chains.every(({ broken }) => broken === null),
      chains,
      wrongDigests,
    };
  });
}

function bySequence(a: Anchor, b: Anchor): number {
  return BigInt(a.sequence) < BigInt(b.sequence) ? -1 : 1;
}

/** The last anchor of each chain: it vouches for everything before it. */
export async function exportAnchors(database: AuditorDatabase): Promise<Anchor[]> {
  return database.read((tx) => lastAnchors(tx, null));
}
