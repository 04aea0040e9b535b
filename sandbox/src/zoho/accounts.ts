import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../vsdc/read-body.ts";
import { consentPage, errorPage } from "./consent-page.ts";
import { redirectTo, sendJson, sendText } from "./reply.ts";
import { exchangeToken, type TokenDeps } from "./token-endpoint.ts";
import type { ZohoUser } from "./zoho-options.ts";

export interface AccountsDeps extends TokenDeps {
  users: readonly ZohoUser[];
  /** Tests only: the first user accepts without a page. */
  autoConsent: boolean;
  accountsUrl(): string;
}

interface AccountsRequest {
  query: URLSearchParams;
  form: URLSearchParams;
  /** The header x-sandbox-consent: accept or reject without a page. */
  consent: string | undefined;
}
type Answer = { status: number; body: unknown } | { status: number; html: string } | { redirect: string };
type Route = (deps: AccountsDeps, request: AccountsRequest) => Answer;

const ROUTES: Readonly<Record<string, Route>> = {
  "GET /oauth/v2/auth": askConsent,
  "POST /oauth/v2/auth": takeDecision,
  "POST /oauth/v2/token": (deps, { form }) => exchangeToken(deps, form),
  "POST /oauth/v2/token/revoke": (deps, { query, form }) =>
    deps.grants.revoke(query.get("token") ?? form.get("token") ?? "")
      ? { status: 200, body: { status: "success" } }
      : { status: 400, body: { error: "invalid_token" } },
  "GET /oauth/serverinfo": (deps) => ({
    status: 200,
    body: { result: "success", locations: { us: deps.accountsUrl() } },
  }),
};

export async function answerAccounts(
  deps: AccountsDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "", deps.accountsUrl());
  const form = request.method === "POST" ? ((await readBody(request)) ?? "") : "";
  const consent = request.headers["x-sandbox-consent"]?.toString();
  const route = ROUTES[`${request.method} ${url.pathname}`];
  const answer = route
    ? route(deps, { query: url.searchParams, form: new URLSearchParams(form), consent })
    : { status: 404, html: errorPage("Not found", url.pathname) };
  if ("redirect" in answer) redirectTo(response, answer.redirect);
  else if ("html" in answer) sendText(response, answer.status, "text/html;charset=utf-8", answer.html);
  else sendJson(response, answer.status, answer.body);
}

function askConsent(deps: AccountsDeps, { query, consent }: AccountsRequest): Answer {
  const wrong = wrongAuthorizationRequest(deps, query);
  if (wrong) return { status: 400, html: errorPage("An error has occurred", wrong) };
  const decision = consent ?? (deps.autoConsent ? "accept" : undefined);
  if (decision) return decide(deps, query, { decision, userId: query.get("sandbox_user") });
  const clientName = deps.client.name ?? deps.client.id;
  return {
    status: 200,
    html: consentPage({ users: deps.users, clientName, scopes: scopesOf(query) }, query),
  };
}

function takeDecision(deps: AccountsDeps, { form }: AccountsRequest): Answer {
  const wrong = wrongAuthorizationRequest(deps, form);
  if (wrong) return { status: 400, html: errorPage("An error has occurred", wrong) };
  return decide(deps, form, { decision: form.get("decision") ?? "reject", userId: form.get("sandbox_user") });
}

function decide(
  deps: AccountsDeps,
  parameters: URLSearchParams,
  { decision, userId }: { decision: string; userId: string | null },
): Answer {
  const redirectUri = parameters.get("redirect_uri") ?? "";
  const target = new URL(redirectUri);
  const state = parameters.get("state");
  if (state !== null) target.searchParams.set("state", state);
  const user = userId === null ? deps.users[0] : deps.users.find(({ id }) => id === userId);
  if (decision !== "accept" || !user) {
    target.searchParams.set("error", "access_denied");
    return { redirect: target.href };
  }
  const asksAgain = parameters.get("prompt") === "consent" || !deps.grants.hasRefreshToken(user.id);
  const offline = parameters.get("access_type") === "offline" && asksAgain;
  const code = deps.grants.issueCode({ userId: user.id, scopes: scopesOf(parameters), redirectUri, offline });
  target.searchParams.set("code", code);
  target.searchParams.set("location", "us");
  target.searchParams.set("accounts-server", deps.accountsUrl());
  return { redirect: target.href };
}

function wrongAuthorizationRequest(
  { client }: AccountsDeps,
  parameters: URLSearchParams,
): string | undefined {
  if (parameters.get("response_type") !== "code") return "Invalid response_type";
  if (parameters.get("client_id") !== client.id) return "Invalid Client ID";
  if (!client.redirectUris.includes(parameters.get("redirect_uri") ?? "")) return "Invalid Redirect Uri";
  const scopes = scopesOf(parameters);
  const known = scopes.length > 0 && scopes.every((scope) => /^\w+\.\w+\.\w+$/.test(scope));
  return known ? undefined : "Invalid OAuth Scope";
}

function scopesOf(parameters: URLSearchParams): string[] {
  return (parameters.get("scope") ?? "").split(/[,\s]+/).filter(Boolean);
}
