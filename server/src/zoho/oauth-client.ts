import * as z from "zod";
import { Failure } from "../failure.ts";
import { readExactJson } from "../fiscal/exact-json.ts";
import { locationOf } from "./data-centres.ts";
import type { ZohoHttp } from "./http.ts";

/** Least scopes for reading, writing back and setting up what is fiscalised (docs/zoho.md#oauth). */
export const CONNECTION_SCOPES = [
  "ZohoBooks.invoices.READ",
  "ZohoBooks.invoices.UPDATE",
  "ZohoBooks.invoices.CREATE",
  "ZohoBooks.creditnotes.READ",
  "ZohoBooks.creditnotes.UPDATE",
  "ZohoBooks.creditnotes.CREATE",
  "ZohoBooks.estimates.READ",
  "ZohoBooks.contacts.READ",
  "ZohoBooks.settings.READ",
  "ZohoBooks.settings.CREATE",
  "ZohoBooks.settings.UPDATE",
] as const;

/** Of a grant as stored: what is lacking of what we ask for. A scope of everything holds its parts. */
export function missingScopes(granted: string): string[] {
  const held = new Set(granted.toLowerCase().split(/[,\s]+/));
  return CONNECTION_SCOPES.filter((scope) => {
    const [service, module] = scope.toLowerCase().split(".");
    const wider = [scope.toLowerCase(), `${service}.${module}.all`, `${service}.fullaccess.all`];
    return !wider.some((one) => held.has(one));
  });
}

/** Enough to say who somebody is, and in which organisations. */
export const SIGN_IN_SCOPES = ["ZohoBooks.settings.READ"] as const;

export interface ZohoClientCredentials {
  clientId: string;
  clientSecret: string;
  /** By data centre, where its secret is another (docs/zoho.md#data-centres). */
  otherSecrets: Readonly<Record<string, string>>;
  redirectUri: string;
}

/** Zoho reports errors in the body, often with HTTP 200. */
const tokenAnswer = z.union([
  z.object({
    access_token: z.string().min(1),
    refresh_token: z.string().min(1).optional(),
    api_domain: z.string().optional(),
    expires_in: z.coerce.number().positive(),
    scope: z.string().optional(),
  }),
  z.object({ error: z.string(), error_description: z.string().optional() }),
]);

export interface GrantedTokens {
  accessToken: string;
  refreshToken: string | null;
  apiDomain: string | null;
  expiresInMs: number;
  /** Null where Zoho does not say. */
  scopes: string[] | null;
}

export interface Asking {
  state: string;
  scopes: readonly string[];
  /** A grant that lasts; else a token for this once. */
  lasting: boolean;
}

export function authorizeUrl(accountsUrl: string, client: ZohoClientCredentials, asking: Asking): string {
  const url = new URL("/oauth/v2/auth", accountsUrl);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: client.clientId,
    scope: asking.scopes.join(","),
    redirect_uri: client.redirectUri,
    access_type: asking.lasting ? "offline" : "online",
    prompt: "consent",
    state: asking.state,
  }).toString();
  return url.href;
}

export interface OauthClient {
  exchange: (accountsUrl: URL, code: string) => Promise<GrantedTokens>;
  refresh: (accountsUrl: URL, refreshToken: string) => Promise<GrantedTokens>;
  /** Settles when the grant is gone, whether or not it still was there. @throws Failure zoho-unavailable */
  revoke: (accountsUrl: URL, refreshToken: string) => Promise<void>;
}

export function createOauthClient(http: ZohoHttp, client: ZohoClientCredentials): OauthClient {
  const ask = async (accountsUrl: URL, grant: Record<string, string>): Promise<GrantedTokens> => {
    const { httpStatus, text } = await http.postForm(new URL("/oauth/v2/token", accountsUrl), {
      client_id: client.clientId,
      client_secret: client.otherSecrets[locationOf(accountsUrl) ?? ""] ?? client.clientSecret,
      redirect_uri: client.redirectUri,
      ...grant,
    });
    return readTokens(httpStatus, text);
  };
  return {
    exchange: (url, code) => ask(url, { grant_type: "authorization_code", code }).catch(asRefusedExchange),
    refresh: (url, token) => ask(url, { grant_type: "refresh_token", refresh_token: token }),
    revoke: async (url, token) => {
      // In the query, as documented: a token that ends with the call may stand in a log.
      const target = new URL("/oauth/v2/token/revoke", url);
      target.searchParams.set("token", token);
      const { httpStatus, text } = await http.postForm(target, {});
      const isGone = httpStatus === 400 || (httpStatus < 300 && !/"error"/.test(text));
      if (!isGone) throw new Failure("zoho-unavailable", `revoke: HTTP ${httpStatus}`);
    },
  };
}

const GRANT_GONE = ["invalid_code", "access_denied", "invalid_grant", "invalid_token"];

/** @throws Failure zoho-grant-lost, zoho-rate-limited, zoho-unavailable */
function readTokens(httpStatus: number, text: string): GrantedTokens {
  const parsed = tokenAnswer.safeParse(readExactJson(text));
  if (!parsed.success) throw new Failure("zoho-unavailable", `token endpoint: HTTP ${httpStatus}, no token`);
  if ("error" in parsed.data) throw refusal(parsed.data.error, parsed.data.error_description);
  const { access_token, refresh_token, api_domain, expires_in, scope = "" } = parsed.data;
  const scopes = scope.split(/[,\s]+/).filter(Boolean);
  return {
    accessToken: access_token,
    refreshToken: refresh_token ?? null,
    apiDomain: api_domain ?? null,
    expiresInMs: expires_in * 1_000,
    scopes: scopes.length > 0 ? scopes : null,
  };
}

/** "Access Denied" is too many requests only by its description. */
function refusal(error: string, description = ""): Failure {
  if (GRANT_GONE.includes(error)) return new Failure("zoho-grant-lost", `token endpoint: ${error}`);
  if (/limit|too many|throttl/i.test(`${error} ${description}`))
    return new Failure("zoho-rate-limited", `token endpoint: ${error}`);
  return new Failure("zoho-unavailable", `token endpoint: ${error.slice(0, 100)}`);
}

/** A code that is wrong, used or expired never was a grant. */
function asRefusedExchange(error: unknown): never {
  if (error instanceof Failure && error.code === "zoho-grant-lost") {
    throw new Failure("oauth-refused", error.message, { cause: error });
  }
  throw error;
}
