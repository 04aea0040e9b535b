import { randomBytes, randomUUID } from "node:crypto";
import { KEY_BYTES, openBytes, sealBytes } from "./aes-gcm.ts";
import {
  type DataKey,
  findDataKey,
  findNewestDataKey,
  insertDataKey,
  lockDataKeys,
  updateWrapping,
} from "./db/data-keys.ts";
import type { BusinessId, BusinessTx } from "./db/with-business.ts";

/** What is sealed; part of what a sealed text is bound to, so it opens in its own place only. */
export type SecretField =
  | "zoho-refresh-token"
  | "zoho-access-token"
  | "device-keys"
  | "webhook-token"
  | "webhook-secret";

/** Seals the business's secrets for storage (docs/decisions/013). */
export interface Secrets {
  /** Of the operator's key that seals. */
  keyId: string;
  /** The sealed text belongs into the same transaction: with it comes the business's first data key. */
  seal: (tx: BusinessTx, field: SecretField, plain: string) => Promise<string>;
  /** @throws when tampered with, moved, or sealed by a key that is gone. */
  open: (tx: BusinessTx, field: SecretField, sealed: string) => Promise<string>;
  /** The same of a text that was read together with its data key. */
  openFound: (tx: BusinessTx, field: SecretField, found: Found) => string;
  /** Opens every data key of the business and seals it by the current key; answers how many had an older one. */
  rewrap: (tx: BusinessTx) => Promise<number>;
}

export interface Found {
  sealed: string;
  dataKey: DataKey | null;
}

export interface OperatorKey {
  id: string;
  key: Uint8Array;
}

/**
 * The business's data key seals; the operator's first key seals new data keys, every listed one opens them.
 * Sealed form: `dk1.dataKeyId.base64url`.
 */
export function createSecrets(keys: readonly OperatorKey[]): Secrets {
  const [current] = keys;
  if (!current) throw new Error("at least one encryption key is needed");
  const openFound: Secrets["openFound"] = ({ businessId }, field, { sealed, dataKey }) => {
    const { keyId, body, byOperator } = parseSealed(sealed);
    if (!byOperator && dataKey?.id !== keyId)
      throw fault("DATA_KEY_MISSING", `business ${businessId} has no data key ${keyId}`);
    const key = dataKey && !byOperator ? unwrap(keys, businessId, dataKey) : operatorKey(keys, keyId);
    const bound = byOperator ? `${businessId}:${field}` : boundTo(businessId, field, keyId);
    return opened(() => openBytes(key, body, bound), `${field} of ${businessId}`).toString("utf8");
  };
  return {
    keyId: current.id,
    seal: async (tx, field, plain) => {
      const { id, key } = await sealingKey(tx, keys, current);
      const bound = boundTo(tx.businessId, field, id);
      return [FORM, id, sealBytes(key, Buffer.from(plain), bound)].join(".");
    },
    open: async (tx, field, sealed) => {
      const { keyId, byOperator } = parseSealed(sealed);
      return openFound(tx, field, { sealed, dataKey: byOperator ? null : await findDataKey(tx, keyId) });
    },
    openFound,
    rewrap: async (tx) => {
      let older = 0;
      for (const stored of await lockDataKeys(tx)) {
        const key = unwrap(keys, tx.businessId, stored);
        if (wrappedBy(stored.wrapped) === current.id) continue;
        await updateWrapping(tx, wrap(current, tx.businessId, { id: stored.id, key }));
        older += 1;
      }
      return older;
    },
  };
}

const FORM = "dk1";

/** Before there were data keys the operator's own key sealed: `keyId.base64url`. */
export function isSealedByOperatorKey(sealed: string): boolean {
  return parseSealed(sealed).byOperator;
}

function parseSealed(sealed: string): { keyId: string; body: string; byOperator: boolean } {
  const [first = "", second = "", third] = sealed.split(".");
  if (third === undefined) return { keyId: first, body: second, byOperator: true };
  if (first !== FORM) throw fault("SECRET_UNREADABLE", "sealed in an unknown form");
  return { keyId: second, body: third, byOperator: false };
}

/** Two first seals at once make a key each; either opens what it sealed, and the newest seals from then on. */
async function sealingKey(
  tx: BusinessTx,
  keys: readonly OperatorKey[],
  current: OperatorKey,
): Promise<OperatorKey> {
  const newest = await findNewestDataKey(tx);
  if (newest) return { id: newest.id, key: unwrap(keys, tx.businessId, newest) };
  const fresh = { id: randomUUID(), key: randomBytes(KEY_BYTES) };
  await insertDataKey(tx, wrap(current, tx.businessId, fresh));
  return fresh;
}

function wrap(by: OperatorKey, business: BusinessId, { id, key }: OperatorKey): DataKey {
  return { id, wrapped: `${by.id}.${sealBytes(by.key, key, boundTo(business, "data-key", id))}` };
}

function unwrap(keys: readonly OperatorKey[], business: BusinessId, { id, wrapped }: DataKey): Buffer {
  const [, body = ""] = wrapped.split(".");
  const key = operatorKey(keys, wrappedBy(wrapped));
  return opened(() => openBytes(key, body, boundTo(business, "data-key", id)), `data key ${id}`);
}

function wrappedBy(wrapped: string): string {
  return wrapped.split(".")[0] ?? "";
}

function operatorKey(keys: readonly OperatorKey[], id: string): Uint8Array {
  const found = keys.find((candidate) => candidate.id === id);
  if (!found) throw fault("ENCRYPTION_KEY_MISSING", `ENCRYPTION_KEYS lacks ${id}`);
  return found.key;
}

function boundTo(business: BusinessId, field: SecretField | "data-key", keyId: string): string {
  return `${business}:${field}:${keyId}`;
}

function opened(open: () => Buffer, what: string): Buffer {
  try {
    return open();
  } catch (cause) {
    throw fault("SECRET_UNREADABLE", `${what} does not open`, cause);
  }
}

const FAULTS = ["SECRET_UNREADABLE", "ENCRYPTION_KEY_MISSING", "DATA_KEY_MISSING"] as const;

/** Whether an error says that a sealed text cannot be opened. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof Error && "code" in error && FAULTS.some((code) => code === error.code);
}

/** The code is what the log shows (log.ts). */
function fault(code: (typeof FAULTS)[number], message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { code });
}
