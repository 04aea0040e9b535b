import type { AccessTokens } from "../access-token.ts";
import type { AtGate } from "../db/with-business.ts";
import type { Scopes } from "../db/with-person.ts";
import type { Passwords } from "../passwords.ts";
import type { RequestLimits } from "../request-limits.ts";

export interface SessionDeps extends Scopes {
  atGate: AtGate;
  tokens: AccessTokens;
  passwords: Passwords;
  limits: RequestLimits;
  clock: () => Date;
}
