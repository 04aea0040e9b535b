import { PASSWORD_LENGTH } from "@fiscalise/shared/api/auth.ts";
import { hash, verify } from "@node-rs/argon2";
import { hash as hashBcrypt, verify as verifyBcrypt } from "@node-rs/bcrypt";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary as common } from "@zxcvbn-ts/language-common";
import { dictionary as english } from "@zxcvbn-ts/language-en";
import pLimit from "p-limit";
import { Failure } from "./failure.ts";
import { madeOnce } from "./made-once.ts";

/** Argon2id as OWASP's password storage cheat sheet asks: 19 MiB, 2 passes, 1 lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/**
 * Each keeps one of Node's four threads for as long as it lasts, the predecessor's kind for a quarter of a second. The
 * others are for looking names up: a crowd that signs in must not cut off devices and Zoho.
 */
const AT_ONCE = 2;
const WAITING_MAX = 200;
const NOBODYS = "nobody has this password";
/** zxcvbn's "safely unguessable" against a throttled attacker. */
const SCORE_MIN = 3;

export interface Passwords {
  hash: (password: string) => Promise<string>;
  /** Takes as long for an account without a password as for one with. */
  verify: (passwordHash: string | null, password: string) => Promise<boolean>;
  /** The predecessor's kind: right once, then replaced by our own (docs/migration.md). */
  isOutdated: (passwordHash: string) => boolean;
  /** `about`: what an attacker knows of the person. @throws Failure password-weak */
  requireStrong: (password: string, about: string[]) => void;
}

/**
 * One for the process. `acceptsBcrypt`: while it does, each verification costs one of each kind, so that how long it
 * takes says nothing.
 */
export function createPasswords({ acceptsBcrypt } = { acceptsBcrypt: false }): Passwords {
  // Ranking the dictionaries takes a fifth of a second, and few processes are ever given a new password.
  const strength = madeOnce(
    () => new ZxcvbnFactory({ dictionary: { ...common, ...english }, graphs: adjacencyGraphs }),
  );
  let made: { argon: string; bcrypt: string | null } | null = null;
  /** Also asked for where it is not needed, so that the first time tells nothing either. */
  const nobodys = async () => {
    made ??= {
      argon: await hash(NOBODYS, COST),
      bcrypt: acceptsBcrypt ? await hashBcrypt(NOBODYS, { cost: BCRYPT_COST }) : null,
    };
    return made;
  };
  const limit = pLimit(AT_ONCE);
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (limit.pendingCount >= WAITING_MAX) throw new Failure("unavailable", "too many passwords wait");
    return limit(work);
  };
  return {
    hash: (password) => inTurn(() => hash(normal(password), COST)),
    verify: (passwordHash, password) =>
      inTurn(async () => {
        const { argon, bcrypt } = await nobodys();
        const isOld = passwordHash !== null && isBcrypt(passwordHash);
        const matches = await verify(isOld ? argon : (passwordHash ?? argon), normal(password));
        if (bcrypt === null) return matches && passwordHash !== null && !isOld;
        // As it was typed: the predecessor tidied nothing.
        const matchesOld = await verifyBcrypt(password, isOld ? passwordHash : bcrypt);
        return isOld ? matchesOld : matches && passwordHash !== null;
      }),
    isOutdated: isBcrypt,
    requireStrong: (password, about) => {
      const text = normal(password);
      const isLong = [...text].length >= PASSWORD_LENGTH.min;
      if (isLong && strength().check(text, about.flatMap(partsOf)).score >= SCORE_MIN) return;
      throw new Failure("password-weak", "password refused", {
        fields: [
          isLong
            ? { path: "password", code: "password-easy" }
            : { path: "password", code: "password-short", values: { min: String(PASSWORD_LENGTH.min) } },
        ],
      });
    },
  };
}

/** What the predecessor's library used. */
const BCRYPT_COST = 12;

function isBcrypt(passwordHash: string): boolean {
  return /^\$2[aby]\$/.test(passwordHash);
}

/** The same characters typed on another keyboard are the same password (NIST SP 800-63B §5.1.1.2). */
function normal(password: string): string {
  return password.normalize("NFKC");
}

function partsOf(text: string): string[] {
  return [text, ...text.split(/[\s@.]+/)].filter((part) => part.length > 2);
}
