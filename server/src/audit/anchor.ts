import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { netstring } from "./event-hash.ts";

export interface AuditKey {
  id: string;
  key: Uint8Array;
}

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

export function signAnchor({ id, key }: AuditKey, head: Head, at: Date): Anchor {
  const signed = { ...head, at: `${at.toISOString().slice(0, -1)}000`, keyId: id };
  return { ...signed, signature: signatureOf(key, signed).toString("base64url") };
}

export type AnchorProof = "genuine" | "forged" | "key-unknown";

export function proveAnchor(keys: readonly AuditKey[], anchor: Anchor): AnchorProof {
  const key = keys.find(({ id }) => id === anchor.keyId);
  if (!key) return "key-unknown";
  const expected = signatureOf(key.key, anchor);
  const given = Buffer.from(anchor.signature, "base64url");
  return given.length === expected.length && timingSafeEqual(given, expected) ? "genuine" : "forged";
}

function signatureOf(
  key: Uint8Array,
  { chain, sequence, hash, at, keyId }: Omit<Anchor, "signature">,
): Buffer {
  const text = ["fiscalise-audit-anchor-1", chain, sequence, hash, at, keyId].map(netstring).join("");
  return createHmac("sha256", key).update(text).digest();
}

/** One value for the heads of all chains: where it is kept outside, none of them can be changed unnoticed. */
export function digestOf(heads: readonly Head[]): string {
  const sorted = heads.toSorted((a, b) => (a.chain < b.chain ? -1 : 1));
  const text = sorted
    .map(({ chain, sequence, hash }) => [chain, sequence, hash].map(netstring).join(""))
    .join("");
  return createHash("sha256").update(text).digest("hex");
}
