import type { BusinessId, WithBusiness } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import type { CreditNote } from "../fiscal/judge-refund.ts";
import { readCreditNote as readZohoCreditNote } from "../zoho/credit-note.ts";
import { requireBusiness } from "./require-business.ts";

export interface ReadCreditNoteDeps {
  withBusiness: WithBusiness;
  books: {
    /** The answer's exact text, and the credit note in it with numbers as literal text. */
    readCreditNote: (businessId: BusinessId, zohoId: string) => Promise<{ text: string; value: unknown }>;
  };
  clock: () => Date;
}

export interface SourceNote {
  note: CreditNote;
  text: string;
}

/** Reads the credit note itself from Zoho: what a browser says of it is never used. */
export async function readCreditNote(
  deps: ReadCreditNoteDeps,
  { businessId, zohoId }: { businessId: BusinessId; zohoId: string },
): Promise<SourceNote> {
  await deps.withBusiness(businessId, requireBusiness);
  const { text, value } = await deps.books.readCreditNote(businessId, zohoId);
  const read = readZohoCreditNote(value);
  if (read.kind === "unreadable") {
    const refusals = [{ code: "document-unreadable" as const, lines: [] }];
    throw new Failure("document-refused", `unreadable: ${read.fields.map(({ path }) => path).join(", ")}`, {
      refusals,
      fields: read.fields,
    });
  }
  // The id is what makes a document one: another answer under it could be refunded twice.
  if (read.note.id !== zohoId) {
    throw new Failure("zoho-answer-unreadable", `asked for ${zohoId}, got ${read.note.id}`);
  }
  return { note: read.note, text };
}
