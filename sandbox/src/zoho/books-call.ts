import type { Literal } from "../vsdc/literal-json.ts";
import type { DocumentKind, OrganizationDocuments } from "./documents.ts";
import type { UploadedFile } from "./read-upload.ts";
import type { ZohoOrganization, ZohoUser } from "./zoho-options.ts";

/** One call whose token, scope and organization are in order. */
export interface BooksCall {
  user: ZohoUser;
  organizations: ZohoOrganization[];
  organization: ZohoOrganization;
  documents: OrganizationDocuments;
  query: URLSearchParams;
  rowsPerPage: number;
  /** Of the path, after the address of the collection. */
  id: string;
  body: Literal;
  upload: UploadedFile | undefined;
  now: Date;
}

export interface ApiError {
  status: number;
  code: number;
  message: string;
}
/** The body's fields as JSON texts beside code and message. */
export interface Fields {
  fields: Record<string, string>;
  created?: true;
  message?: string;
}
export interface FileReply {
  file: { name: string; type: string; bytes: Buffer };
}
export type Reply = Fields | FileReply | ApiError;

export interface Endpoint {
  /** GET when absent. */
  method?: "POST" | "PUT" | "DELETE";
  path: RegExp;
  scope: string;
  /** Works without organization_id. */
  anyOrganization?: true;
  /** What the body is; absent = none is read. */
  takes?: "json" | "attachment";
  answer(call: BooksCall): Reply;
}

export const NAMES = {
  invoices: "Invoice",
  creditnotes: "Credit note",
  estimates: "Estimate",
  items: "Item",
  contacts: "Contact",
  fields: "Custom field",
  webhooks: "Webhook",
  workflows: "Workflow",
} as const satisfies Partial<Record<DocumentKind, string>>;

export function missing(kind: keyof typeof NAMES): ApiError {
  return { status: 404, code: 1002, message: `${NAMES[kind]} does not exist.` };
}

export function wrongValue(parameter: string): ApiError {
  return { status: 400, code: 4, message: `Invalid value passed for ${parameter}` };
}

export function refused(code: number, message: string): ApiError {
  return { status: 400, code, message };
}

export function list(texts: readonly string[]): string {
  return `[${texts.join(",")}]`;
}

export function isError(value: object): value is ApiError {
  return "code" in value && "status" in value;
}
