import type { AccessToken, Grants } from "./grants.ts";
import type { ZohoClient } from "./zoho-options.ts";

export interface TokenDeps {
  client: ZohoClient;
  grants: Grants;
  /** Told to the client as `api_domain`. */
  apiUrl(): string;
}

interface TokenReply {
  status: number;
  body: Record<string, unknown>;
}

const TOO_MANY: TokenReply = {
  status: 400,
  body: {
    error_description: "You have made too many requests continuously. Please try again after some time.",
    error: "Access Denied",
    status: "failure",
  },
};

/** Zoho reports most errors here with HTTP 200 (docs/sandbox.md). Credentials are read from the body only. */
export function exchangeToken(deps: TokenDeps, form: URLSearchParams): TokenReply {
  if (form.get("client_id") !== deps.client.id) return refused("invalid_client");
  if (form.get("client_secret") !== deps.client.secret) return refused("invalid_client_secret");
  const grantType = form.get("grant_type");
  if (grantType === "authorization_code") return exchangeCode(deps, form);
  if (grantType === "refresh_token") return refresh(deps, form);
  return refused("unsupported_grant_type");
}

function exchangeCode(deps: TokenDeps, form: URLSearchParams): TokenReply {
  const code = deps.grants.takeCode(form.get("code") ?? "", form.get("redirect_uri") ?? "");
  if (typeof code === "string") return refused(code);
  const refreshToken = code.offline ? deps.grants.issueRefreshToken(code) : undefined;
  const accessToken = deps.grants.issueAccessToken(code, refreshToken?.token ?? null);
  if (!accessToken) return TOO_MANY;
  const body = tokenBody(deps, accessToken);
  return { status: 200, body: refreshToken ? { ...body, refresh_token: refreshToken.token } : body };
}

function refresh(deps: TokenDeps, form: URLSearchParams): TokenReply {
  const refreshToken = deps.grants.findRefreshToken(form.get("refresh_token") ?? "");
  if (!refreshToken) return refused("invalid_code");
  const accessToken = deps.grants.issueAccessToken(refreshToken, refreshToken.token);
  return accessToken ? { status: 200, body: tokenBody(deps, accessToken) } : TOO_MANY;
}

function tokenBody(deps: TokenDeps, { token, scopes, issuedAtMs, expiresAtMs }: AccessToken) {
  return {
    access_token: token,
    scope: scopes.join(" "),
    api_domain: deps.apiUrl(),
    token_type: "Bearer",
    expires_in: Math.round((expiresAtMs - issuedAtMs) / 1000),
  };
}

function refused(error: string): TokenReply {
  return { status: 200, body: { error } };
}
