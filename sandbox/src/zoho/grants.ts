import { randomBytes } from "node:crypto";

export interface Limits {
  requestsPerMinute: number;
  accessTokensPerTenMinutes: number;
  refreshTokensPerUser: number;
  liveAccessTokensPerRefreshToken: number;
  accessTokenSeconds: number;
  codeSeconds: number;
  /** Of invoices and credit notes. */
  rowsPerPage: number;
}

export const ZOHO_LIMITS: Limits = {
  requestsPerMinute: 100,
  accessTokensPerTenMinutes: 10,
  refreshTokensPerUser: 20,
  liveAccessTokensPerRefreshToken: 30,
  accessTokenSeconds: 3600,
  codeSeconds: 120,
  rowsPerPage: 200,
};

/** What a person allowed. */
export interface Grant {
  userId: string;
  scopes: string[];
  /** Absent = every organization of the user, now and later. */
  organizationIds?: readonly string[];
}
export interface RefreshToken extends Grant {
  token: string;
}
export interface AccessToken extends Grant {
  token: string;
  refreshToken: string | null;
  issuedAtMs: number;
  expiresAtMs: number;
}
export interface GrantState {
  refreshTokens: RefreshToken[];
  accessTokens: AccessToken[];
}
interface Code extends Grant {
  redirectUri: string;
  offline: boolean;
  expiresAtMs: number;
}

export interface Grants {
  issueCode(code: Omit<Code, "expiresAtMs">): string;
  /** A code works once; a second use, a late one or another redirect URI gets nothing. */
  takeCode(token: string, redirectUri: string): Code | "invalid_code" | "invalid_redirect_uri";
  issueRefreshToken(grant: Grant): RefreshToken;
  findRefreshToken(token: string): RefreshToken | undefined;
  hasRefreshToken(userId: string): boolean;
  /** Undefined when the refresh token has had its ten access tokens in ten minutes. */
  issueAccessToken(grant: Grant, refreshToken: string | null): AccessToken | undefined;
  findAccessToken(token: string): AccessToken | undefined;
  revoke(token: string): boolean;
  revokeAll(): void;
  expireAccessTokens(): void;
  state(): GrantState;
}

const TEN_MINUTES_MS = 600_000;

export function createGrants(
  { clock, limits, onChange }: { clock: () => Date; limits: Limits; onChange: () => void },
  state: GrantState,
): Grants {
  const codes = createCodes(() => clock().getTime(), limits.codeSeconds);
  const mayIssue = createIssueWindow(() => clock().getTime(), limits.accessTokensPerTenMinutes);
  const nowMs = () => clock().getTime();

  return {
    issueCode: codes.issue,
    takeCode: codes.take,
    issueRefreshToken(grant) {
      const own = state.refreshTokens.filter((kept) => kept.userId === grant.userId);
      if (own[0] && own.length >= limits.refreshTokensPerUser) dropRefreshToken(state, own[0].token);
      const issued = { token: randomToken(), ...grantOnly(grant) };
      state.refreshTokens.push(issued);
      onChange();
      return issued;
    },
    findRefreshToken: (token) => state.refreshTokens.find((kept) => kept.token === token),
    hasRefreshToken: (userId) => state.refreshTokens.some((kept) => kept.userId === userId),
    issueAccessToken(grant, refreshToken) {
      if (refreshToken !== null && !mayIssue(refreshToken)) return undefined;
      const issuedAtMs = nowMs();
      const expiresAtMs = issuedAtMs + limits.accessTokenSeconds * 1000;
      const issued = { token: randomToken(), refreshToken, ...grantOnly(grant), issuedAtMs, expiresAtMs };
      state.accessTokens = [...state.accessTokens.filter((kept) => kept.expiresAtMs > issuedAtMs), issued];
      if (refreshToken !== null) dropOldest(state, refreshToken, limits.liveAccessTokensPerRefreshToken);
      onChange();
      return issued;
    },
    findAccessToken: (token) =>
      state.accessTokens.find((kept) => kept.token === token && kept.expiresAtMs > nowMs()),
    revoke(token) {
      const before = state.refreshTokens.length + state.accessTokens.length;
      dropRefreshToken(state, token);
      state.accessTokens = state.accessTokens.filter((kept) => kept.token !== token);
      onChange();
      return state.refreshTokens.length + state.accessTokens.length < before;
    },
    revokeAll() {
      state.refreshTokens = [];
      state.accessTokens = [];
      codes.clear();
      onChange();
    },
    expireAccessTokens() {
      state.accessTokens = [];
      onChange();
    },
    state: () => state,
  };
}

/** A code or a refresh token is given as a grant, too; nothing else of it goes on. */
function grantOnly({ userId, scopes, organizationIds }: Grant): Grant {
  return { userId, scopes, ...(organizationIds && { organizationIds }) };
}

function createCodes(nowMs: () => number, codeSeconds: number) {
  const codes = new Map<string, Code>();
  return {
    issue(code: Omit<Code, "expiresAtMs">): string {
      const token = randomToken();
      codes.set(token, { ...code, expiresAtMs: nowMs() + codeSeconds * 1000 });
      return token;
    },
    take(token: string, redirectUri: string): Code | "invalid_code" | "invalid_redirect_uri" {
      const code = codes.get(token);
      codes.delete(token);
      if (!code || code.expiresAtMs <= nowMs()) return "invalid_code";
      return code.redirectUri === redirectUri ? code : "invalid_redirect_uri";
    },
    clear: () => codes.clear(),
  };
}

function createIssueWindow(nowMs: () => number, limit: number): (refreshToken: string) => boolean {
  const issues = new Map<string, number[]>();
  return (refreshToken) => {
    const recent = (issues.get(refreshToken) ?? []).filter((at) => at > nowMs() - TEN_MINUTES_MS);
    if (recent.length >= limit) return false;
    issues.set(refreshToken, [...recent, nowMs()]);
    return true;
  };
}

function dropRefreshToken(state: GrantState, token: string): void {
  state.refreshTokens = state.refreshTokens.filter((kept) => kept.token !== token);
  state.accessTokens = state.accessTokens.filter((kept) => kept.refreshToken !== token);
}

/** One live access token too many silently costs the oldest. */
function dropOldest(state: GrantState, refreshToken: string, limit: number): void {
  const siblings = state.accessTokens.filter((kept) => kept.refreshToken === refreshToken);
  const dropped = new Set(siblings.slice(0, Math.max(0, siblings.length - limit)));
  state.accessTokens = state.accessTokens.filter((kept) => !dropped.has(kept));
}

/** The form of Zoho's tokens: `1000.<32 hex>.<32 hex>`. */
function randomToken(): string {
  return `1000.${randomBytes(16).toString("hex")}.${randomBytes(16).toString("hex")}`;
}
