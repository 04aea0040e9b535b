import type { IncomingMessage, ServerResponse } from "node:http";
import { CURRENCIES, organizationRow } from "./books-settings.ts";
import type { OrganizationDocuments } from "./documents.ts";
import type { AccessToken, Grants } from "./grants.ts";
import { listInvoices } from "./list-invoices.ts";
import { ITEM_FILTERS, listItems } from "./list-items.ts";
import { pageOf } from "./list-page.ts";
import type { RateLimit } from "./rate-limit.ts";
import { sendJson, sendText } from "./reply.ts";
import { sendRateLimited } from "./zoho-fault.ts";
import type { ZohoOrganization, ZohoUser } from "./zoho-options.ts";

export interface BooksDeps {
  grants: Grants;
  users: readonly ZohoUser[];
  rateLimit: RateLimit;
  organizationsOf(user: ZohoUser): ZohoOrganization[];
  documentsOf(organizationId: string): OrganizationDocuments;
}

interface Context {
  user: ZohoUser;
  organizations: ZohoOrganization[];
  organization: ZohoOrganization;
  documents: OrganizationDocuments;
  query: URLSearchParams;
}
/** The body's fields beside code and message, or an error. */
type Reply = { fields: Record<string, string> } | ApiError;
interface ApiError {
  status: number;
  code: number;
  message: string;
}
interface Endpoint {
  path: RegExp;
  scope: string;
  /** Works without organization_id. */
  anyOrganization?: true;
  answer(context: Context, id: string): Reply;
}

const ENDPOINTS: readonly Endpoint[] = [
  { path: /^\/organizations$/, scope: "settings.READ", anyOrganization: true, answer: listOrganizations },
  {
    path: /^\/organizations\/(\d+)$/,
    scope: "settings.READ",
    anyOrganization: true,
    answer: oneOrganization,
  },
  { path: /^\/users\/me$/, scope: "settings.READ", answer: ownUser },
  { path: /^\/invoices$/, scope: "invoices.READ", answer: (context) => invoicePage(context) },
  { path: /^\/invoices\/(\w+)$/, scope: "invoices.READ", answer: one("invoices", "invoice", "Invoice") },
  {
    path: /^\/creditnotes\/(\w+)$/,
    scope: "creditnotes.READ",
    answer: one("creditnotes", "creditnote", "Credit note"),
  },
  { path: /^\/items$/, scope: "settings.READ", answer: (context) => itemPage(context) },
  { path: /^\/items\/(\w+)$/, scope: "settings.READ", answer: one("items", "item", "Item") },
  { path: /^\/itemdetails$/, scope: "settings.READ", answer: itemDetails },
  { path: /^\/contacts\/(\w+)$/, scope: "contacts.READ", answer: one("contacts", "contact", "Contact") },
  {
    path: /^\/settings\/taxes$/,
    scope: "settings.READ",
    answer: (context) => taxPage(context),
  },
  {
    path: /^\/settings\/currencies$/,
    scope: "settings.READ",
    answer: () => ({ fields: { currencies: JSON.stringify(CURRENCIES) } }),
  },
];

export function answerBooks(deps: BooksDeps, request: IncomingMessage, response: ServerResponse): void {
  const reply = replyTo(deps, request, response);
  if (reply === undefined) return;
  if ("status" in reply) {
    const { status, code, message } = reply;
    sendJson(response, status, { code, message });
    return;
  }
  const fields = Object.entries(reply.fields).map(([name, json]) => `,"${name}":${json}`);
  const text = `{"code":0,"message":"success"${fields.join("")}}`;
  sendText(response, 200, "application/json;charset=UTF-8", text);
}

