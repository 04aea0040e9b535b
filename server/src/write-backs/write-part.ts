import type { BusinessId, WithBusiness } from "../db/with-business.ts";
import type { WriteBackPart } from "../db/write-backs.ts";
import { Failure } from "../failure.ts";
import {
  RECEIPT_FIELDS,
  type ReceiptField,
  receiptComment,
  receiptFields,
} from "../fiscal/receipt-fields.ts";
import type { Written } from "./load-written.ts";

/** The custom fields of invoices that take a receipt's facts, by their ids in Zoho; null before they were made. */
export type FieldIds = Record<ReceiptField, string>;

/** What Zoho Books is asked for here. A write whose outcome is unknown throws `zoho-write-unknown`. */
export interface WriteBooks {
  /** What an invoice has of what is written: field values by their ids, names of attached files. */
  invoiceMarks: (
    businessId: BusinessId,
    zohoId: string,
  ) => Promise<{ fields: Record<string, string>; files: string[] }>;
  writeInvoiceFields: (
    businessId: BusinessId,
    zohoId: string,
    values: { id: string; value: string }[],
  ) => Promise<void>;
  attachToInvoice: (
    businessId: BusinessId,
    zohoId: string,
    file: { name: string; bytes: Uint8Array },
  ) => Promise<void>;
  creditNoteComments: (businessId: BusinessId, zohoId: string) => Promise<string[]>;
  commentOnCreditNote: (businessId: BusinessId, zohoId: string, text: string) => Promise<void>;
}

export interface WritePartDeps {
  books: WriteBooks;
  fieldIds: (businessId: BusinessId) => Promise<FieldIds | null>;
  /** The receipt as it is printed. */
  paper: (businessId: BusinessId, receiptId: string) => Promise<{ fileName: string; bytes: Uint8Array }>;
  withBusiness: WithBusiness;
}

export interface PartToWrite {
  businessId: BusinessId;
  part: WriteBackPart;
  written: Written;
  /** An earlier write may have arrived: the document is read before it is written again. */
  mayBeThere: boolean;
  /** Told just before the write itself. */
  onWrite: () => void;
}

/** Writes one part, once: what is there already is left alone. @throws Failure */
export function writePart(deps: WritePartDeps, input: PartToWrite): Promise<void> {
  switch (input.part) {
    case "fields":
      return writeFields(deps, input);
    case "attachment":
      return attach(deps, input);
    case "comment":
      return comment(deps, input);
  }
}

async function writeFields(
  deps: WritePartDeps,
  { businessId, written, mayBeThere, onWrite }: PartToWrite,
): Promise<void> {
  const ids = await deps.fieldIds(businessId);
  if (ids === null) throw new Failure("zoho-fields-missing", "the organisation has no fields for receipts");
  const zohoId = written.submission.zohoDocumentId;
  const texts = receiptFields(written.receipt);
  const values = RECEIPT_FIELDS.map((field) => ({ id: ids[field], value: texts[field] }));
  if (mayBeThere) {
    const { fields } = await deps.books.invoiceMarks(businessId, zohoId);
    if (values.every(({ id, value }) => fields[id] === value)) return;
  }
  onWrite();
  await deps.books.writeInvoiceFields(businessId, zohoId, values);
}

async function attach(
  deps: WritePartDeps,
  { businessId, written, mayBeThere, onWrite }: PartToWrite,
): Promise<void> {
  const zohoId = written.submission.zohoDocumentId;
  const { fileName, bytes } = await deps.paper(businessId, written.receiptId);
  if (mayBeThere) {
    const { files } = await deps.books.invoiceMarks(businessId, zohoId);
    if (files.includes(fileName)) return;
  }
  onWrite();
  await deps.books.attachToInvoice(businessId, zohoId, { name: fileName, bytes });
}

async function comment(
  { books }: WritePartDeps,
  { businessId, written, mayBeThere, onWrite }: PartToWrite,
): Promise<void> {
  const zohoId = written.submission.zohoDocumentId;
  if (mayBeThere) {
    const comments = await books.creditNoteComments(businessId, zohoId);
    if (comments.some((text) => text.startsWith(`${written.receipt.counter}:`))) return;
  }
  onWrite();
  await books.commentOnCreditNote(businessId, zohoId, receiptComment(written.receipt));
}
