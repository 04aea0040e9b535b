import { createHash, createHmac } from "node:crypto";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export interface Signature {
  /** 26 characters: one block of 16 bytes, like the official client. */
  internalData: string;
  /** 16 characters: 10 bytes of an HMAC-SHA1. */
  receiptSignature: string;
}

export function sign(secret: string, requestText: string, receiptNumber: number): Signature {
  const bytes = (purpose: string) =>
    createHmac("sha1", secret).update(`${purpose}|${receiptNumber}|${requestText}`).digest();
  return {
    internalData: base32(bytes("internal-data").subarray(0, 16)),
    receiptSignature: base32(bytes("signature").subarray(0, 10)),
  };
}

/** A number of `digits` digits that is always the same for the same text. */
export function digitsOf(text: string, digits: number): string {
  const value = createHash("sha256").update(text).digest().readBigUInt64BE();
  return (value % 10n ** BigInt(digits)).toString().padStart(digits, "0");
}

function base32(bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => BASE32[Number.parseInt(group.padEnd(5, "0"), 2)]).join("");
}
