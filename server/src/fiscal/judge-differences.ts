import type { DifferenceKind } from "@fiscalise/shared/reconciliation.ts";
import { isVoid } from "./automation-policy.ts";
import type { DocumentChange } from "./fingerprint.ts";

/** What an invoice carries of what is written to it; null: nothing there. */
export interface Carried {
  receipt: string | null;
  verification: string | null;
}

/** A document as Zoho has it, beside what was signed of it. */
export interface SeenDocument {
  status: string | null;
  number: string | null;
  date: string | null;
  /** Total, currency, date and buyer in one line, for a person. */
  summary: string;
  /** Against what was signed; none where nothing was. */
  changes: DocumentChange[];
  /** Null where nothing of a receipt can be written to it: of its kind, or for want of fields. */
  carries: Carried | null;
  /** Over nothing, so that no device would sign it. */
  isFree: boolean;
}

export interface OwnDocument {
  isRefunded: boolean;
  /** What the document must carry by now; null: nothing yet. */
  due: { receipt: string; verification: string } | null;
}

export type DocumentDifference = Exclude<DifferenceKind, "unresolved" | "device-ahead" | "device-behind">;

/**
 * How one document differs. `own` null: nothing of it is signed or under way, though it should be; `seen` null: Zoho has
 * it no more. A document that is void or gone is compared no further: its credit note is what takes the receipt back.
 */
export function differencesOf({
  own,
  seen,
  carriesAnothers,
}: {
  own: OwnDocument | null;
  seen: SeenDocument | null;
  /** The receipt number it carries is another document's. */
  carriesAnothers: boolean;
}): DocumentDifference[] {
  if (own === null) {
    if (seen === null) return [];
    return [...when(!seen.isFree, "not-fiscalised"), ...when(carriesAnothers, "twice-at-zoho")];
  }
  if (seen === null) return when(!own.isRefunded, "gone-after-signing");
  if (isVoid(seen.status)) return when(!own.isRefunded, "void-after-signing");
  return [
    ...when(seen.changes.length > 0, "changed-after-signing"),
    ...when(
      own.due !== null && seen.carries !== null && !isCarried(own.due, seen.carries),
      "not-written-back",
    ),
    ...when(carriesAnothers, "twice-at-zoho"),
  ];
}

function when(holds: boolean, kind: DocumentDifference): DocumentDifference[] {
  return holds ? [kind] : [];
}

function isCarried(due: { receipt: string; verification: string }, carries: Carried): boolean {
  return carries.receipt === due.receipt && carries.verification === due.verification;
}
