import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Seals a secret for storage. `context` binds it to its business and field: moved elsewhere it does not open. */
export interface Secrets {
  seal: (plain: string, context: string) => string;
  /** @throws when tampered with, moved, or sealed by a key that is gone. */
  open: (sealed: string, context: string) => string;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM; the first key seals, every key opens. Sealed form: `keyId.base64url(iv + tag + ciphertext)`. */
export function createSecrets(keys: { id: string; key: Uint8Array }[]): Secrets {
  const [current] = keys;
  if (!current) throw new Error("at least one encryption key is needed");
  return {
    seal(plain, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", current.key, iv).setAAD(Buffer.from(context));
      const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return `${current.id}.${Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64url")}`;
    },
    open(sealed, context) {
      const [id = "", body = ""] = sealed.split(".");
      const key = keys.find((candidate) => candidate.id === id);
      if (!key) throw new Error(`no encryption key ${id}`);
      const bytes = Buffer.from(body, "base64url");
      const decipher = createDecipheriv("aes-256-gcm", key.key, bytes.subarray(0, IV_BYTES));
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString("utf8");
    },
  };
}
