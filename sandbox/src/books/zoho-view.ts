import { isLiteralObject, parseLiteral } from "../vsdc/literal-json.ts";
import { type Bookable, setStatus } from "../zoho/change-document.ts";
import type { Deliveries, Delivery } from "../zoho/deliveries.ts";
import type { DocumentKind } from "../zoho/documents.ts";
import type { ZohoSandbox } from "../zoho/zoho.ts";
import type { ZohoCall, ZohoUser } from "../zoho/zoho-options.ts";
import { type ZohoInvoice, ZohoInvoiceSchema } from "./invoice.ts";

/** The part of the Zoho stand-in the pages need. */
export type WholeZoho = Pick<
  ZohoSandbox,
  | "organizations"
  | "membersOf"
  | "forOrganization"
  | "apiUrl"
  | "behave"
  | "behaviour"
  | "calls"
  | "deliveries"
  | "grant"
>;

/** Zoho as one organisation sees it. How it behaves is the same for all of them. */
export type BooksZoho = Pick<
  ZohoSandbox,
  DocumentKind | "organization" | "apiUrl" | "behave" | "behaviour"
> & {
  user: ZohoUser;
  /** Those that name this organisation, and those that name none. */
  calls(): readonly ZohoCall[];
  /** Why Zoho refuses it; undefined once it is done. */
  setStatus(kind: Bookable, id: string, status: string): string | undefined;
  deliveries: Pick<Deliveries, "sendAgain" | "forge"> & { list(): Delivery[] };
  /** An access token that reaches this organisation only. */
  connect(scopes: readonly string[]): string;
};

export function zohoOf(zoho: WholeZoho, organizationId: string): BooksZoho {
  const organization = zoho.organizations.find(({ organization_id }) => organization_id === organizationId);
  const [user] = zoho.membersOf(organizationId);
  if (!organization || !user) throw new Error(`Zoho has no organization ${organizationId} with a member`);
  const isOwn = ({ path }: ZohoCall) => {
    const named = new URLSearchParams(path.split("?")[1]).get("organization_id");
    return named === null || named === organizationId;
  };
  return {
    ...{ organization, user },
    ...{ apiUrl: zoho.apiUrl, behave: zoho.behave, behaviour: zoho.behaviour },
    ...zoho.forOrganization(organizationId),
    calls: () => zoho.calls().filter(isOwn),
    setStatus: (kind, id, status) =>
      setStatus(zoho.forOrganization(organizationId), { kind, id, status, now: new Date() }),
    deliveries: { ...zoho.deliveries, list: () => zoho.deliveries.list(organizationId) },
    connect: (scopes) =>
      zoho.grant({ userId: user.id, scopes, organizationIds: [organizationId] }).accessToken,
  };
}

const SHOWN_MAX = 200;

/** The newest first, as Books lists them. */
export function readInvoices({ invoices }: BooksZoho): ZohoInvoice[] {
  const texts = invoices.list().slice(-SHOWN_MAX);
  const read = texts.map((text) => ZohoInvoiceSchema.parse(JSON.parse(text)));
  return read.sort(
    (a, b) => b.date.localeCompare(a.date) || b.invoice_number.localeCompare(a.invoice_number),
  );
}

/** Ids of Zoho look like this; ours go on from the largest. */
const FIRST_ID = 4815000000100000n;

/** Keeps the document's own text, literals and all, but for an id and number Books would give it. */
export function putInvoice(zoho: BooksZoho, text: string, asNew: boolean): { id: string; number: string } {
  const parsed = parseLiteral(text);
  if (!isLiteralObject(parsed)) throw new Error("bug: judgeInvoice lets only objects through");
  const { invoice_id: givenId, ...rest } = isLiteralObject(parsed.invoice) ? parsed.invoice : parsed;
  const known = readInvoices(zoho);
  const id = asNew || typeof givenId !== "string" || givenId === "" ? nextId(zoho) : givenId;
  const given = String(rest.invoice_number);
  const isTaken = known.some((invoice) => invoice.invoice_number === given && invoice.invoice_id !== id);
  const number = isTaken ? nextNumber(known) : given;
  const line_items = Array.isArray(rest.line_items) ? rest.line_items : [];
  const last_modified_time = new Date().toISOString().replace(/\.\d+Z$/, "+0000");
  zoho.invoices.put(
    JSON.stringify({ invoice_id: id, ...rest, invoice_number: number, line_items, last_modified_time }),
  );
  return { id, number };
}

function nextId({ invoices }: BooksZoho): string {
  const numbers = invoices.ids().filter((id) => /^\d+$/.test(id));
  const largest = [FIRST_ID, ...numbers.map(BigInt)].sort((a, b) => Number(a - b)).at(-1) ?? FIRST_ID;
  return String(largest + 1n);
}

function nextNumber(known: readonly ZohoInvoice[]): string {
  const numbers = known.map(({ invoice_number }) => Number(/(\d+)$/.exec(invoice_number)?.[1] ?? 0));
  return `INV-${String(Math.max(0, ...numbers) + 1).padStart(6, "0")}`;
}

const CONNECTION_SCOPES = [
  "ZohoBooks.invoices.READ",
  "ZohoBooks.creditnotes.READ",
  "ZohoBooks.settings.READ",
  "ZohoBooks.contacts.READ",
];
const CONNECTION_RENEWED_AFTER_MS = 45 * 60_000;

/** The token Zoho itself keeps for a `connection_link_name`. */
export function createConnection(zoho: Pick<BooksZoho, "connect">, clock: () => Date): () => string {
  let token = "";
  let since = 0;
  return () => {
    const now = clock().getTime();
    if (token === "" || now - since > CONNECTION_RENEWED_AFTER_MS) {
      token = zoho.connect(CONNECTION_SCOPES);
      since = now;
    }
    return token;
  };
}
