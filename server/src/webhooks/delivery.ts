import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export interface Delivery {
  /** Of the address, as it came. */
  rawQuery: string;
  body: Uint8Array;
  /** What its signature says. */
  digest: Uint8Array;
}

/** The document a delivery is about; nothing else in it is believed. */
export interface Trigger {
  kind: "invoice" | "credit-note";
  id: string;
  /** It says that the document was voided: a reason to look, no more. */
  mayBeVoid: boolean;
}

/** By HMAC-SHA256 over what Zoho signs (docs/zoho.md#webhooks), compared in constant time. */
export function isSigned({ digest, ...content }: Delivery, secret: string): boolean {
  const own = createHmac("sha256", secret);
  for (const part of signedParts(content)) own.update(part);
  return timingSafeEqual(own.digest(), digest);
}

/** The same content twice is the same delivery, sent anew or by somebody who saw it. */
export function contentSha256(content: Omit<Delivery, "digest">): string {
  const hash = createHash("sha256");
  for (const part of signedParts(content)) hash.update(part);
  return hash.digest("hex");
}

/** Query parameters sorted by name, each name and value without anything between, then the raw body. */
function signedParts({ rawQuery, body }: Omit<Delivery, "digest">): (string | Uint8Array)[] {
  const sorted = [...new URLSearchParams(rawQuery)].sort(([one], [other]) => (one < other ? -1 : 1));
  return [...sorted.flat(), body];
}

/** Of X-Zoho-Webhook-Signature; null for what is none. Zoho does not say whether it writes hex or base64. */
export function readSignature(header: string | null): Uint8Array | null {
  const text = header?.trim() ?? "";
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, "hex");
  return /^[A-Za-z0-9+/]{43}=$/.test(text) ? Buffer.from(text, "base64") : null;
}

const ENTITIES = [
  { kind: "invoice", field: "invoice", id: "invoice_id" },
  { kind: "credit-note", field: "creditnote", id: "creditnote_id" },
] as const;

/** Null for what names no document: not JSON, another module, an id of no form we know. */
export function triggerOf(body: Uint8Array): Trigger | null {
  const parsed = readJson(body);
  for (const { kind, field, id } of ENTITIES) {
    const document = fieldOf(parsed, field);
    const found = idOf(fieldOf(document, id));
    if (found === null) continue;
    const status = fieldOf(document, "status");
    return { kind, id: found, mayBeVoid: typeof status === "string" && status.toLowerCase() === "void" };
  }
  return null;
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return null;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** A number beyond what a float holds would name another document; Zoho writes ids as texts. */
function idOf(value: unknown): string | null {
  return typeof value === "string" && /^[1-9]\d{0,29}$/.test(value) ? value : null;
}
