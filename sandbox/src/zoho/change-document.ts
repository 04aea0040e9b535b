import type { Literal, LiteralObject } from "../vsdc/literal-json.ts";
import { type OrganizationDocuments, parseDocument } from "./documents.ts";
import { zohoTime } from "./zoho-time.ts";

export type Bookable = "invoices" | "creditnotes";

/** Every change moves `last_modified_time`; whoever listens to edits hears of it. */
export function changeDocument(
  documents: OrganizationDocuments,
  { kind, id, now }: { kind: Bookable; id: string; now: Date },
  change: (document: LiteralObject) => LiteralObject,
): string | undefined {
  const text = documents[kind].get(id);
  if (text === undefined) return undefined;
  const before = parseDocument(text);
  const changed = JSON.stringify({ ...before, ...change(before), last_modified_time: zohoTime(now) });
  documents[kind].put(changed);
  return changed;
}

export const STATUSES = {
  invoices: ["draft", "approved", "sent", "overdue", "partially_paid", "paid", "void"],
  creditnotes: ["draft", "approved", "open", "closed", "void"],
} as const satisfies Record<Bookable, readonly string[]>;

/** Why the document may not become so; undefined once it did. */
export function setStatus(
  documents: OrganizationDocuments,
  { kind, id, now, status }: { kind: Bookable; id: string; now: Date; status: string },
): string | undefined {
  const text = documents[kind].get(id);
  if (text === undefined) return "it does not exist";
  const known: readonly string[] = STATUSES[kind];
  if (!known.includes(status)) return `${status} is no status of ${kind}`;
  if (status === "void" && kind === "creditnotes" && isApplied(parseDocument(text).invoices_credited))
    return "credit is applied to an invoice; take it back before voiding";
  changeDocument(documents, { kind, id, now }, () => ({ status }));
  return undefined;
}

function isApplied(credited: Literal | undefined): boolean {
  return Array.isArray(credited) && credited.length > 0;
}
