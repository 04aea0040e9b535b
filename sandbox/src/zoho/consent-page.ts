import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { initials } from "../books/format.ts";
import { type Html, html } from "../books/html.ts";
import type { ZohoOrganization, ZohoUser } from "./zoho-options.ts";

const STYLE = readFileSync(new URL("./consent.css", import.meta.url), "utf8");
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** What `sandbox_organization` says for every organization of the person. */
export const ALL_ORGANIZATIONS = "all";

export type Asking = { clientName: string; scopes: readonly string[] };

/** As with Zoho, nobody may frame the page. The decision leads on to the client, so a form may go there as well. */
export function consentHeaders(redirectUri: string | null): Record<string, string> {
  const target = redirectUri !== null && URL.canParse(redirectUri) ? new URL(redirectUri).origin : "";
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    `form-action 'self' ${target}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return { "Content-Security-Policy": policy.join("; "), "X-Frame-Options": "DENY" };
}

/** Who is it? Asked where the sandbox has several people, in the place of a password. */
export function accountPage(users: readonly ZohoUser[], query: URLSearchParams): string {
  const href = ({ id }: ZohoUser) => `/oauth/v2/auth?${changed(query, { sandbox_user: id })}`;
  return page(
    "Choose an account",
    html`<h1>Choose an account</h1>
    <p>The sandbox asks for no password.</p>
    ${users.map((user) => html`<a class="account" href="${href(user)}">${face(user)}</a>`)}`,
  );
}

/** The page on which a person allows or refuses the client. */
export function consentPage(
  asking: Asking,
  person: { user: ZohoUser; organizations: readonly ZohoOrganization[]; isOneOfMany: boolean },
  query: URLSearchParams,
): string {
  const { user, organizations, isOneOfMany } = person;
  const sent = changed(query, { sandbox_user: user.id, sandbox_organization: null });
  const back = `/oauth/v2/auth?${changed(query, { sandbox_user: null, sandbox_organization: null })}`;
  return page(
    `Allow ${asking.clientName}?`,
    html`<h1>${asking.clientName} asks for access to Zoho Books</h1>
    <div class="account">${face(user)}${isOneOfMany && html`<a href="${back}">Change</a>`}</div>
    <form method="post" action="/oauth/v2/auth">
      ${[...sent].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
      ${organizationChoice(organizations)}
      <h2>It may</h2>
      <ul>${permissions(asking.scopes)}</ul>
      <div class="actions">
        <button name="decision" value="accept">Accept</button>
        <button name="decision" value="reject" class="quiet" formnovalidate>Reject</button>
      </div>
    </form>
    <p class="foot">You can take this back at any time, in your account under Connected Apps.</p>`,
  );
}

export function errorPage(title: string, message: string): string {
  return page(title, html`<h1 class="bad">${title}</h1><p>${message}</p>`);
}

function organizationChoice(organizations: readonly ZohoOrganization[]): Html {
  const [only] = organizations;
  if (!only)
    return html`<h2>Organisation</h2><p class="bad">This account is in no organisation of Zoho Books.</p>`;
  if (organizations.length === 1) {
    return html`<h2>Organisation</h2><div class="organization">${named(only)}</div>`;
  }
  const choice = (value: string, face: Html) =>
    html`<label class="organization"><input type="radio" name="sandbox_organization" value="${value}" required>${face}</label>`;
  return html`<fieldset><legend>Which organisation?</legend>
    ${organizations.map((organization) => choice(organization.organization_id, named(organization)))}
    ${choice(ALL_ORGANIZATIONS, html`<span class="who"><strong>All ${organizations.length}</strong></span>`)}
  </fieldset>`;
}

function named({ name, organization_id, currency_code }: ZohoOrganization): Html {
  return html`<span class="who"><strong>${name}</strong><span>${organization_id}, ${currency_code}</span></span>`;
}

function face({ name, email }: ZohoUser): Html {
  return html`<span class="initials" aria-hidden="true">${initials(name)}</span>
    <span class="who"><strong>${name}</strong><span>${email}</span></span>`;
}

const VERBS: Readonly<Record<string, string>> = {
  READ: "see",
  CREATE: "add",
  UPDATE: "change",
  DELETE: "delete",
  ALL: "see and change",
};
const MODULES: Readonly<Record<string, string>> = {
  invoices: "Invoices",
  creditnotes: "Credit notes",
  estimates: "Estimates",
  contacts: "Customers and vendors",
  settings: "Settings, items, taxes",
  fullaccess: "Everything",
};

/** One row for each kind of record: what may be done with it in words, and the scopes themselves. */
function permissions(scopes: readonly string[]): Html[] {
  const byModule = Map.groupBy(scopes, (scope) => scope.split(".")[1] ?? scope);
  return [...byModule].map(([module, own]) => {
    const operations = own.map((scope) => scope.split(".")[2] ?? "");
    const verbs = operations.map((operation) => VERBS[operation.toUpperCase()] ?? operation);
    return html`<li title="${own.join(", ")}"><span><strong>${MODULES[module] ?? module}</strong>: ${verbs.join(", ")}</span>
      <code>${module}.${operations.join(",")}</code></li>`;
  });
}

function changed(query: URLSearchParams, changes: Readonly<Record<string, string | null>>): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return next;
}

function page(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} | Zoho Accounts (sandbox)</title>${{ markup: `<style>${STYLE}</style>` }}</head>
<body><main><p class="place"><svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.3" aria-hidden="true"><path d="M4 7.2h8v6H4zM5.6 7.2V5a2.4 2.4 0 0 1 4.8 0v2.2" /></svg>Zoho Accounts, played by the sandbox</p>
${body}</main></body></html>`.markup;
}
