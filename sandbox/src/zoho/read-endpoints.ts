import {
  type ApiError,
  type BooksCall,
  type Endpoint,
  list,
  missing,
  type NAMES,
  type Reply,
  wrongValue,
} from "./books-call.ts";
import { CURRENCIES, organizationRow } from "./books-settings.ts";
import type { Bookable } from "./change-document.ts";
import { listDocuments } from "./list-documents.ts";
import { ITEM_FILTERS, listItems } from "./list-items.ts";
import { pageOf } from "./list-page.ts";

export const READ_ENDPOINTS: readonly Endpoint[] = [
  { path: /^\/organizations$/, scope: "settings.READ", anyOrganization: true, answer: listOrganizations },
  {
    path: /^\/organizations\/(\d+)$/,
    scope: "settings.READ",
    anyOrganization: true,
    answer: oneOrganization,
  },
  { path: /^\/users\/me$/, scope: "settings.READ", answer: ownUser },
  { path: /^\/invoices$/, scope: "invoices.READ", answer: (call) => documentPage("invoices", call) },
  { path: /^\/invoices\/(\w+)$/, scope: "invoices.READ", answer: one("invoices", "invoice") },
  { path: /^\/creditnotes$/, scope: "creditnotes.READ", answer: (call) => documentPage("creditnotes", call) },
  { path: /^\/creditnotes\/(\w+)$/, scope: "creditnotes.READ", answer: one("creditnotes", "creditnote") },
  { path: /^\/estimates\/(\w+)$/, scope: "estimates.READ", answer: one("estimates", "estimate") },
  { path: /^\/items$/, scope: "settings.READ", answer: itemPage },
  { path: /^\/items\/(\w+)$/, scope: "settings.READ", answer: one("items", "item") },
  { path: /^\/itemdetails$/, scope: "settings.READ", answer: itemDetails },
  { path: /^\/contacts\/(\w+)$/, scope: "contacts.READ", answer: one("contacts", "contact") },
  { path: /^\/settings\/taxes$/, scope: "settings.READ", answer: taxPage },
  {
    path: /^\/settings\/currencies$/,
    scope: "settings.READ",
    answer: () => ({ fields: { currencies: JSON.stringify(CURRENCIES) } }),
  },
];

function listOrganizations({ user, organizations }: BooksCall): Reply {
  const rows = organizations.map((organization, index) =>
    organizationRow(organization, { user, isDefault: index === 0 }),
  );
  return { fields: { organizations: JSON.stringify(rows) } };
}

function oneOrganization({ user, organizations, id }: BooksCall): Reply {
  const index = organizations.findIndex(({ organization_id }) => organization_id === id);
  const organization = organizations[index];
  if (!organization) return notAssociated(id);
  const row = organizationRow(organization, { user, isDefault: index === 0 });
  return { fields: { organization: JSON.stringify(row) } };
}

export function notAssociated(id: string): ApiError {
  const message = `This user is not associated with the CompanyID/CompanyName:${id}.`;
  return { status: 401, code: 6041, message };
}

function ownUser({ user }: BooksCall): Reply {
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

function documentPage(kind: Bookable, { documents, query, rowsPerPage }: BooksCall): Reply {
  const { rows, context } = listDocuments({ kind, texts: documents[kind].list(), rowsPerPage }, query);
  return { fields: { [kind]: list(rows), page_context: JSON.stringify(context) } };
}

function itemPage({ documents, query }: BooksCall): Reply {
  const filter = query.get("filter_by") ?? "Status.All";
  if (!ITEM_FILTERS.includes(filter)) return wrongValue("filter_by");
  const { rows, context } = listItems(documents.items.list(), query);
  return { fields: { items: list(rows), page_context: JSON.stringify(context) } };
}

function taxPage({ documents, query }: BooksCall): Reply {
  const { shown, context } = pageOf(documents.taxes.list(), query);
  const named = { ...context, report_name: "Taxes", applied_filter: "Taxes.All" };
  return { fields: { taxes: list(shown), page_context: JSON.stringify(named) } };
}

function itemDetails({ documents, query }: BooksCall): Reply {
  const ids = (query.get("item_ids") ?? "").split(",").filter(Boolean);
  if (ids.length === 0) return wrongValue("item_ids");
  const texts = ids.map((id) => documents.items.get(id)).filter((text) => text !== undefined);
  return { fields: { items: list(texts) } };
}

export function one(kind: keyof typeof NAMES, field: string): Endpoint["answer"] {
  return ({ documents, id }) => {
    const text = documents[kind].get(id);
    return text === undefined ? missing(kind) : { fields: { [field]: text } };
  };
}
