import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import type { BusinessId } from "../../db/with-business.ts";
import type { FieldIds } from "../../write-backs/write-part.ts";
import type { CallBooks } from "../books/books.ts";
import type { AskLastNumberDeps } from "../device/ask-last-number.ts";

/** Nothing here writes to Zoho or has anything signed. */
export interface ReconcileDeps extends AskLastNumberDeps {
  clock: () => Date;
  callBooks: CallBooks;
  fieldIds: (businessId: BusinessId) => Promise<FieldIds | null>;
  stopping: () => boolean;
  onChange: (change: { reconciliationId: string; to: string; problem: ProblemCode | null }) => void;
  /** A bug: the run stops. */
  onFault: (fault: { reconciliationId: string; error: unknown }) => void;
}
