import { anchoredHeads, keepAnchor, lockAnchoring, unanchoredHeads } from "../db/audit-anchors.ts";
import type { AtGate } from "../db/with-business.ts";
import { type AuditKey, digestOf, signAnchor } from "./anchor.ts";

export interface AnchorChainsDeps {
  atGate: AtGate;
  /** The first signs. */
  keys: readonly AuditKey[];
  clock: () => Date;
}

/** What is to be kept outside the database (docs/decisions/012). */
export interface AnchorRun {
  at: string;
  chains: number;
  moved: number;
  digest: string;
}

/** Signs the head of every chain that moved since its last anchor. Repeatable, and safe beside another worker. */
export async function anchorChains({ atGate, keys, clock }: AnchorChainsDeps): Promise<AnchorRun> {
  const [key] = keys;
  if (!key) throw new Error("bug: no audit key");
  return atGate(async (tx) => {
    await lockAnchoring(tx);
    const at = clock();
    const moved = await unanchoredHeads(tx);
    for (const head of moved) await keepAnchor(tx, signAnchor(key, head, at));
    const heads = await anchoredHeads(tx);
    return { at: at.toISOString(), chains: heads.length, moved: moved.length, digest: digestOf(heads) };
  });
}
