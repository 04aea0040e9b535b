import { attachmentsOf } from "../zoho/attachment-endpoints.ts";
import { rowsOf } from "../zoho/custom-field-values.ts";
import { type OrganizationDocuments, parseDocument } from "../zoho/documents.ts";

/** What of ours one document at Zoho carries. */
export interface BookedDocument {
  kind: "invoice" | "credit-note";
  zohoId: string;
  number: string;
  /** Our custom fields that are filled, by label. */
  fields: Readonly<Record<string, string>>;
  files: readonly { name: string; isPdf: boolean }[];
  comments: readonly string[];
  /** How often it was changed after it was put there. */
  edits: number;
}

const OURS = /^Fiscal /;

export function readBooked(
  books: OrganizationDocuments,
  edits: ReadonlyMap<string, number>,
): BookedDocument[] {
  const commentsOf = Map.groupBy(books.comments.list().map(parseDocument), (comment) =>
    String(comment.creditnote_id ?? comment.invoice_id),
  );
  const read = (kind: BookedDocument["kind"], id: string, text: string): BookedDocument => {
    const document = parseDocument(text);
    const fields = rowsOf(document.custom_fields).filter(({ label }) => OURS.test(String(label)));
    return {
      kind,
      zohoId: id,
      number: String(document.invoice_number ?? document.creditnote_number),
      fields: Object.fromEntries(fields.map(({ label, value }) => [String(label), String(value)])),
      files: kind === "invoice" ? filesOf(books, id) : [],
      comments: (commentsOf.get(id) ?? []).map(({ description }) => String(description)),
      edits: edits.get(id) ?? 0,
    };
  };
  const all = (kind: BookedDocument["kind"], documents: OrganizationDocuments["invoices"]) =>
    documents.ids().map((id) => read(kind, id, documents.get(id) ?? "{}"));
  return [...all("invoice", books.invoices), ...all("credit-note", books.creditnotes)];
}

function filesOf(books: OrganizationDocuments, id: string): BookedDocument["files"] {
  return attachmentsOf(books, id).map(({ name, bytes }) => ({
    name,
    isPdf: bytes.subarray(0, 5).toString("latin1") === "%PDF-",
  }));
}
