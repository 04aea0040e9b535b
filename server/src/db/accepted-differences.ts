import type { DifferenceKind } from "@fiscalise/shared/reconciliation.ts";
import { type SQL, sql } from "drizzle-orm";

/**
 * What is found still and a person accepted as right: as `invoice:<id>` or by the submission. No matter tells of it, whichever
 * would (docs/decisions/035).
 */
export function accepted(
  by: "subject" | "submission_id",
  ...kinds: [DifferenceKind, ...DifferenceKind[]]
): SQL {
  const column = sql.identifier(by);
  return sql`(select d.${column} from differences d where d.kind in ${kinds} and d.${column} is not null
    and d.resolved_at is null and d.accepted_at is not null)`;
}
