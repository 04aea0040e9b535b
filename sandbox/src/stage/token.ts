import { SANDBOX_ISSUER, TOKEN_AUDIENCE } from "@fiscalise/server/http/authenticate.ts";
import jwt from "jsonwebtoken";

const TOKEN_MS = 10 * 60_000;

export interface TokenFor {
  businessId: string;
  userId: string;
  role: "business_admin" | "business_user";
}

/** A development token: a server accepts it only with SANDBOX=true, which production refuses. */
export function signSandboxToken(
  jwtKey: string,
  subject: TokenFor,
): { accessToken: string; expiresAt: string } {
  const { businessId, userId, role } = subject;
  const accessToken = jwt.sign({ typ: "access", businessId, role }, Buffer.from(jwtKey, "base64"), {
    algorithm: "HS256",
    keyid: "dev",
    issuer: SANDBOX_ISSUER,
    audience: TOKEN_AUDIENCE,
    subject: userId,
    expiresIn: TOKEN_MS / 1_000,
  });
  return { accessToken, expiresAt: new Date(Date.now() + TOKEN_MS).toISOString() };
}
