import { numberLiteral } from "../vsdc/literal-json.ts";
import { type BooksCall, type Endpoint, missing, type Reply, refused } from "./books-call.ts";
import { changeDocument } from "./change-document.ts";
import { rowsOf } from "./custom-field-values.ts";
import { type OrganizationDocuments, parseDocument } from "./documents.ts";
import { newId } from "./new-id.ts";

const path = /^\/invoices\/(\w+)\/attachment$/;
/** Invoices only: the Books API has none for credit notes. */
export const ATTACHMENT_ENDPOINTS: readonly Endpoint[] = [
  { path, scope: "invoices.READ", answer: getAttachment },
  { method: "POST", path, scope: "invoices.CREATE", takes: "attachment", answer: attach },
  { method: "DELETE", path, scope: "invoices.DELETE", answer: deleteAttachments },
];

const FILES_MAX = 10;
const TYPES: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  bmp: "image/bmp",
};

export interface AttachedFile {
  id: string;
  name: string;
  type: string;
  bytes: Buffer;
}

export function attachmentsOf(documents: OrganizationDocuments, invoiceId: string): AttachedFile[] {
  const invoice = documents.invoices.get(invoiceId);
  return rowsOf(invoice === undefined ? undefined : parseDocument(invoice).documents)
    .map(({ document_id }) => documents.attachments.get(String(document_id)))
    .filter((text) => text !== undefined)
    .map(parseDocument)
    .map((kept) => ({
      id: String(kept.document_id),
      name: String(kept.file_name),
      type: TYPES[String(kept.file_type)] ?? "application/octet-stream",
      bytes: Buffer.from(String(kept.content), "base64"),
    }));
}

/** A file of the same name is attached beside the first one: who repeats a lost call finds two. */
function attach(call: BooksCall): Reply {
  const { documents, id, upload, query, now } = call;
  if (documents.invoices.get(id) === undefined) return missing("invoices");
  if (!upload || upload.bytes.length === 0) return refused(4, "Invalid value passed for attachment");
  const file_type = /\.(\w+)$/.exec(upload.name)?.[1]?.toLowerCase() ?? "";
  if (!(file_type in TYPES))
    return refused(33007, "The file type is not supported. Attach a pdf, png, jpg, jpeg, gif or bmp file.");
  if (attachmentsOf(documents, id).length >= FILES_MAX)
    return refused(33006, `You can attach a maximum of ${FILES_MAX} files.`);
  const row = {
    document_id: newId(now),
    file_name: upload.name,
    file_type,
    file_size: numberLiteral(String(upload.bytes.length)),
  };
  const content = upload.bytes.toString("base64");
  documents.attachments.put(JSON.stringify({ ...row, invoice_id: id, content }));
  const mailed = query.get("can_send_in_mail") === "true";
  changeDocument(documents, { kind: "invoices", id, now }, (invoice) => ({
    documents: [...rowsOf(invoice.documents), { ...row, can_send_in_mail: mailed }],
    has_attachment: true,
    can_send_in_mail: mailed,
  }));
  return {
    fields: { documents: JSON.stringify([row]) },
    message: "Your file has been successfully attached to the invoice.",
  };
}

function getAttachment({ documents, id }: BooksCall): Reply {
  if (documents.invoices.get(id) === undefined) return missing("invoices");
  const file = attachmentsOf(documents, id).at(-1);
  return file ? { file } : { status: 404, code: 1002, message: "Attachment does not exist." };
}

function deleteAttachments({ documents, id, now }: BooksCall): Reply {
  if (documents.invoices.get(id) === undefined) return missing("invoices");
  for (const file of attachmentsOf(documents, id)) documents.attachments.remove(file.id);
  const none = { documents: [], has_attachment: false };
  changeDocument(documents, { kind: "invoices", id, now }, () => none);
  return { fields: {}, message: "Your file is no longer attached to the invoice." };
}
