import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../vsdc/read-body.ts";
import { ALL_ORGANIZATIONS, accountPage, consentHeaders, consentPage, errorPage } from "./consent-page.ts";
import { redirectTo, sendJson, sendText } from "./reply.ts";
import { exchangeToken, type TokenDeps } from "./token-endpoint.ts";
import type { ZohoOrganization, ZohoUser } from "./zoho-options.ts";

export interface AccountsDeps extends TokenDeps {
  users: readonly ZohoUser[];
  /** Tests only: the first user accepts without a page. */
  autoConsent: boolean;
  accountsUrl(): string;
  organizationsOf(user: ZohoUser): ZohoOrganization[];
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
  else if ("html" in answer) {
    for (const [name, value] of Object.entries(consentHeaders(url.searchParams.get("redirect_uri"))))
      response.setHeader(name, value);
    sendText(response, answer.status, "text/html;charset=utf-8", answer.html);
  } else sendJson(response, answer.status, answer.body);
}

function askConsent(deps: AccountsDeps, { query, consent }: AccountsRequest): Answer {
  const wrong = wrongAuthorizationRequest(deps, query);
  if (wrong) return { status: 400, html: errorPage("An error has occurred", wrong) };
  const decision = consent ?? (deps.autoConsent ? "accept" : undefined);
  if (decision) return decide(deps, query, decision);
  const [first, ...others] = deps.users;
  const user = others.length === 0 ? first : deps.users.find(({ id }) => id === query.get("sandbox_user"));
  if (!user) return { status: 200, html: accountPage(deps.users, query) };
  const asking = { clientName: deps.client.name ?? deps.client.id, scopes: scopesOf(query) };
  const person = { user, organizations: deps.organizationsOf(user), isOneOfMany: others.length > 0 };
  return { status: 200, html: consentPage(asking, person, query) };
}

function takeDecision(deps: AccountsDeps, { form }: AccountsRequest): Answer {
  const wrong = wrongAuthorizationRequest(deps, form);
  if (wrong) return { status: 400, html: errorPage("An error has occurred", wrong) };
  return decide(deps, form, form.get("decision") ?? "reject");
}

function decide(deps: AccountsDeps, parameters: URLSearchParams, decision: string): Answer {
  const redirectUri = parameters.get("redirect_uri") ?? "";
  const target = new URL(redirectUri);
  const state = parameters.get("state");
  if (state !== null) target.searchParams.set("state", state);
  const userId = parameters.get("sandbox_user");
  const user = userId === null ? deps.users[0] : deps.users.find(({ id }) => id === userId);
  if (decision !== "accept" || !user) {
    target.searchParams.set("error", "access_denied");
    return { redirect: target.href };
  }
  const chosen = chosenOrganizations(deps, user, parameters.get("sandbox_organization"));
  if (chosen === null) {
    const message = "This account is not in the organisation that was chosen.";
    return { status: 400, html: errorPage("An error has occurred", message) };
  }
  const asksAgain = parameters.get("prompt") === "consent" || !deps.grants.hasRefreshToken(user.id);
  const offline = parameters.get("access_type") === "offline" && asksAgain;
  const grant = { userId: user.id, scopes: scopesOf(parameters), ...chosen };
  target.searchParams.set("code", deps.grants.issueCode({ ...grant, redirectUri, offline }));
  target.searchParams.set("location", "us");
  target.searchParams.set("accounts-server", deps.accountsUrl());
  return { redirect: target.href };
}

/** Null when the user is not in the one that was chosen. */
function chosenOrganizations(
  deps: AccountsDeps,
  user: ZohoUser,
  wanted: string | null,
): { organizationIds?: readonly string[] } | null {
  if (wanted === null || wanted === ALL_ORGANIZATIONS) return {};
  const isOwn = deps.organizationsOf(user).some(({ organization_id }) => organization_id === wanted);
  return isOwn ? { organizationIds: [wanted] } : null;
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
