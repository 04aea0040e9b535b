import type { Request, RequestHandler } from "express";
import jwt from "jsonwebtoken";
import * as z from "zod";
import { businessId } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import type { Actor } from "../receipts/actor.ts";

const actors = new WeakMap<Request, Actor>();

const claims = z.object({
  typ: z.literal("access"),
  sub: z.uuid(),
  businessId: z.uuid(),
  role: z.enum(["business_admin", "business_user"]),
});

export const TOKEN_AUDIENCE = "fiscalise-api";
export const TOKEN_ISSUER = "fiscalise";
/** Its tokens are accepted by a server that runs with SANDBOX=true and by no other. */
export const SANDBOX_ISSUER = "fiscalise-sandbox";

export interface TokenVerification {
  keys: { id: string; key: Uint8Array }[];
  sandbox: boolean;
}

/** Algorithm, key id, issuer, audience, type and expiry are all pinned. */
export function verifyToken(token: string, options: TokenVerification): Actor {
  try {
    const kid = jwt.decode(token, { complete: true })?.header.kid;
    const key = options.keys.find(({ id }) => id === kid);
    if (!key) throw new Failure("unauthenticated", "unknown signing key");
    const verified = jwt.verify(token, Buffer.from(key.key), {
      algorithms: ["HS256"],
      audience: TOKEN_AUDIENCE,
      issuer: options.sandbox ? [TOKEN_ISSUER, SANDBOX_ISSUER] : [TOKEN_ISSUER],
      maxAge: "15m",
    });
    const { sub, businessId: id, role } = claims.parse(verified);
    return { businessId: businessId(id), userId: sub, role };
  } catch (error) {
    // `decode` parses before anything is verified, and throws what the parser throws.
    const refused = [jwt.JsonWebTokenError, z.ZodError, SyntaxError].some((kind) => error instanceof kind);
    if (refused) {
      throw new Failure("unauthenticated", "token refused", { cause: error });
    }
    throw error;
  }
}

/** Guard of every business route. */
export function requireBusiness(options: TokenVerification): RequestHandler {
  return (request, _response, next) => {
    const [, token] = request.get("authorization")?.match(/^Bearer ([\w.-]+)$/) ?? [];
    if (token === undefined) throw new Failure("unauthenticated", "no bearer token");
    actors.set(request, verifyToken(token, options));
    next();
  };
}

/** After `requireBusiness`. */
export const requireBusinessAdmin: RequestHandler = (request, _response, next) => {
  if (actorOf(request).role !== "business_admin") throw new Failure("forbidden", "needs a business admin");
  next();
};

export function actorOf(request: Request): Actor {
  const actor = actors.get(request);
  if (!actor) throw new Error("bug: route without a guard");
  return actor;
}
