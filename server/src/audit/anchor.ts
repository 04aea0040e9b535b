import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Anchor, Head } from "../db/audit-anchors.ts";
import { netstring } from "./event-hash.ts";

export interface AuditKey {
  id: string;
  key: Uint8Array;
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
