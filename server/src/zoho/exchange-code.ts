import { Failure } from "../failure.ts";
import { allowedUrl } from "./data-centres.ts";
import type { GrantedTokens, OauthClient } from "./oauth-client.ts";

export interface ExchangeDeps {
  oauth: OauthClient;
  accountsUrl: string;
  allowedHosts: readonly string[];
}

/** How a browser comes back from Zoho. */
export interface ZohoReturn {
  code: string;
  /** The data centre that holds the grant. */
  accountsServer: string | null;
}

export interface Exchanged {
  accountsUrl: string;
  apiUrl: string;
  tokens: GrantedTokens;
}

/**
 * Exchanges the code at the accounts server Zoho named; neither it nor the API is any other host than Zoho's.
 * @throws Failure oauth-host-not-allowed, oauth-refused
 */
export async function exchangeCode(deps: ExchangeDeps, back: ZohoReturn): Promise<Exchanged> {
  const accounts = requireAllowed(deps, back.accountsServer ?? deps.accountsUrl);
  const tokens = await deps.oauth.exchange(accounts, back.code);
  const api = requireAllowed(deps, tokens.apiDomain ?? "");
  return { accountsUrl: accounts.origin, apiUrl: api.origin, tokens };
}

function requireAllowed(deps: ExchangeDeps, text: string): URL {
  const url = allowedUrl(text, deps.allowedHosts);
  if (url === null) throw new Failure("oauth-host-not-allowed", "Zoho named a host that is not allowed");
  return url;
}
