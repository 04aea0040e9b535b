import { createHash } from "node:crypto";
import type { StoredEvent } from "../db/audit-chain.ts";

/** A text with its length before it, so that no two rows of fields read alike; null is told from empty. */
export function netstring(value: string | null): string {
  return value === null ? "-," : `${Buffer.byteLength(value)}:${value},`;
}

/** What `gate.audit_hash` computed as the event was sealed (drizzle/0003_audit_chain.sql), from the stored row alone. */
export function hashOf(event: StoredEvent): string {
  const fields = [
    event.previousHash,
    event.chain,
    event.sequence,
    event.id,
    event.at,
    event.actor,
    event.action,
    event.subject,
    event.result,
    event.address,
    event.requestId,
    event.detail,
  ];
  return createHash("sha256").update(fields.map(netstring).join("")).digest("hex");
}
