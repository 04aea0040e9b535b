import type { DifferenceKind } from "@fiscalise/shared/reconciliation.ts";
import { type SQL, sql } from "drizzle-orm";

/**
 * What is found still and a person accepted as right: no matter tells of it, whichever would, where it was so already
 * when it was accepted. What came about `since` is another matter (docs/decisions/035).
 */
export function isAccepted(
  of: { subject: SQL } | { submissionId: SQL },
  since: SQL,
  ...kinds: [DifferenceKind, ...DifferenceKind[]]
): SQL {
  const isIt = "subject" in of ? sql`d.subject = ${of.subject}` : sql`d.submission_id = ${of.submissionId}`;
  return sql`exists (select from differences d where d.kind in ${kinds} and ${isIt}
    and d.resolved_at is null and d.accepted_at >= ${since})`;
}
