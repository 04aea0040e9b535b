import { createAccessTokens, type TokenSubject } from "@fiscalise/server/access-token.ts";

/** The access token the server itself would sign; a seeded person's session has the person's own id. */
export function signToken(
  jwtKey: string,
  person: Omit<TokenSubject, "sessionId">,
): { accessToken: string; expiresAt: string } {
  const keys = [{ id: "dev", key: new Uint8Array(Buffer.from(jwtKey, "base64")) }];
  return createAccessTokens({ keys, clock: () => new Date() }).sign({ ...person, sessionId: person.userId });
}
