import { SIGNED_PARTS } from "@fiscalise/shared/reconciliation.ts";
import type { DocumentKind } from "@fiscalise/shared/refund.ts";
import * as z from "zod";
import type { Submission } from "../../db/submissions.ts";
import type { BusinessId } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { decimal, ZERO } from "../../fiscal/decimal.ts";
import {
  changesBetween,
  type DocumentChange,
  type Fingerprint,
  fingerprintOf,
} from "../../fiscal/fingerprint.ts";
import type { SeenDocument } from "../../fiscal/judge-differences.ts";
import { sha256Of } from "../../opaque-token.ts";
import { isReadable } from "../../receipts/imported.ts";
import { fingerprintOfStored, noteFingerprint } from "../../receipts/stored-submission.ts";
import type { FieldIds } from "../../write-backs/write-part.ts";
import { readCreditNote } from "../../zoho/credit-note.ts";
import { readHead } from "../../zoho/document-head.ts";
import type { CustomFieldNames } from "../../zoho/invoice.ts";
import { readInvoice } from "../../zoho/invoice.ts";
import { invoiceMarks } from "../../zoho/invoice-marks.ts";
import type { CallBooks } from "../books/books.ts";

const text = z.string().nullable();
/** As it is kept, so that a document that has not changed is not read again. */
export const SeenSchema = z.object({
  status: text,
  number: text,
  date: text,
  summary: z.string(),
  contentSha256: z.string(),
  changes: z.array(z.enum(SIGNED_PARTS)),
  carries: z.object({ receipt: text, verification: text }).nullable(),
  isFree: z.boolean(),
  /** Of a credit note: the invoices its credit was applied to. */
  credits: z.array(z.string()),
});
export type Seen = SeenDocument & {
  /** Of all that is compared with what was signed. */
  contentSha256: string;
  credits: string[];
};

export interface ReadSeen {
  businessId: BusinessId;
  kind: DocumentKind;
  id: string;
  /** What was signed of it. */
  signed: Submission | null;
  names: CustomFieldNames;
  fields: FieldIds | null;
}

/** Reads one document; null: Zoho has it no more. @throws Failure zoho-answer-unreadable, and what a call to Zoho throws */
export async function readSeen(callBooks: CallBooks, input: ReadSeen): Promise<Seen | null> {
  try {
    return await (input.kind === "invoice" ? readSold : readCredited)(callBooks, input);
  } catch (error) {
    if (error instanceof Failure && error.code === "zoho-document-not-found") return null;
    throw error;
  }
}

async function readSold(callBooks: CallBooks, input: ReadSeen): Promise<Seen> {
  const { businessId, id, signed, names, fields } = input;
  const { value } = await callBooks(businessId, (client, access) => client.invoice(access, id));
  const read = readInvoice(value, names);
  if (read.kind === "unreadable" || read.document.id !== id) throw unreadable(id);
  const { fields: marks } = invoiceMarks(value);
  return {
    ...headOf(value),
    ...compare(signed, fingerprintOf(read.document), SIGNED_PARTS),
    carries: fields && {
      receipt: marks[fields.receipt] ?? null,
      verification: marks[fields.verification] ?? null,
    },
    credits: [],
  };
}

/** Of its lines nothing was sent, so nothing is compared. */
const NOTE_PARTS = ["currency", "total", "date"] as const;

async function readCredited(callBooks: CallBooks, { businessId, id, signed }: ReadSeen): Promise<Seen> {
  const { value } = await callBooks(businessId, (client, access) => client.creditNote(access, id));
  const read = readCreditNote(value);
  if (read.kind === "unreadable" || read.note.id !== id) throw unreadable(id);
  return {
    ...headOf(value),
    ...compare(signed, noteFingerprint(read.note), NOTE_PARTS),
    carries: null,
    credits: read.note.creditedInvoiceIds,
  };
}

function headOf(value: unknown): Pick<Seen, "status" | "number" | "date"> {
  return readHead(value) ?? { status: null, number: null, date: null };
}

function compare(
  signed: Submission | null,
  now: Fingerprint,
  parts: readonly DocumentChange[],
): Pick<Seen, "summary" | "contentSha256" | "changes" | "isFree"> {
  const changed = signed && isReadable(signed) ? changesBetween(fingerprintOfStored(signed), now) : [];
  return {
    summary: summaryOf(now),
    contentSha256: sha256Of(JSON.stringify(parts.map((part) => now[part]))),
    changes: changed.filter((change) => parts.includes(change)),
    isFree: now.total !== null && decimal(now.total).eq(ZERO),
  };
}

/** For a person, in no language. */
export function summaryOf({ total, currency, date, buyer }: Omit<Fingerprint, "lines">): string {
  return [`${total ?? "?"} ${currency ?? ""}`.trim(), date, buyer && `TIN ${buyer}`]
    .filter(Boolean)
    .join(", ");
}

function unreadable(id: string): Failure {
  return new Failure("zoho-answer-unreadable", `document ${id} cannot be read`);
}
