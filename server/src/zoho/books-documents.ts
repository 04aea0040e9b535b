import * as z from "zod";
import { list } from "../fiscal/optional-list.ts";
import { part } from "./answer.ts";
import type { BooksAccess, BooksCalls, Query } from "./books-access.ts";
import { flag, text as textField } from "./fields.ts";

export type BooksKind = "invoice" | "credit-note";

/** A row of a list: lines are left out there. */
export interface ListedDocument {
  id: string;
  number: string | null;
  status: string | null;
  date: string | null;
  customerName: string | null;
  currencyCode: string | null;
  total: string | null;
  modifiedTime: string | null;
}

export interface DocumentFilter {
  modifiedSince?: Date;
  /** Calendar days, both included. */
  from?: string;
  to?: string;
  status?: string;
  /** From 1 on. */
  page: number;
}

export interface DocumentPage {
  rows: ListedDocument[];
  hasMore: boolean;
}

export interface CustomFieldValue {
  customfield_id: string;
  value: string;
}

export interface ExactDocument {
  /** The answer's exact text. */
  text: string;
  /** The document in it, numbers as literal text. */
  value: unknown;
}

export interface BooksDocuments {
  invoice: (access: BooksAccess, id: string) => Promise<ExactDocument>;
  creditNote: (access: BooksAccess, id: string) => Promise<ExactDocument>;
  estimate: (access: BooksAccess, id: string) => Promise<ExactDocument>;
  /** In order of creation, which no change of a document moves. */
  listDocuments: (access: BooksAccess, kind: BooksKind, filter: DocumentFilter) => Promise<DocumentPage>;
  putInvoiceFields: (access: BooksAccess, id: string, fields: CustomFieldValue[]) => Promise<void>;
  /** A file of the same name goes beside the first: who does not know looks first (docs/zoho.md#not-used-yet). */
  attachToInvoice: (
    access: BooksAccess,
    id: string,
    file: { name: string; bytes: Uint8Array },
  ) => Promise<void>;
  commentOnCreditNote: (access: BooksAccess, id: string, text: string) => Promise<void>;
  /** What people and programs wrote beside it, to find a comment whose outcome is unknown. */
  creditNoteComments: (access: BooksAccess, id: string) => Promise<string[]>;
}

const PATHS = {
  invoice: {
    path: "/invoices",
    field: "invoice",
    rows: "invoices",
    id: "invoice_id",
    number: "invoice_number",
  },
  "credit-note": {
    path: "/creditnotes",
    field: "creditnote",
    rows: "creditnotes",
    id: "creditnote_id",
    number: "creditnote_number",
  },
} as const satisfies Record<BooksKind, object>;

const ROWS_PER_PAGE = 200;
const listed = z.record(z.string(), z.unknown());
const commentsSchema = z.object({ comments: list(z.object({ description: textField.optional() })) });

export function createBooksDocuments({ read, write }: BooksCalls): BooksDocuments {
  const one = async (
    access: BooksAccess,
    { path, field }: { path: string; field: string },
    id: string,
  ): Promise<ExactDocument> => {
    const { text, body } = await read(access, `${path}/${encodeURIComponent(id)}`, own(access));
    return { text, value: part(body, z.object({ [field]: z.record(z.string(), z.unknown()) }))[field] };
  };
  const comment = (access: BooksAccess, path: string, description: string) =>
    write(access, { method: "POST", path, body: { json: { description } } });
  return {
    invoice: (access, id) => one(access, PATHS.invoice, id),
    creditNote: (access, id) => one(access, PATHS["credit-note"], id),
    estimate: (access, id) => one(access, { path: "/estimates", field: "estimate" }, id),
    async listDocuments(access, kind, filter) {
      const { path, rows, id, number } = PATHS[kind];
      const { body } = await read(access, path, { ...own(access), ...queryOf(filter) });
      const schema = z.object({
        [rows]: list(listed),
        page_context: z.object({ has_more_page: flag }).nullish(),
      });
      const found = part(body, schema) as { page_context?: { has_more_page: boolean } | null };
      const given = (found as Record<string, unknown>)[rows] as Record<string, unknown>[];
      const row = z.object({
        [id]: z.string(),
        [number]: textField.optional(),
        status: textField.optional(),
        date: textField.optional(),
        customer_name: textField.optional(),
        currency_code: textField.optional(),
        total: textField.optional(),
        last_modified_time: textField.optional(),
      });
      const shown = given.map((entry) => part(entry, row) as Record<string, string | null | undefined>);
      return {
        rows: shown.map((entry) => ({
          id: entry[id] ?? "",
          number: entry[number] ?? null,
          status: entry.status?.toLowerCase() ?? null,
          date: entry.date ?? null,
          customerName: entry.customer_name ?? null,
          currencyCode: entry.currency_code ?? null,
          total: entry.total ?? null,
          modifiedTime: entry.last_modified_time ?? null,
        })),
        hasMore: found.page_context?.has_more_page ?? false,
      };
    },
    putInvoiceFields: (access, id, fields) =>
      // Singular, unlike every other path of invoices.
      write(access, {
        method: "PUT",
        path: `/invoice/${encodeURIComponent(id)}/customfields`,
        body: { json: { custom_fields: fields } },
      }),
    attachToInvoice: (access, id, { name, bytes }) =>
      write(access, {
        method: "POST",
        path: `/invoices/${encodeURIComponent(id)}/attachment`,
        query: { can_send_in_mail: "true" },
        body: { file: { field: "attachment", name, type: "application/pdf", bytes } },
      }),
    commentOnCreditNote: (access, id, text) =>
      comment(access, `/creditnotes/${encodeURIComponent(id)}/comments`, text),
    async creditNoteComments(access, id) {
      const path = `/creditnotes/${encodeURIComponent(id)}/comments`;
      const { body } = await read(access, path, own(access));
      return part(body, commentsSchema).comments.flatMap(({ description }) => description ?? []);
    },
  };
}

function own({ organizationId }: BooksAccess): Query {
  return { organization_id: organizationId };
}

function queryOf({ modifiedSince, from, to, status, page }: DocumentFilter): Query {
  return {
    page: String(page),
    per_page: String(ROWS_PER_PAGE),
    sort_column: "created_time",
    sort_order: "A",
    ...(modifiedSince && { last_modified_time: zohoInstant(modifiedSince) }),
    ...(from !== undefined && { date_start: from }),
    ...(to !== undefined && { date_end: to }),
    ...(status !== undefined && { status }),
  };
}

/** Without milliseconds, the offset spelled out (docs/zoho.md#endpoints). */
function zohoInstant(at: Date): string {
  return at.toISOString().replace(/\.\d{3}Z$/, "+0000");
}
