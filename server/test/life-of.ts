import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import type { Business } from "./harness.ts";

/** What the audit says of a submission's own life; what goes back to Zoho is another story. */
export async function lifeOf(business: Pick<Business, "audit">, submissionId: string) {
  const events = await business.audit();
  return events.filter(
    ({ subject, action }) => subject === `submission:${submissionId}` && action.startsWith("submission-"),
  );
}

/** A submission without what goes on in Zoho meanwhile. */
export function ownLife(submission: SubmissionView): SubmissionView {
  return { ...submission, writeBacks: [] };
}
