import { createSecretKey, type KeyObject } from "node:crypto";
import jwt from "jsonwebtoken";
import * as z from "zod";
import { Failure } from "./failure.ts";

const TOKEN_MS = 15 * 60_000;
/** By which the clocks of two servers may differ. */
const SKEW_S = 60;
const ISSUER = "fiscalise";
const AUDIENCE = "fiscalise-api";

const business = z.object({ role: z.enum(["business_admin", "business_user"]), businessId: z.uuid() });
const provider = z.object({ role: z.literal("super_admin"), businessId: z.undefined().optional() });
const claims = z
  .object({ typ: z.literal("access"), sub: z.uuid(), sid: z.uuid(), iat: z.number(), exp: z.number() })
  .and(z.discriminatedUnion("role", [business, provider]));

/** Whose session a token speaks for; role and business as they were when it was signed. */
export interface TokenSubject {
  userId: string;
  sessionId: string;
  role: "super_admin" | "business_admin" | "business_user";
  /** Null for a super admin. */
  businessId: string | null;
}

export interface AccessTokens {
  sign: (subject: TokenSubject) => { accessToken: string; expiresAt: string };
  /** Algorithm, key id, issuer, audience, type and expiry are all pinned. @throws Failure unauthenticated */
  verify: (token: string) => TokenSubject;
}

/**
 * Short-lived JWTs; the first key signs, every listed key verifies. Of bytes jsonwebtoken tries to make a public key
 * first, at each call; that took forty times as long as the rest.
 */
export function createAccessTokens(options: {
  keys: { id: string; key: Uint8Array }[];
  clock: () => Date;
}): AccessTokens {
  const keys = options.keys.map(({ id, key }) => ({ id, key: createSecretKey(key) }));
  const { clock } = options;
  const [current] = keys;
  if (!current) throw new Error("at least one token key is needed");
  return {
    sign: ({ userId, sessionId, role, businessId }) => {
      const issuedAt = Math.floor(clock().getTime() / 1_000);
      const expiresAt = issuedAt + TOKEN_MS / 1_000;
      const payload = { typ: "access", sid: sessionId, role, iat: issuedAt, exp: expiresAt };
      const accessToken = jwt.sign(businessId === null ? payload : { ...payload, businessId }, current.key, {
        algorithm: "HS256",
        keyid: current.id,
        issuer: ISSUER,
        audience: AUDIENCE,
        subject: userId,
      });
      return { accessToken, expiresAt: new Date(expiresAt * 1_000).toISOString() };
    },
    verify: (token) => verify(token, { keys, clock }),
  };
}

function verify(
  token: string,
  { keys, clock }: { keys: { id: string; key: KeyObject }[]; clock: () => Date },
): TokenSubject {
  try {
    const kid = jwt.decode(token, { complete: true })?.header.kid;
    const key = keys.find(({ id }) => id === kid);
    if (!key) throw new Failure("unauthenticated", "unknown signing key");
    const now = Math.floor(clock().getTime() / 1_000);
    const verified = jwt.verify(token, key.key, {
      algorithms: ["HS256"],
      audience: AUDIENCE,
      issuer: ISSUER,
      maxAge: "15m",
      clockTimestamp: now,
    });
    const { sub, sid, role, iat, businessId = null } = claims.parse(verified);
    if (iat > now + SKEW_S) throw new Failure("unauthenticated", "signed in the future");
    return { userId: sub, sessionId: sid, role, businessId };
  } catch (error) {
    // `decode` parses before anything is verified, and throws what the parser throws.
    const refused = [jwt.JsonWebTokenError, z.ZodError, SyntaxError].some((kind) => error instanceof kind);
    if (!refused) throw error;
    throw new Failure("unauthenticated", "token refused", { cause: error });
  }
}
