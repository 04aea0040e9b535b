import type { Complaint } from "@fiscalise/shared/complaint.ts";
import type { ProblemCode, Refusal, RefusalCode } from "@fiscalise/shared/problem.ts";

export type RefusalRef = Pick<Refusal, "lines"> & { code: RefusalCode };

export interface FailureDetails {
  cause?: unknown;
  /** document-refused: every reason. */
  refusals?: RefusalRef[];
  /** What is wrong where, in what was sent or read. */
  fields?: Complaint[];
  /** business-ambiguous: what there is to choose from. */
  choices?: { tin: string; name: string }[];
  /** too-many-requests, already-under-way: how long to wait. */
  retryAfterS?: number;
}

/** Cannot continue, and the caller may mend it. `message` is for engineers; the user's words come from the code. */
export class Failure extends Error {
  readonly code: ProblemCode;
  readonly details: FailureDetails;

  constructor(code: ProblemCode, message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause });
    this.name = "Failure";
    this.code = code;
    this.details = details;
  }
}

/** A document that cannot become a sale or a refund, with every reason. */
export function documentRefused(refusals: RefusalRef[]): Failure {
  return new Failure("document-refused", refusals.map(({ code }) => code).join(", "), { refusals });
}

/** For the operator's terminal, of the innermost cause: drizzle's own message lists the query's parameters. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return messageOf(error.cause);
  return error.message || ("code" in error ? String(error.code) : error.name);
}
