import type { Anchor } from "../db/audit-anchors.ts";
import {
  type AuditorTx,
  anchorsOf,
  eventsOf,
  findAnchor,
  findUnsealedEvent,
  PROVIDER_CHAIN,
  type StoredEvent,
} from "../db/audit-chain.ts";
import { type AuditKey, proveAnchor } from "./anchor.ts";
import { hashOf } from "./event-hash.ts";

export type BreakKind =
  | "unsealed"
  | "missing"
  | "duplicate"
  | "out-of-place"
  | "edited"
  | "unlinked"
  | "truncated"
  | "rewritten"
  | "anchor-forged"
  | "anchor-key-unknown"
  | "anchor-deleted"
  | "not-anchored";

/** The first thing wrong with a chain, in words for whoever must explain it. */
export interface Break {
  kind: BreakKind;
  /** Null when no number is to be had. */
  sequence: string | null;
  words: string;
}

export interface ChainReport {
  chain: string;
  /** Null is the provider. */
  businessId: string | null;
  /** Read until the break, all of them without one. */
  events: number;
  anchors: number;
  broken: Break | null;
}

export interface Verification {
  keys: readonly AuditKey[];
  now: Date;
  /** Anchors of this chain that were kept outside the database, in order. */
  witnesses: readonly Anchor[];
}

/** How the provider's own chain is called where a business's id would stand. */
export const PROVIDER_WORD = "provider";

/** Anchoring runs each hour; a whole one may be missed. */
const ANCHOR_DUE_MS = 2 * 3_600_000;

/** Walks one chain from its first event, row by row; the database is asked for nothing but rows. */
export async function verifyChain(
  tx: AuditorTx,
  chain: string,
  verification: Verification,
): Promise<ChainReport> {
  const report = {
    chain,
    businessId: chain === PROVIDER_CHAIN ? null : chain,
    events: 0,
    anchors: 0,
    broken: null as Break | null,
  };
  const anchors = createAnchorCheck(tx, chain, verification);
  const walk = async (): Promise<Break | null> => {
    let previous: StoredEvent | null = null;
    for await (const event of eventsOf(tx, chain)) {
      const broken = checkLink(previous, event) ?? (await anchors.at(event));
      if (broken) return broken;
      report.events += 1;
      previous = event;
    }
    return (await anchors.after(previous)) ?? (await checkUnsealed(tx, chain));
  };
  report.broken = await walk();
  report.anchors = anchors.checked();
  return report;
}

function checkLink(previous: StoredEvent | null, event: StoredEvent): Break | null {
  const broken = (kind: BreakKind, words: string): Break => ({ kind, sequence: event.sequence, words });
  const expected = previous === null ? 1n : BigInt(previous.sequence) + 1n;
  const number = BigInt(event.sequence);
  if (previous !== null && number < expected)
    return broken("duplicate", `two events have the number ${number}`);
  if (number < expected) return broken("out-of-place", `a chain begins with 1, not with ${number}`);
  if (number > expected)
    return { ...broken("missing", missingWords(expected, number - 1n)), sequence: String(expected) };
  if ((event.businessId ?? PROVIDER_CHAIN) !== event.chain)
    return broken("edited", `event ${number} names another business than the one it happened in`);
  if (event.previousHash !== (previous?.hash ?? null)) {
    const before =
      previous === null ? "has an event before it" : `does not follow event ${previous.sequence}`;
    return broken("unlinked", `event ${number} ${before}: one was replaced, exchanged or put between`);
  }
  if (hashOf(event) !== event.hash)
    return broken("edited", `event ${number} is not as it was sealed: a field was changed`);
  return null;
}

function missingWords(from: bigint, to: bigint): string {
  return from === to ? `event ${from} is missing` : `events ${from} to ${to} are missing`;
}

async function checkUnsealed(tx: AuditorTx, chain: string): Promise<Break | null> {
  const id = await findUnsealedEvent(tx, chain);
  if (id === null) return null;
  const words = `the event with id ${id} has no number: it was put in, or taken out of the chain, around the seal`;
  return { kind: "unsealed", sequence: null, words };
}

/** Anchors beside the events they anchor, both in order. */
function createAnchorCheck(tx: AuditorTx, chain: string, { keys, now, witnesses }: Verification) {
  const stored = anchorsOf(tx, chain);
  const kept = [...witnesses];
  let next: Anchor | null | undefined;
  let checked = 0;
  let loose: StoredEvent | null = null;
  const advance = async () => {
    const { value, done } = await stored.next();
    next = done ? null : value;
  };
  const check = (event: StoredEvent, anchor: Anchor) => checkProof(keys, anchor) ?? compare(event, anchor);
  return {
    checked: () => checked,
    at: async (event: StoredEvent): Promise<Break | null> => {
      if (next === undefined) await advance();
      const number = BigInt(event.sequence);
      if (next && BigInt(next.sequence) <= number) {
        const broken = check(event, next);
        if (broken) return broken;
        checked += 1;
        loose = null;
        await advance();
      } else if (!next) loose ??= event;
      while (kept[0] && BigInt(kept[0].sequence) <= number) {
        const [witness] = kept.splice(0, 1) as [Anchor];
        const broken = check(event, witness) ?? (await checkKept(tx, witness));
        if (broken) return broken;
      }
      return null;
    },
    after: async (last: StoredEvent | null): Promise<Break | null> => {
      if (next === undefined) await advance();
      const beyond = next ?? kept[0];
      if (beyond) return checkProof(keys, beyond) ?? truncated(last, beyond);
      if (!loose || now.getTime() - Date.parse(`${loose.at}Z`) < ANCHOR_DUE_MS) return null;
      const words = `nothing since event ${loose.sequence} (${loose.at}) is anchored: anchors were deleted, or no worker runs`;
      return { kind: "not-anchored", sequence: loose.sequence, words };
    },
  };
}

function checkProof(keys: readonly AuditKey[], anchor: Anchor): Break | null {
  const { sequence, at, keyId } = anchor;
  const proof = proveAnchor(keys, anchor);
  if (proof === "key-unknown") {
    const words = `the anchor of event ${sequence} (${at}) is signed by key ${keyId}, which AUDIT_KEYS does not list`;
    return { kind: "anchor-key-unknown", sequence, words };
  }
  if (proof === "genuine") return null;
  return {
    kind: "anchor-forged",
    sequence,
    words: `the anchor of event ${sequence} (${at}) has a wrong signature`,
  };
}

function compare(event: StoredEvent, { sequence, hash, at }: Anchor): Break | null {
  if (event.sequence === sequence && event.hash === hash) return null;
  const words = `event ${sequence} is another one than was anchored at ${at}: history was written anew`;
  return { kind: "rewritten", sequence, words };
}

async function checkKept(tx: AuditorTx, witness: Anchor): Promise<Break | null> {
  const stored = await findAnchor(tx, witness);
  if (stored?.signature === witness.signature) return null;
  const words = `the anchor of event ${witness.sequence} (${witness.at}) was exported and is not in the database any more`;
  return { kind: "anchor-deleted", sequence: witness.sequence, words };
}

function truncated(last: StoredEvent | null, { sequence, at }: Anchor): Break {
  const first = String(BigInt(last?.sequence ?? 0) + 1n);
  const words = `the chain ends before event ${first}, but event ${sequence} was anchored at ${at}`;
  return { kind: "truncated", sequence: first, words };
}
