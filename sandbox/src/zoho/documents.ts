import { isLiteralObject, type LiteralObject, parseLiteral } from "../vsdc/literal-json.ts";

/** Documents as raw JSON text, so every number leaves with the literal it came with. */
export interface Documents {
  /** Stores or replaces the document; its id is read from the text. */
  put(text: string): void;
  get(id: string): string | undefined;
  /** Newest put last. */
  list(): string[];
  ids(): string[];
  remove(id: string): void;
}

export const ID_FIELDS = {
  invoices: "invoice_id",
  creditnotes: "creditnote_id",
  estimates: "estimate_id",
  items: "item_id",
  contacts: "contact_id",
  taxes: "tax_id",
  fields: "field_id",
  webhooks: "webhook_id",
  workflows: "workflow_id",
  attachments: "document_id",
  comments: "comment_id",
} as const;
export type DocumentKind = keyof typeof ID_FIELDS;
export const DOCUMENT_KINDS = Object.keys(ID_FIELDS) as DocumentKind[];

export type OrganizationDocuments = Record<DocumentKind, Documents>;
/** Raw JSON texts by kind. */
export type DocumentTexts = Record<DocumentKind, string[]>;

export interface DocumentsDeps {
  onChange(): void;
  /** Told of every put, by hand or over the API: what workflows hear of. */
  onPut(kind: DocumentKind, id: string, event: "add" | "edit"): void;
}

export function createDocuments(kind: DocumentKind, { onChange, onPut }: DocumentsDeps): Documents {
  const texts = new Map<string, string>();
  return {
    put(text) {
      const id = parseDocument(text)[ID_FIELDS[kind]];
      if (typeof id !== "string" || id === "")
        throw new Error(`a document of ${kind} needs ${ID_FIELDS[kind]}`);
      const event = texts.has(id) ? "edit" : "add";
      texts.set(id, text);
      onChange();
      onPut(kind, id, event);
    },
    get: (id) => texts.get(id),
    list: () => [...texts.values()],
    ids: () => [...texts.keys()],
    remove(id) {
      texts.delete(id);
      onChange();
    },
  };
}

export function parseDocument(text: string): LiteralObject {
  const document = parseLiteral(text);
  if (!isLiteralObject(document)) throw new Error("a document must be a JSON object");
  return document;
}