/** Undefined when the answer went out already. */
function replyTo(deps: BooksDeps, request: IncomingMessage, response: ServerResponse): Reply | undefined {
  const url = new URL(request.url ?? "", "http://zoho");
  const path = url.pathname.replace(/^\/books\/v3/, "");
  const token = deps.grants.findAccessToken(
    /^Zoho-oauthtoken (\S+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "",
  );
  const user = token && deps.users.find(({ id }) => id === token.userId);
  if (!token || !user) return { status: 401, code: 14, message: "Invalid value passed for authtoken." };
  const counted = deps.rateLimit.count(url.searchParams.get("organization_id") ?? user.id);
  response.setHeader("X-Rate-Limit-Limit", counted.limit);
  response.setHeader("X-Rate-Limit-Remaining", Math.max(0, counted.remaining));
  response.setHeader("X-Rate-Limit-Reset", counted.resetSeconds);
  if (counted.remaining < 0) {
    sendRateLimited(response, counted.resetSeconds);
    return undefined;
  }
  const endpoint = ENDPOINTS.find((known) => known.path.test(path));
  if (!endpoint) return { status: 404, code: 5, message: "Invalid URL Passed" };
  if (request.method !== "GET") return methodNotAllowed(request.method ?? "");
  if (!isGranted(token.scopes, endpoint.scope)) {
    return { status: 401, code: 57, message: "You are not authorized to perform this operation" };
  }
  const context = contextOf(deps, { token, user }, { query: url.searchParams, ...endpoint });
  if ("status" in context) return context;
  return endpoint.answer(context, endpoint.path.exec(path)?.[1] ?? "");
}

function contextOf(
  deps: BooksDeps,
  { token, user }: { token: AccessToken; user: ZohoUser },
  { query, anyOrganization }: { query: URLSearchParams; anyOrganization?: true },
): Context | ApiError {
  const organizations = deps
    .organizationsOf(user)
    .filter(({ organization_id: id }) => token.organizationIds?.includes(id) ?? true);
  const wanted = anyOrganization ? null : query.get("organization_id");
  const [first] = organizations;
  if (wanted === null && !anyOrganization && organizations.length > 1) {
    const message =
      "This user belongs to multiple organizations, hence the parameter CompanyID/CompanyName is required for associating this user to a specific organization.";
    return { status: 400, code: 6, message };
  }
  const organization = wanted === null ? first : organizations.find((own) => own.organization_id === wanted);
  if (!organization) return notAssociated(wanted ?? "");
  const documents = deps.documentsOf(organization.organization_id);
  return { user, organizations, organization, documents, query };
}

function isGranted(scopes: readonly string[], needed: string): boolean {
  const [module] = needed.split(".");
  const accepted = [`zohobooks.${needed}`, `zohobooks.${module}.all`, "zohobooks.fullaccess.all"];
  return scopes.some((scope) => accepted.includes(scope.toLowerCase()) || scope === `ZohoBooks.${needed}`);
}

function listOrganizations({ user, organizations }: Context): Reply {
  const rows = organizations.map((organization, index) =>
    organizationRow(organization, { user, isDefault: index === 0 }),
  );
  return { fields: { organizations: JSON.stringify(rows) } };
}

function oneOrganization({ user, organizations }: Context, id: string): Reply {
  const index = organizations.findIndex(({ organization_id }) => organization_id === id);
  const organization = organizations[index];
  if (!organization) return notAssociated(id);
  const row = organizationRow(organization, { user, isDefault: index === 0 });
  return { fields: { organization: JSON.stringify(row) } };
}

function ownUser({ user }: Context): Reply {
  const { id, name, email, role = "admin" } = user;
  const shown = {
    user_id: id,
    name,
    email_ids: [{ email, is_selected: true }],
    status: "active",
    user_role: role,
    user_type: "zoho",
  };
  return { fields: { user: JSON.stringify(shown) } };
}

function invoicePage({ documents, query }: Context): Reply {
  const { rows, context } = listInvoices(documents.invoices.list(), query);
  return { fields: { invoices: list(rows), page_context: JSON.stringify(context) } };
}

function itemPage({ documents, query }: Context): Reply {
  const filter = query.get("filter_by") ?? "Status.All";
  if (!ITEM_FILTERS.includes(filter)) return wrongValue("filter_by");
  const { rows, context } = listItems(documents.items.list(), query);
  return { fields: { items: list(rows), page_context: JSON.stringify(context) } };
}

function taxPage({ documents, query }: Context): Reply {
  const { shown, context } = pageOf(documents.taxes.list(), query);
  const named = { ...context, report_name: "Taxes", applied_filter: "Taxes.All" };
  return { fields: { taxes: list(shown), page_context: JSON.stringify(named) } };
}

function itemDetails({ documents, query }: Context): Reply {
  const ids = (query.get("item_ids") ?? "").split(",").filter(Boolean);
  if (ids.length === 0) return wrongValue("item_ids");
  const texts = ids.map((id) => documents.items.get(id)).filter((text) => text !== undefined);
  return { fields: { items: list(texts) } };
}

function one(
  kind: "invoices" | "creditnotes" | "items" | "contacts",
  field: string,
  name: string,
): Endpoint["answer"] {
  return ({ documents }, id) => {
    const text = documents[kind].get(id);
    return text === undefined
      ? { status: 404, code: 1002, message: `${name} does not exist.` }
      : { fields: { [field]: text } };
  };
}

function wrongValue(parameter: string): ApiError {
  return { status: 400, code: 4, message: `Invalid value passed for ${parameter}` };
}

function notAssociated(id: string): ApiError {
  const message = `This user is not associated with the CompanyID/CompanyName:${id}.`;
  return { status: 401, code: 6041, message };
}

function methodNotAllowed(method: string): ApiError {
  const message = `The HTTP method ${method} is not allowed for the requested resource`;
  return { status: 405, code: 37, message };
}

function list(texts: readonly string[]): string {
  return `[${texts.join(",")}]`;
}
