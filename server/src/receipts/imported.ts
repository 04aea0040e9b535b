import { actionsFor, type ReceiptAction } from "@fiscalise/shared/receipt.ts";
import type { Submission } from "../db/submissions.ts";

/** What is wrong with an imported submission whose receipt is missing (docs/decisions/025). */
export const IMPORTED_OUTCOME_UNKNOWN = "imported-outcome-unknown";
/** What was sent cannot be read either: there is nothing to print, to complete or to refund. */
export const IMPORTED_UNREADABLE = "imported-unreadable";
export const IMPORTED_UNKNOWN_UNREADABLE = "imported-outcome-unknown-unreadable";

type Marked = Pick<Submission, "state" | "problem">;

export function isReadable({ problem }: Pick<Marked, "problem">): boolean {
  return problem !== IMPORTED_UNREADABLE && problem !== IMPORTED_UNKNOWN_UNREADABLE;
}

/** Of our own it is certain that they were signed. */
export function mayBeUnsigned({ problem }: Pick<Marked, "problem">): boolean {
  return problem === IMPORTED_OUTCOME_UNKNOWN || problem === IMPORTED_UNKNOWN_UNREADABLE;
}

export function actionsOf(submission: Marked): ReceiptAction[] {
  const isLeftOut: Partial<Record<ReceiptAction, boolean>> = {
    adopt: !isReadable(submission),
    declareUnsigned: !mayBeUnsigned(submission),
  };
  return actionsFor(submission.state).filter((action) => isLeftOut[action] !== true);
}

/** @see actionsOf */
export function may(submission: Marked, action: ReceiptAction): boolean {
  return actionsOf(submission).includes(action);
}
