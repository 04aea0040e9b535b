import { createHash, randomBytes, randomInt } from "node:crypto";

/** Only the hash of a token or code is stored: both are random, so a plain hash is enough. */
export function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** 256 bits: a refresh token, a poll token, the state of a consent. */
export function newSecretToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Without letters and digits that look alike (Crockford's base 32). */
const CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 20;
const HANDOVER_LENGTH = 8;

/** 100 bits, to be read out or typed: `K7QF2-M9XTA-0H4WD-6ZBNE`. */
export function newOneTimeCode(): string {
  return letters(CODE_LENGTH).replace(/(.{5})(?=.)/g, "$1-");
}

/** 40 bits, for a code that ends after 10 minutes or 5 tries and is worth nothing alone: `K7QF-2M9X`. */
export function newHandoverCode(): string {
  return letters(HANDOVER_LENGTH).replace(/(.{4})(?=.)/g, "$1-");
}

/** As typed: blanks, dashes and case do not count, and letters mistaken for digits are digits. */
export function readOneTimeCode(typed: string): string {
  return asMeant(typed).replace(/(.{5})(?=.)/g, "$1-");
}

export function readHandoverCode(typed: string): string {
  return asMeant(typed).replace(/(.{4})(?=.)/g, "$1-");
}

function letters(count: number): string {
  return Array.from({ length: count }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join("");
}

function asMeant(typed: string): string {
  const bare = typed.toUpperCase().replace(/[^0-9A-Z]/g, "");
  return bare.replaceAll("O", "0").replace(/[IL]/g, "1");
}
