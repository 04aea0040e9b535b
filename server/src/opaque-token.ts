import { createHash, randomBytes, randomInt } from "node:crypto";

/** Only the hash of a token or code is stored: both are random, so a plain hash is enough. */
export function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function newRefreshToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Without letters and digits that look alike (Crockford's base 32). */
const CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 20;

/** 100 bits, to be read out or typed: `K7QF2-M9XTA-0H4WD-6ZBNE`. */
export function newOneTimeCode(): string {
  const letters = Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]);
  return letters.join("").replace(/(.{5})(?=.)/g, "$1-");
}

/** As typed: blanks, dashes and case do not count, and letters mistaken for digits are digits. */
export function readOneTimeCode(typed: string): string {
  const bare = typed.toUpperCase().replace(/[^0-9A-Z]/g, "");
  const meant = bare.replaceAll("O", "0").replace(/[IL]/g, "1");
  return meant.replace(/(.{5})(?=.)/g, "$1-");
}
