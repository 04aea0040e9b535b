import { isLiteralObject, type Literal, type LiteralObject } from "../vsdc/literal-json.ts";
import {
  type ApiError,
  type BooksCall,
  type Endpoint,
  isError,
  list,
  missing,
  type Reply,
  refused,
  wrongValue,
} from "./books-call.ts";
import { type Bookable, changeDocument } from "./change-document.ts";
import { writeCustomFields } from "./custom-field-values.ts";
import { parseDocument } from "./documents.ts";
import { newId } from "./new-id.ts";
import { zohoTime } from "./zoho-time.ts";

const COMMENT_MAX = 2000;

export const DOCUMENT_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "PUT",
    path: /^\/invoice\/(\w+)\/customfields$/,
    scope: "invoices.UPDATE",
    takes: "json",
    answer: putCustomFields,
  },
  {
    method: "PUT",
    path: /^\/creditnotes\/(\w+)$/,
    scope: "creditnotes.UPDATE",
    takes: "json",
    answer: putCreditNote,
  },
  ...commentEndpoints("invoices", "invoice_id"),
  ...commentEndpoints("creditnotes", "creditnote_id"),
];

/** The path is singular, and there is none for credit notes. */
function putCustomFields(call: BooksCall): Reply {
  const { documents, id, body } = call;
  const text = documents.invoices.get(id);
  if (text === undefined) return missing("invoices");
  const rows = rowsOfBody(body);
  if (!rows) return wrongValue("custom_fields");
  const written = writeCustomFields(parseDocument(text), { rows, known: knownFields(call, "invoice") });
  if (isError(written)) return written;
  changeDocument(documents, { kind: "invoices", id, now: call.now }, () => written);
  return { fields: {}, message: "Custom Fields Updated Successfully" };
}

/** A full update, as Zoho's: who sends no lines, or not all of them, would lose them and is refused here. */
function putCreditNote(call: BooksCall): Reply {
  const { documents, id, body, now } = call;
  const text = documents.creditnotes.get(id);
  if (text === undefined) return missing("creditnotes");
  const before = parseDocument(text);
  if (!isLiteralObject(body)) return wrongValue("JSONString");
  if (body.customer_id !== before.customer_id) return wrongValue("customer_id");
  if (!keepsLines(before, body.line_items)) return wrongValue("line_items");
  const rows = body.custom_fields ?? [];
  if (!Array.isArray(rows)) return wrongValue("custom_fields");
  const written = writeCustomFields(before, { rows, known: knownFields(call, "creditnote") });
  if (isError(written)) return written;
  const texts = Object.fromEntries(
    ["reference_number", "notes", "terms"].flatMap((name): [string, Literal][] =>
      typeof body[name] === "string" ? [[name, body[name]]] : [],
    ),
  );
  const changed = changeDocument(documents, { kind: "creditnotes", id, now }, () => ({
    ...written,
    ...texts,
  }));
  return { fields: { creditnote: changed ?? text }, message: "The credit note has been updated." };
}

function keepsLines(before: LiteralObject, lines: Literal | undefined): boolean {
  const idsOf = (rows: Literal | undefined) =>
    Array.isArray(rows) ? rows.map((row) => (isLiteralObject(row) ? String(row.line_item_id) : "")) : [];
  const sent = idsOf(lines);
  const own = idsOf(before.line_items);
  return sent.length === own.length && own.every((id) => sent.includes(id));
}

function rowsOfBody(body: Literal): Literal[] | undefined {
  if (Array.isArray(body)) return body;
  if (!isLiteralObject(body)) return undefined;
  const rows = body.custom_fields ?? body.customfields;
  return Array.isArray(rows) ? rows : undefined;
}

function knownFields({ documents }: BooksCall, entity: string): Map<string, LiteralObject> {
  const fields = documents.fields.list().map(parseDocument);
  return new Map(
    fields.filter((field) => field.entity === entity).map((field) => [String(field.field_id), field]),
  );
}

function commentEndpoints(kind: Bookable, idField: string): Endpoint[] {
  const path = new RegExp(`^/${kind}/(\\w+)/comments$`);
  return [
    { path, scope: `${kind}.READ`, answer: (call) => listComments(call, { kind, idField }) },
    {
      method: "POST",
      path,
      scope: `${kind}.CREATE`,
      takes: "json",
      answer: (call) => addComment(call, { kind, idField }),
    },
  ];
}

function listComments({ documents, id }: BooksCall, { kind, idField }: Commented): Reply {
  if (documents[kind].get(id) === undefined) return missing(kind);
  const own = documents.comments.list().filter((text) => parseDocument(text)[idField] === id);
  return { fields: { comments: list(own) } };
}

interface Commented {
  kind: Bookable;
  idField: string;
}

function addComment(call: BooksCall, { kind, idField }: Commented): Reply {
  const { documents, id, body, user, now } = call;
  if (documents[kind].get(id) === undefined) return missing(kind);
  const description = isLiteralObject(body) ? body.description : undefined;
  const wrong = wrongDescription(description);
  if (wrong) return wrong;
  const at = zohoTime(now);
  const comment = JSON.stringify({
    comment_id: newId(now),
    [idField]: id,
    description,
    commented_by_id: user.id,
    commented_by: user.name,
    comment_type: "internal",
    operation_type: "Added",
    date: at.slice(0, 10),
    time: at.slice(11, 16),
    date_with_time: at,
    show_comment_to_clients: isLiteralObject(body) && body.show_comment_to_clients === true,
  });
  documents.comments.put(comment);
  return { created: true, fields: { comment }, message: "Comments added." };
}

function wrongDescription(description: Literal | undefined): ApiError | undefined {
  if (typeof description !== "string" || description === "") return wrongValue("description");
  if (description.length <= COMMENT_MAX) return undefined;
  return refused(15, `Please ensure that the description has less than ${COMMENT_MAX} characters.`);
}
