import * as z from "zod";
import { Failure } from "../failure.ts";
import { readExactJson } from "../fiscal/exact-json.ts";
import { list } from "../fiscal/optional-list.ts";
import { flag, number as numberField, text as textField } from "./fields.ts";
import type { ZohoAnswer, ZohoHttp } from "./http.ts";

export interface BooksAccess {
  apiUrl: string;
  organizationId: string;
  accessToken: string;
}

export interface BooksClient {
  /** The answer's exact text and the invoice in it, numbers as literal text. */
  invoice: (access: BooksAccess, id: string) => Promise<{ text: string; value: unknown }>;
  /** The same of a credit note. */
  creditNote: (access: BooksAccess, id: string) => Promise<{ text: string; value: unknown }>;
  items: (access: BooksAccess, ids: string[]) => Promise<z.infer<typeof itemSchema>[]>;
  /** All of the organisation's taxes and tax groups. */
  taxes: (access: BooksAccess) => Promise<z.infer<typeof taxSchema>[]>;
  organizations: (
    access: Omit<BooksAccess, "organizationId">,
  ) => Promise<z.infer<typeof organizationSchema>[]>;
  /** Whose token it is, as the organisation knows them. */
  me: (access: BooksAccess) => Promise<BooksUser>;
}

export interface BooksUser {
  /** The organisation's own; the same person has another in another organisation. */
  id: string;
  name: string | null;
  email: string | null;
  role: string | null;
}

const envelope = z.object({ code: z.string(), message: z.string().optional() });
const organizationSchema = z.object({
  organization_id: z.string(),
  name: z.string(),
  currency_code: z.string(),
  /** Of the token's user in it. */
  user_role: textField.optional(),
});
/** A list of addresses, one of them selected; some answers carry the address itself (docs/zoho.md#endpoints). */
const userSchema = z.object({
  user_id: z.string(),
  name: textField.optional(),
  email: textField.optional(),
  email_ids: list(z.object({ email: textField, is_selected: flag.optional() })).optional(),
  user_role: textField.optional(),
});
const itemSchema = z.object({ item_id: z.string(), name: textField, unit: textField, rate: textField });
const taxSchema = z.object({
  tax_id: z.string(),
  tax_name: z.string(),
  tax_percentage: numberField,
  tax_type: textField,
});
const taxPageSchema = z.object({
  taxes: list(taxSchema),
  page_context: z.object({ has_more_page: flag }).nullish(),
});
const TAXES_PER_PAGE = 200;
const TAX_PAGES_MAX = 5;
/** Keeps the URL short; Zoho names no cap (docs/zoho.md#endpoints). */
const ITEMS_PER_CALL = 100;

/** Zoho Books v3. Every Failure it throws says what a person can do: the words are the code's. */
export function createBooksClient(http: ZohoHttp): BooksClient {
  const read = async (
    access: Omit<BooksAccess, "organizationId">,
    path: string,
    query: Record<string, string>,
  ) => {
    const url = new URL(`/books/v3${path}`, access.apiUrl);
    url.search = new URLSearchParams(query).toString();
    const answer = await http.get(url, access.accessToken);
    return { text: answer.text, body: checked(answer) };
  };
  return {
    async invoice(access, id) {
      const path = `/invoices/${encodeURIComponent(id)}`;
      const { text, body } = await read(access, path, { organization_id: access.organizationId });
      return { text, value: part(body, z.object({ invoice: z.record(z.string(), z.unknown()) })).invoice };
    },
    async creditNote(access, id) {
      const path = `/creditnotes/${encodeURIComponent(id)}`;
      const { text, body } = await read(access, path, { organization_id: access.organizationId });
      const schema = z.object({ creditnote: z.record(z.string(), z.unknown()) });
      return { text, value: part(body, schema).creditnote };
    },
    async items(access, ids) {
      const found: z.infer<typeof itemSchema>[] = [];
      for (let from = 0; from < ids.length; from += ITEMS_PER_CALL) {
        const item_ids = ids.slice(from, from + ITEMS_PER_CALL).join(",");
        const { body } = await read(access, "/itemdetails", {
          organization_id: access.organizationId,
          item_ids,
        });
        found.push(...part(body, z.object({ items: list(itemSchema) })).items);
      }
      return found;
    },
    async taxes(access) {
      const found: z.infer<typeof taxSchema>[] = [];
      for (let page = 1; page <= TAX_PAGES_MAX; page += 1) {
        const { body } = await read(access, "/settings/taxes", {
          organization_id: access.organizationId,
          page: String(page),
          per_page: String(TAXES_PER_PAGE),
        });
        const { taxes, page_context } = part(body, taxPageSchema);
        found.push(...taxes);
        if (!page_context?.has_more_page) break;
      }
      return found;
    },
    async organizations(access) {
      const { body } = await read(access, "/organizations", {});
      return part(body, z.object({ organizations: list(organizationSchema) })).organizations;
    },
    async me(access) {
      const { body } = await read(access, "/users/me", { organization_id: access.organizationId });
      const { user } = part(body, z.object({ user: userSchema }));
      const addresses = user.email_ids ?? [];
      const selected = addresses.find(({ is_selected }) => is_selected) ?? addresses[0];
      const email = selected?.email ?? user.email ?? null;
      return { id: user.user_id, name: user.name ?? null, email, role: user.user_role ?? null };
    },
  };
}

function part<T extends z.ZodType>(body: unknown, schema: T): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Failure("zoho-answer-unreadable", `Zoho: ${parsed.error.issues[0]?.path.join(".")}`);
}

/** Errors by Zoho's codes (docs/zoho.md#errors); HTTP 200 may carry one too. */
function checked({ httpStatus, text }: ZohoAnswer): unknown {
  if (httpStatus === 429) throw new Failure("zoho-rate-limited", "Zoho: 429");
  if (httpStatus >= 500) throw new Failure("zoho-unavailable", `Zoho: HTTP ${httpStatus}`);
  const body = readExactJson(text);
  const parsed = envelope.safeParse(body);
  if (!parsed.success) throw new Failure("zoho-answer-unreadable", `Zoho: HTTP ${httpStatus} without a code`);
  const { code } = parsed.data;
  if (code === "0" && httpStatus < 300) return body;
  if (["43", "44", "45"].includes(code)) throw new Failure("zoho-rate-limited", `Zoho code ${code}`);
  if (httpStatus === 401 || ["14", "57"].includes(code))
    throw new Failure("zoho-grant-lost", `Zoho code ${code}`);
  if (httpStatus === 404 || code === "1002")
    throw new Failure("zoho-document-not-found", `Zoho code ${code}`);
  throw new Failure("zoho-unavailable", `Zoho: HTTP ${httpStatus}, code ${code}`);
}
