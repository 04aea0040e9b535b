import * as z from "zod";
import { list } from "../fiscal/optional-list.ts";
import { part } from "./answer.ts";
import { type BooksAccess, createBooksCalls } from "./books-access.ts";
import { type BooksDocuments, createBooksDocuments } from "./books-documents.ts";
import { type BooksSettings, createBooksSettings } from "./books-settings.ts";
import { flag, number as numberField, text as textField } from "./fields.ts";
import type { ZohoHttp } from "./http.ts";

export interface BooksClient extends BooksDocuments, BooksSettings {
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
  const calls = createBooksCalls(http);
  const { read } = calls;
  return {
    ...createBooksDocuments(calls),
    ...createBooksSettings(calls),
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
